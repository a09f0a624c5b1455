// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/errors.h"
#include "core/file/files.h"
#include "core/picture/imagefile.h"
#include "core/picture/imageheader.h"

#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <map>
#include <tiffio.h>

namespace {

using Bytes = std::vector<std::byte>;

/// A TIFF file of two by one pixels, made by hand.
struct Tiff
{
    bool little = true;
    std::vector<int> bits = {8, 8, 8};
    int photometric = 2;                       ///< RGB
    std::map<int, std::vector<int>> more = {}; ///< further tags, of 16-bit values
    std::vector<int> samples = {};             ///< of the two pixels
    int copies = 1;                            ///< pages
    bool cut = false;                          ///< the pixels end early
};

void put(Bytes& bytes, const Tiff& tiff, size_t value, int size)
{
    for (int i = 0; i < size; ++i)
        bytes.push_back(std::byte(value >> 8 * (tiff.little ? i : size - 1 - i)));
}

/// The values of a tag that has more than fit into its entry stand at @p at.
void putTag(Bytes& bytes, Bytes& after, size_t at, const Tiff& tiff, int tag, std::vector<int> v)
{
    put(bytes, tiff, size_t(tag), 2);
    put(bytes, tiff, 3, 2);
    put(bytes, tiff, v.size(), 4);
    Bytes values;
    for (const int value : v)
        put(values, tiff, size_t(value), 2);
    if (values.size() > 4) {
        put(bytes, tiff, at + after.size(), 4);
        after.insert(after.end(), values.begin(), values.end());
        return;
    }
    values.resize(4);
    bytes.insert(bytes.end(), values.begin(), values.end());
}

Bytes made(const Tiff& tiff)
{
    std::map<int, std::vector<int>> tags = tiff.more;
    tags.insert({{256, {2}}, {257, {1}}, {258, tiff.bits}, {259, {1}}, {262, {tiff.photometric}}});
    const int sampleBytes = tiff.bits[0] / 8;
    const int pixelBytes = int(tiff.samples.size()) * sampleBytes;
    tags.insert({{273, {8}}, {277, {int(tiff.bits.size())}}, {278, {1}}, {279, {pixelBytes}}});
    Bytes bytes;
    for (const char c : std::string(tiff.little ? "II" : "MM"))
        bytes.push_back(std::byte(c));
    put(bytes, tiff, 42, 2);
    put(bytes, tiff, size_t(8 + pixelBytes), 4);
    for (const int sample : tiff.samples)
        put(bytes, tiff, size_t(sample), sampleBytes);
    for (int page = 1; page <= tiff.copies; ++page) {
        const size_t end = bytes.size() + 2 + tags.size() * 12 + 4;
        Bytes after;
        put(bytes, tiff, tags.size(), 2);
        for (const auto& [tag, values] : tags)
            putTag(bytes, after, end, tiff, tag, values);
        put(bytes, tiff, page < tiff.copies ? end + after.size() : 0, 4);
        bytes.insert(bytes.end(), after.begin(), after.end());
    }
    return bytes;
}

std::string refusal(const Bytes& file)
{
    try {
        decodeImage(file, "x.tif");
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

/// A file of libtiff's: 40 by 37 pixels in tiles of 16 by 16 or strips of five rows, packed.
Bytes packedTiff(bool tiled, int bits, int samples)
{
    const QTemporaryDir folder;
    const std::string path = folder.filePath(QStringLiteral("x.tif")).toStdString();
    TIFF* tiff = TIFFOpen(path.c_str(), "w");
    const auto set = [&](uint32_t tag, auto value) { TIFFSetField(tiff, tag, value); };
    set(TIFFTAG_IMAGEWIDTH, 40), set(TIFFTAG_IMAGELENGTH, 37);
    set(TIFFTAG_BITSPERSAMPLE, bits), set(TIFFTAG_SAMPLESPERPIXEL, samples);
    set(TIFFTAG_PHOTOMETRIC, samples < 3 ? PHOTOMETRIC_MINISBLACK : PHOTOMETRIC_RGB);
    set(TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
    set(TIFFTAG_COMPRESSION, COMPRESSION_LZW);
    const uint16_t straight = EXTRASAMPLE_UNASSALPHA;
    if (samples == 4)
        TIFFSetField(tiff, TIFFTAG_EXTRASAMPLES, 1, &straight);
    if (tiled)
        set(TIFFTAG_TILEWIDTH, 16), set(TIFFTAG_TILELENGTH, 16);
    else
        set(TIFFTAG_ROWSPERSTRIP, 5);
    const auto value = [](int x, int y, int channel) { return x * 6 + y * (channel + 1) % 11; };
    const int bytes = bits / 8, columns = tiled ? 16 : 40, rows = tiled ? 16 : 5;
    std::vector<uint8_t> part(size_t(columns) * rows * samples * bytes);
    for (int top = 0; top < 37; top += rows)
        for (int left = 0; left < 40; left += columns) {
            uint8_t* out = part.data();
            for (int i = 0; i < columns * rows * samples; ++i, out += bytes) {
                const int x = left + i / samples % columns, y = top + i / samples / columns;
                std::fill_n(out, bytes, uint8_t(value(x, y, i % samples)));
            }
            if (tiled)
                TIFFWriteTile(tiff, part.data(), uint32_t(left), uint32_t(top), 0, 0);
            else
                TIFFWriteEncodedStrip(
                    tiff, uint32_t(top / rows), part.data(),
                    tmsize_t(std::min(rows, 37 - top)) * columns * samples * bytes);
        }
    TIFFClose(tiff);
    return readFile(path, 1 << 20);
}

const std::vector<int> sixSamples {10, 20, 30, 250, 150, 50};
const std::vector<int> rgba {10, 20, 30, 255, 100, 50, 25, 128};
const std::vector<uint8_t> sixBytes {10, 20, 30, 250, 150, 50};

} // namespace

class TiffHeaderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bothByteOrdersAreRead()
    {
        for (const bool little : {true, false}) {
            const auto loaded =
                decodeImage(made({.little = little, .samples = sixSamples}), "x.tif");
            QCOMPARE(loaded.image.width, 2);
            QCOMPARE(loaded.image.height, 1);
            QCOMPARE(loaded.image.rgb, sixBytes);
            QVERIFY(loaded.notes.empty());
        }
    }

    void sixteenBitsAreRounded()
    {
        std::vector<int> samples;
        for (const uint8_t value : sixBytes)
            samples.push_back(value * 257 + (value % 20 == 10 ? 128 : -128));
        for (const bool little : {true, false}) {
            const auto loaded = decodeImage(
                made({.little = little, .bits = {16, 16, 16}, .samples = samples}), "x.tif");
            QCOMPARE(loaded.image.rgb, sixBytes);
        }
    }

    void stripsAndTilesAreRead_data()
    {
        QTest::addColumn<bool>("tiled");
        QTest::addColumn<int>("bits");
        QTest::addColumn<int>("samples");
        for (const bool tiled : {false, true})
            for (const int bits : {8, 16})
                for (const int samples : {1, 3, 4})
                    QTest::addRow("%s %d %d", tiled ? "tiles" : "strips", bits, samples)
                        << tiled << bits << samples;
    }

    void stripsAndTilesAreRead()
    {
        QFETCH(bool, tiled);
        QFETCH(int, bits);
        QFETCH(int, samples);
        const LoadedImage loaded = decodeImage(packedTiff(tiled, bits, samples), "x.tif");
        QVERIFY(loaded.notes.empty());
        QCOMPARE(loaded.image.width, 40);
        QCOMPARE(loaded.image.height, 37);
        QCOMPARE(loaded.image.alpha.empty(), samples < 4);
        for (int y = 0; y < 37; ++y)
            for (int x = 0; x < 40; ++x) {
                for (int c = 0; c < 3; ++c)
                    QCOMPARE(
                        int(loaded.image.pixel(x, y)[c]),
                        x * 6 + y * ((samples < 3 ? 0 : c) + 1) % 11);
                if (samples == 4)
                    QCOMPARE(int(loaded.image.alpha[size_t(y * 40 + x)]), x * 6 + y * 4 % 11);
            }
    }

    void aPartThatIsDamagedIsSaid()
    {
        for (const int bits : {8, 16}) {
            const Bytes whole = packedTiff(false, bits, 3);
            Bytes file = whole;
            std::fill_n(file.begin() + 20, 40, std::byte(0xFF)); // in the first strip
            const LoadedImage loaded = decodeImage(file, "x.tif");
            QVERIFY(std::ranges::equal(
                std::span(loaded.image.pixel(0, 36), 120),
                std::span(decodeImage(whole, "x.tif").image.pixel(0, 36), 120)));
            QCOMPARE(loaded.notes.size(), std::size_t(1));
            QVERIFY(english(loaded.notes[0]).starts_with("It is damaged: "));
        }
    }

    void alphaIsReadAsItIsMeant_data()
    {
        QTest::addColumn<int>("extra");         // -1: not said
        QTest::addColumn<QByteArray>("second"); // the second pixel
        QTest::newRow("straight") << 2 << QByteArray("\x64\x32\x19\x80", 4);
        QTest::newRow("premultiplied") << 1 << QByteArray("\xc7\x64\x32\x80", 4);
        QTest::newRow("something else") << 0 << QByteArray("\x64\x32\x19\xff", 4);
        QTest::newRow("not said") << -1 << QByteArray("\x64\x32\x19\x80", 4);
    }

    void alphaIsReadAsItIsMeant()
    {
        QFETCH(int, extra);
        QFETCH(QByteArray, second);
        for (const bool little : {true, false}) {
            Tiff tiff {.little = little, .bits = {8, 8, 8, 8}, .samples = rgba};
            if (extra >= 0)
                tiff.more[338] = {extra};
            const Image image = decodeImage(made(tiff), "x.tif").image;
            for (int c = 0; c < 3; ++c)
                QCOMPARE(int(image.pixel(1, 0)[c]), int(uint8_t(second[c])));
            QCOMPARE(int(image.alpha.empty() ? 255 : image.alpha[1]), int(uint8_t(second[3])));
            QCOMPARE(image.alpha.empty(), extra == 0);
            QCOMPARE(int(image.pixel(0, 0)[2]), 30);
        }
    }

    void alphaOfSixteenBitsIsRead()
    {
        Tiff tiff {.bits = {16, 16, 16, 16}, .more = {{338, {2}}}, .samples = rgba};
        for (int& sample : tiff.samples)
            sample *= 257;
        const Image image = decodeImage(made(tiff), "x.tif").image;
        QCOMPARE(image.rgb, (std::vector<uint8_t> {10, 20, 30, 100, 50, 25}));
        QCOMPARE(image.alpha, (std::vector<uint8_t> {255, 128}));
    }

    void cmykIsConvertedAndSaid()
    {
        const auto loaded = decodeImage(
            made(
                {.bits = {8, 8, 8, 8}, .photometric = 5, .samples = {0, 255, 255, 0, 0, 0, 0, 51}}),
            "x.tif");
        QCOMPARE(loaded.image.rgb, (std::vector<uint8_t> {255, 0, 0, 204, 204, 204}));
        QVERIFY(loaded.image.alpha.empty());
        QCOMPARE(loaded.notes.size(), std::size_t(1));
        QVERIFY(english(loaded.notes[0]).find("CMYK") != std::string::npos);
    }

    void greysAreRead()
    {
        Image image =
            decodeImage(made({.bits = {8}, .photometric = 1, .samples = {3, 200}}), "x").image;
        QCOMPARE(image.rgb, (std::vector<uint8_t> {3, 3, 3, 200, 200, 200}));
        image = decodeImage(made({.bits = {8}, .photometric = 0, .samples = {3, 200}}), "x").image;
        QCOMPARE(image.rgb, (std::vector<uint8_t> {252, 252, 252, 55, 55, 55}));
        const auto loaded = decodeImage(
            made(
                {.bits = {8, 8},
                 .photometric = 1,
                 .more = {{338, {2}}},
                 .samples = {3, 9, 200, 9}}),
            "x");
        QCOMPARE(loaded.image.rgb, (std::vector<uint8_t> {3, 3, 3, 200, 200, 200}));
        QVERIFY(english(loaded.notes.at(0)).find("transparency") != std::string::npos);
    }

    void whatTheDecoderGetsWrongIsRefused_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QByteArray>("reason");
        const auto row = [](const char* reason, const Tiff& tiff) {
            const Bytes file = made(tiff);
            QTest::newRow(reason) << QByteArray(
                reinterpret_cast<const char*>(file.data()), qsizetype(file.size()))
                                  << QByteArray(reason);
        };
        row("floating-point",
            {.bits = {32}, .photometric = 1, .more = {{339, {3}}}, .samples = {1, 2}});
        row("unusual kind",
            {.bits = {16}, .photometric = 1, .more = {{339, {2}}}, .samples = {1, 2}});
        row("unusual kind", {.bits = {32}, .photometric = 1, .samples = {1, 2}});
        row("CMYK colours of 16", {.bits = {16, 16, 16, 16}, .photometric = 5, .samples = rgba});
        row("unusual order", {.bits = {16}, .photometric = 0, .samples = {1, 2}});
        row("unusual order", {.bits = {16, 16, 16}, .more = {{284, {2}}}, .samples = sixSamples});
        row("size cannot be found", {.more = {{256, {0}}}, .samples = sixSamples});
        row("incomplete", {.more = {{279, {1000}}}, .samples = sixSamples});
        row("incomplete", {.more = {{273, {60000}}}, .samples = sixSamples});
    }

    void whatTheDecoderGetsWrongIsRefused()
    {
        QFETCH(QByteArray, file);
        QFETCH(QByteArray, reason);
        const auto bytes = std::as_bytes(std::span(file.data(), file.size()));
        const std::string text = refusal(Bytes(bytes.begin(), bytes.end()));
        QVERIFY2(text.starts_with("x.tif ") && text.ends_with("."), text.c_str());
        QVERIFY2(QByteArray::fromStdString(text).contains(reason), text.c_str());
    }

    void pagesAreCounted()
    {
        const auto loaded = decodeImage(made({.samples = sixSamples, .copies = 3}), "x.tif");
        QCOMPARE(loaded.image.rgb, sixBytes);
        QCOMPARE(
            english(loaded.notes),
            (std::vector<std::string> {"The file has 3 pages; the first was read."}));
        Bytes circle = made({.samples = sixSamples});
        circle[circle.size() - 6 - 4] = std::byte(14); // next: the first directory again
        ImageHeader header;
        readTiffHeader(circle, header);
        QVERIFY(header.notes.empty());
    }

    void aCutFileIsRefused()
    {
        const Bytes file = made({.samples = sixSamples});
        for (std::size_t length = 4; length < file.size(); ++length)
            QVERIFY2(
                !refusal(Bytes(file.begin(), file.begin() + length)).empty(),
                qPrintable(QString::number(length)));
    }

    void orientationIsFoundInBothByteOrders()
    {
        for (const bool little : {true, false})
            for (const int value : {0, 1, 5, 8, 9, 65535}) {
                const Bytes exif =
                    made({.little = little, .more = {{274, {value}}}, .samples = sixSamples});
                QCOMPARE(exifOrientation(exif), value >= 1 && value <= 8 ? value : 1);
            }
        QCOMPARE(exifOrientation(made({.samples = sixSamples})), 1);
    }

    void cutExifIsUpright()
    {
        const Bytes exif = made({.more = {{274, {6}}}, .samples = sixSamples});
        QCOMPARE(exifOrientation(exif), 6);
        for (std::size_t length = 0; length < 100; ++length) {
            const int value = exifOrientation(std::span(exif).first(length));
            QVERIFY(value == 1 || value == 6);
        }
        QCOMPARE(exifOrientation(std::span(exif).first(30)), 1);
    }
};

QTEST_GUILESS_MAIN(TiffHeaderTest)
#include "tst_tiffheader.moc"
