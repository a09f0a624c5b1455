// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/errors.h"
#include "core/file/files.h"
#include "core/picture/imagefile.h"
#include "core/picture/pngchunks.h"
#include "tests/core/picture/encoded.h"
#include "tests/failure.h"
#include "tests/peakmemory.h"

#include <QTemporaryDir>
#include <QTest>
#include <exiv2/exiv2.hpp>
#include <lcms2.h>
#include <opencv2/imgcodecs.hpp>
#include <zlib.h>

namespace {

std::string u32(size_t n)
{
    return {char(n >> 24), char(n >> 16), char(n >> 8), char(n)};
}

std::string chunk(const std::string& type, const std::string& content)
{
    const std::string all = type + content;
    const auto crc = crc32(0, reinterpret_cast<const Bytef*>(all.data()), uInt(all.size()));
    return u32(content.size()) + all + u32(crc);
}

/// A PNG made by hand: its rows begin with their filter.
Bytes png(
    int width, int height, int depth, int type, const std::string& rows,
    const std::string& more = {})
{
    std::string packed(compressBound(rows.size()), '\0');
    uLongf size = packed.size();
    compress(
        reinterpret_cast<Bytef*>(packed.data()), &size, reinterpret_cast<const Bytef*>(rows.data()),
        rows.size());
    const std::string file = "\x89PNG\r\n\x1a\n"
        + chunk("IHDR", u32(width) + u32(height) + char(depth) + char(type) + std::string(3, '\0'))
        + more + chunk("IDAT", packed.substr(0, size)) + chunk("IEND", "");
    const auto bytes = std::as_bytes(std::span(file));
    return {bytes.begin(), bytes.end()};
}

std::string refusal(const Bytes& file, const ImageLimits& limits = {})
{
    try {
        decodeImage(file, "x.png", limits);
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

Bytes withOrientation(const Bytes& file, int value)
{
    auto image = Exiv2::ImageFactory::open(
        reinterpret_cast<const Exiv2::byte*>(file.data()), long(file.size()));
    image->readMetadata();
    image->exifData()["Exif.Image.Orientation"] = uint16_t(value);
    image->writeMetadata();
    // Not read(): the buffer that it gives has other members from Exiv2 0.28 on.
    Exiv2::BasicIo& io = image->io();
    const auto* begin = reinterpret_cast<const std::byte*>(io.mmap());
    return {begin, begin + io.size()};
}

using List = std::vector<uint8_t>;

} // namespace

class ImageFileTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyLosslessFormatComesBack_data()
    {
        QTest::addColumn<QByteArray>("extension");
        QTest::addColumn<bool>("alpha");
        for (const char* extension : {".png", ".webp", ".tif", ".bmp"}) {
            QTest::newRow(extension) << QByteArray(extension) << false;
            if (extension != std::string(".bmp"))
                QTest::addRow("%s alpha", extension) << QByteArray(extension) << true;
        }
    }

    void everyLosslessFormatComesBack()
    {
        QFETCH(QByteArray, extension);
        QFETCH(bool, alpha);
        for (const auto& [width, height] : {std::pair {1, 1}, {7, 3}, {1, 63}, {40, 5}}) {
            Image image = numbered(width, height, alpha);
            if (alpha)
                image.alpha[0] = 100;
            const auto loaded = decodeImage(encoded(extension, toMat(image)), "x");
            QVERIFY(loaded.image == image);
            QVERIFY(loaded.notes.empty());
        }
        Image opaque = numbered(5, 5, true);
        opaque.alpha.assign(25, 255);
        QVERIFY(decodeImage(encoded(extension, toMat(opaque)), "x").image.alpha.empty());
    }

    void kindsOfPngAreRead()
    {
        const auto rgb = [](const Bytes& file) { return decodeImage(file, "x").image.rgb; };
        const auto alpha = [](const Bytes& file) { return decodeImage(file, "x").image.alpha; };
        const std::string two("\0\x05\x46", 3);
        QCOMPARE(rgb(png(2, 1, 8, 0, two)), (List {5, 5, 5, 70, 70, 70}));
        QCOMPARE(alpha(png(2, 1, 8, 0, two, chunk("tRNS", {"\0\x46", 2}))), (List {255, 0}));
        const std::string bits("\0\x80", 2);
        QCOMPARE(rgb(png(2, 1, 1, 0, bits)), (List {255, 255, 255, 0, 0, 0}));
        QCOMPARE(alpha(png(2, 1, 1, 0, bits, chunk("tRNS", {"\0\x01", 2}))), (List {0, 255}));
        const Bytes palette =
            png(2, 1, 1, 3, {"\0\x40", 2}, chunk("PLTE", "abcxyz") + chunk("tRNS", "\x07"));
        QCOMPARE(rgb(palette), (List {'a', 'b', 'c', 'x', 'y', 'z'}));
        QCOMPARE(alpha(palette), (List {7, 255}));
        const Bytes greyAlpha = png(1, 1, 8, 4, {"\0\x05\x46", 3});
        QCOMPARE(rgb(greyAlpha), (List {5, 5, 5}));
        QCOMPARE(alpha(greyAlpha), (List {70}));
        // 2, 4 and 16 bits: 1 of 3 is 85, 3 of 15 is 51, 0x0302 is one of 65536.
        QCOMPARE(
            alpha(png(2, 1, 2, 0, {"\0\x60", 2}, chunk("tRNS", {"\0\x01", 2}))), (List {0, 255}));
        QCOMPARE(rgb(png(1, 1, 2, 0, {"\0\x40", 2})), (List {85, 85, 85}));
        QCOMPARE(
            alpha(png(2, 1, 4, 0, {"\0\x34", 2}, chunk("tRNS", {"\0\x03", 2}))), (List {0, 255}));
        const std::string sixteen("\0\x03\x02\x03\x03", 5);
        QCOMPARE(alpha(png(2, 1, 16, 0, sixteen, chunk("tRNS", "\x03\x02"))), (List {0, 255}));
        const std::string colours("\0abcabd", 7), clear("\0a\0b\0c", 6);
        QCOMPARE(alpha(png(2, 1, 8, 2, colours, chunk("tRNS", clear))), (List {0, 255}));
        // What is transparent keeps its colours.
        const Bytes clearAll = png(2, 1, 8, 6, {"\0abc\0xyz\0", 9});
        QCOMPARE(rgb(clearAll), (List {'a', 'b', 'c', 'x', 'y', 'z'}));
        QCOMPARE(alpha(clearAll), (List {0, 0}));
        // 16 bits: 0x0080 is nearer to 0, 0x0081 to 1.
        const Bytes deep = png(1, 1, 16, 6, {"\0\0\x80\0\x81\xff\x7e\x01\0", 9});
        QCOMPARE(rgb(deep), (List {0, 1, 254}));
        QCOMPARE(alpha(deep), (List {1}));
    }

    void orientationIsUpright_data()
    {
        QTest::addColumn<QByteArray>("extension");
        for (const char* extension : {".png", ".webp", ".tif", ".jpg"})
            QTest::newRow(extension) << QByteArray(extension);
    }

    void orientationIsUpright()
    {
        QFETCH(QByteArray, extension);
        // A stored picture of 16 x 8 whose quarters are a b / c d; flat, for JPEG's sake.
        Image stored = filled(16, 8, {});
        const uint8_t greys[] = {0, 80, 160, 240};
        for (int i = 0; i < 4; ++i)
            fill(stored, i % 2 * 8, i / 2 * 4, 8, 4, {greys[i], greys[i], greys[i]});
        const Bytes file = encoded(extension, toMat(stored));
        // By the standard, where the first row and the first column are seen.
        const char* expected[] = {"abcd", "badc", "dcba", "cdab", "acbd", "cadb",
                                  "dbca", "bdac", "abcd", "abcd", "abcd"};
        const int values[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 65535, 0};
        for (int i = 0; i < 11; ++i) {
            const Image image = decodeImage(withOrientation(file, values[i]), "x").image;
            const bool turned = i >= 4 && i < 8;
            QCOMPARE(image.width, turned ? 8 : 16);
            QCOMPARE(image.height, turned ? 16 : 8);
            for (int quarter = 0; quarter < 4; ++quarter) {
                const int x = (2 * (quarter % 2) + 1) * image.width / 4;
                const int y = (2 * (quarter / 2) + 1) * image.height / 4;
                const int grey = greys[expected[i][quarter] - 'a'];
                QVERIFY2(
                    std::abs(image.pixel(x, y)[0] - grey) < 10, qPrintable(QString::number(i)));
            }
        }
    }

    void alphaTurnsWithThePicture()
    {
        Image image = numbered(2, 1, true);
        const Bytes file = withOrientation(encoded(".webp", toMat(image)), 6);
        QCOMPARE(decodeImage(file, "x").image.alpha, image.alpha);
        const Bytes back = withOrientation(encoded(".webp", toMat(image)), 8);
        QCOMPARE(decodeImage(back, "x").image.alpha, (List {254, 255}));
    }

    void aHugePictureIsRefusedBeforeItIsDecoded()
    {
        // 30000 x 30000 pixels of one bit: rows of 3750 bytes and their filter.
        std::string packed, row(3751, '\0');
        z_stream stream {};
        deflateInit(&stream, 1);
        Bytef piece[4096];
        for (int y = 0; y < 30'000; ++y) {
            stream.next_in = reinterpret_cast<Bytef*>(row.data());
            stream.avail_in = uInt(row.size());
            do {
                stream.next_out = piece;
                stream.avail_out = sizeof piece;
                deflate(&stream, y == 29'999 ? Z_FINISH : Z_NO_FLUSH);
                packed.append(reinterpret_cast<char*>(piece), sizeof piece - stream.avail_out);
            } while (stream.avail_out == 0);
        }
        deflateEnd(&stream);
        const std::string file = "\x89PNG\r\n\x1a\n"
            + chunk("IHDR", u32(30'000) + u32(30'000) + std::string("\1\0\0\0\0", 5))
            + chunk("IDAT", packed) + chunk("IEND", "");
        const auto all = std::as_bytes(std::span(file));
        const Bytes bytes(all.begin(), all.end());
        QVERIFY(bytes.size() < 1'000'000);
        std::string said;
        QVERIFY(peakMemoryOf([&] { said = refusal(bytes); }) < 16);
        QCOMPARE(
            said,
            std::string("x.png is too large: 30000 x 30000 pixels (900 million). At most 268 "
                        "million pixels and 30000 on a side are read; make it smaller first."));
        QVERIFY(refusal(bytes, {.pixels = INT64_MAX}).find("268 million") != SIZE_MAX);
        // What a damaged header says of the sides counts for nothing.
        const std::string twice = file.substr(0, 33) + file.substr(8);
        const auto two = std::as_bytes(std::span(twice));
        const std::string damaged = "x.png is a damaged PNG picture: it has several headers.";
        QCOMPARE(refusal({two.begin(), two.end()}), damaged);
        QCOMPARE(failure([&] { pixelsOf(two, "x.png"); }), damaged);
    }

    void limitsHold()
    {
        const Bytes file = encoded(".png", toMat(numbered(20, 10)));
        QCOMPARE(refusal(file, {.pixels = 200, .side = 20}), std::string());
        QVERIFY(
            refusal(file, {.pixels = 199}).find("(0.00 million). At most 0.00 million")
            != SIZE_MAX);
        QVERIFY(refusal(file, {.side = 19}).find("19 on a side") != SIZE_MAX);
        const Bytes claimed = png(100'000, 100'000, 8, 2, "");
        std::string said;
        QVERIFY(peakMemoryOf([&] { said = refusal(claimed); }) < 16);
        QVERIFY(said.find("(10000 million)") != SIZE_MAX);
        QVERIFY(refusal(png(-1, -1, 8, 2, "")).find("4294967295 x 4294967295") != SIZE_MAX);
    }

    void aCutFileIsNeverTakenForWhole_data() { orientationIsUpright_data(); }

    void aCutFileIsNeverTakenForWhole()
    {
        QFETCH(QByteArray, extension);
        const Bytes file = encoded(extension, toMat(numbered(40, 30)));
        QCOMPARE(refusal(file), std::string());
        for (std::size_t i = 0; i <= 32; ++i) {
            const std::size_t length = i == 32 ? file.size() - 1 : file.size() * i / 32;
            if (length == file.size())
                continue;
            const Bytes cut(file.begin(), file.begin() + length);
            const std::string text = refusal(cut);
            if (text.empty())
                QVERIFY(!decodeImage(cut, "x").notes.empty());
            else
                QVERIFY2(text.starts_with("x.png ") && text.ends_with("."), text.c_str());
        }
    }

    void damagedPixelsAreRefused()
    {
        Bytes file = png(2, 1, 8, 0, {"\0\x05\x46", 3});
        file[file.size() - 12 - 6] ^= std::byte(0xFF); // the checksum of the pixels
        QCOMPARE(
            refusal(file),
            std::string("x.png is damaged or incomplete: its pixels could not be read."));
    }

    void coloursAreConvertedToSrgb()
    {
        cmsToneCurve* linear = cmsBuildGamma(nullptr, 1);
        cmsHPROFILE profile = cmsCreateGrayProfile(cmsD50_xyY(), linear);
        char icc[4096];
        cmsUInt32Number size = sizeof icc;
        QVERIFY(cmsSaveProfileToMem(profile, icc, &size));
        cmsFreeToneCurve(linear);
        cmsCloseProfile(profile);
        std::string packed(8192, '\0');
        uLongf length = packed.size();
        compress(
            reinterpret_cast<Bytef*>(packed.data()), &length, reinterpret_cast<Bytef*>(icc), size);
        const std::string name("some name\0\0", 11);
        const auto loaded = decodeImage(
            png(1, 1, 8, 0, {"\0\x37", 2}, chunk("iCCP", name + packed.substr(0, length))), "x");
        QVERIFY(std::abs(loaded.image.rgb[0] - 128) <= 1);
        QVERIFY(english(loaded.notes.at(0)).starts_with("The colours were converted from "));
        const auto broken = decodeImage(png(1, 1, 8, 0, {"\0\x37", 2}, chunk("iCCP", "n")), "x");
        QCOMPARE(broken.image.rgb, (List {55, 55, 55}));
        QCOMPARE(
            english(broken.notes),
            (std::vector<std::string> {"Its colour profile is damaged and was ignored."}));
    }

    void filesAreRead()
    {
        const QTemporaryDir folder;
        const std::filesystem::path path = folder.filePath("p\u00e4.png").toStdString();
        const Image image = numbered(6, 4);
        writeFileAtomically(path, encodePng(image));
        QVERIFY(loadImage(path).image == image);
        // By its content, whatever it is called.
        for (const char* name : {"p.jpg", "p", "p.txt", ".hidden"}) {
            const std::filesystem::path other = folder.filePath(name).toStdString();
            std::filesystem::copy(path, other);
            QVERIFY(loadImage(other).image == image);
        }
        writeFileAtomically(path, std::as_bytes(std::span("a prompt", 8)));
        try {
            loadImage(path);
            QFAIL("no error");
        } catch (const Error& error) {
            QVERIFY(QString::fromUtf8(error.what()).startsWith("p\u00e4.png is a text file"));
        }
        QVERIFY_EXCEPTION_THROWN(loadImage(folder.path().toStdString()), Error);
    }

    void writtenPngsAreSrgbAndComeBack()
    {
        for (const bool alpha : {false, true}) {
            const Image image = numbered(9, 7, alpha);
            const Bytes file = encodePng(image, {{"key", "text"}});
            QVERIFY(decodeImage(file, "x").image == image);
            std::string types;
            QVERIFY(visitPngChunks(
                file, [&](const PngChunk& c) { types += std::string(c.type) + " "; }));
            QCOMPARE(types, std::string("IHDR sRGB tEXt IDAT IEND "));
        }
        QVERIFY_EXCEPTION_THROWN(encodePng({}), Error);
    }

    /// 50 MB in 50 kB, damaged and endless ones, 200,000 of them, a record that nobody can read.
    void noTextOfAPictureStandsInItsWay()
    {
        const std::string large(50'000'000, 'x'), none("key\0\0", 5);
        std::string packed(compressBound(large.size()), '\0');
        uLongf size = packed.size();
        compress(
            reinterpret_cast<Bytef*>(packed.data()), &size,
            reinterpret_cast<const Bytef*>(large.data()), large.size());
        std::string damaged = chunk("tEXt", std::string("parameters\0Steps: 3", 19)), many;
        damaged.back() ^= 1; // its checksum
        for (int i = 0; i < 200'000; ++i)
            many += chunk("tEXt", std::string("k\0t", 3));
        const std::string deep = "simile" + std::string(1, '\0') + std::string(100'000, '[');
        for (const std::string& more :
             {chunk("zTXt", none + packed.substr(0, size)), damaged, many,
              chunk("zTXt", none + "no zlib"), chunk("tEXt", deep),
              chunk("tEXt", std::string("parameters\0", 11) + std::string(1'000'000, 'p'))}) {
            const Bytes file = png(2, 1, 8, 0, {"\0\x05\x46", 3}, more);
            LoadedImage loaded;
            QVERIFY(peakMemoryOf([&] { loaded = decodeImage(file, "x"); }) < 16);
            QCOMPARE(loaded.image.rgb, (List {5, 5, 5, 70, 70, 70}));
            QVERIFY(loaded.notes.empty());
        }
    }

    void textsDoNotDisturbThePixels()
    {
        const Image image = numbered(9, 7);
        std::vector<TextChunk> many(10'000, {"k", "t"});
        many.push_back({"large", std::string(9'000'000, 'x')});
        QVERIFY(decodeImage(encodePng(image, many), "x").image == image);
    }
};

QTEST_GUILESS_MAIN(ImageFileTest)
#include "tst_imagefile.moc"
