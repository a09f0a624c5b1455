// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/picture/imagefile.h"
#include "tests/core/picture/encoded.h"
#include "tests/core/picture/gifs.h"
#include "tests/failure.h"
#include "tests/peakmemory.h"

#include <QRegularExpression>
#include <QTemporaryFile>
#include <QTest>
#include <cstdio>
#include <opencv2/imgcodecs.hpp>
#include <unistd.h>

namespace {

std::string refusal(const Bytes& file, const ImageLimits& limits = {})
{
    return failure([&] { decodeImage(file, "x.png", limits); });
}

std::string littleBytes(uint64_t value, int bytes)
{
    std::string text;
    for (int i = 0; i < bytes; ++i, value >>= 8)
        text += char(value);
    return text;
}

/// A BMP made by hand. Its rows come from the last one, or from the first where @p height is
/// negative; without @p masks the pixels are blue, green, red or numbers of a palette of colours
/// (i, 3 i, 5 i).
Bytes bmp(
    int width, int height, int bits, const std::string& rows, const std::string& masks = {},
    bool old = false)
{
    std::string palette;
    for (int i = 0; bits == 8 && i < 256; ++i)
        palette += littleBytes(uint8_t(5 * i) | uint8_t(3 * i) << 8 | i << 16, old ? 3 : 4);
    const std::size_t size = old ? 12 : masks.empty() ? 40 : 108;
    std::string header = littleBytes(size, 4) + littleBytes(uint32_t(width), old ? 2 : 4)
        + littleBytes(uint32_t(height), old ? 2 : 4) + littleBytes(1, 2) + littleBytes(bits, 2)
        + (old ? "" : littleBytes(masks.empty() ? 0 : 3, 4)) + std::string(old ? 0 : 20, '\0')
        + masks;
    header.resize(size);
    header += palette;
    const std::string file =
        "BM" + littleBytes(0, 8) + littleBytes(14 + header.size(), 4) + header + rows;
    const auto bytes = std::as_bytes(std::span(file));
    return {bytes.begin(), bytes.end()};
}

/// The file with the word that it lies on its side, behind its header.
Bytes withExif(Bytes file, bool png)
{
    using namespace std::string_literals;
    const std::string exif = "II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0"s;
    const std::string word =
        png ? "\0\0\0\x1A"s + "eXIf" + exif + "CRC." : "\xFF\xE1\0\x22"s + "Exif\0\0"s + exif;
    const auto bytes = std::as_bytes(std::span(word));
    file.insert(file.begin() + (png ? 33 : 2), bytes.begin(), bytes.end());
    return file;
}

} // namespace

/// What is made of files as they are: cut off, too large, damaged.
class DecoderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsThereOfACutFileIsRead_data()
    {
        QTest::addColumn<QByteArray>("extension");
        QTest::newRow("png") << QByteArray(".png");
        QTest::newRow("jpg") << QByteArray(".jpg");
    }

    void whatIsThereOfACutFileIsRead()
    {
        QFETCH(const QByteArray, extension);
        Image image = filled(64, 640, {});
        uint32_t state = 1;
        for (uint8_t& value : image.rgb)
            value = uint8_t((state = state * 1664525 + 1013904223) >> 24);
        const Bytes file = encoded(extension, toMat(image));
        const Image whole = decodeImage(file, "x").image;
        const LoadedImage half =
            decodeImage(Bytes(file.begin(), file.begin() + file.size() / 2), "x");
        QCOMPARE(half.image.height, 640);
        int rows = 0;
        while (
            rows < 640
            && std::equal(whole.pixel(0, rows), whole.pixel(63, rows), half.image.pixel(0, rows)))
            ++rows;
        QVERIFY2(rows > 250 && rows < 350, qPrintable(QString::number(rows)));
        const auto said = QString::fromStdString(english(half.notes.at(0)));
        const QRegularExpression pattern(
            QStringLiteral("the last (\\d+) of its 640 rows are missing"));
        const int missing = pattern.match(said).captured(1).toInt();
        QVERIFY2(std::abs(missing - (640 - rows)) <= 16, qPrintable(said));
        // Grey below, and nothing but the note.
        QVERIFY(std::abs(half.image.pixel(5, 639)[0] - 128) <= 1);
        QCOMPARE(half.notes.size(), std::size_t(1));
        const std::size_t mark = extension == ".png" ? 12 : 2;
        const LoadedImage without = decodeImage(Bytes(file.begin(), file.end() - mark), "x");
        QVERIFY(without.image == whole);
        QCOMPARE(
            english(without.notes),
            (std::vector<std::string> {
                "The end of the file is missing; all its pixels are there."}));
    }

    void aJpegThatEndsEarlyWithAnEndMarkIsSaid()
    {
        Image image = filled(64, 640, {});
        for (std::size_t i = 0; i < image.rgb.size(); ++i)
            image.rgb[i] = uint8_t(i * i >> 7);
        Bytes file = encoded(".jpg", toMat(image));
        file.resize(file.size() / 2);
        file.insert(file.end(), {std::byte(0xFF), std::byte(0xD9)});
        const auto said = QString::fromStdString(english(decodeImage(file, "x").notes.at(0)));
        QVERIFY2(said.startsWith(QStringLiteral("It is incomplete: the last ")), qPrintable(said));
    }

    void aLargeJpegIsMadeSmallerWhileItIsDecoded()
    {
        const Bytes file = encoded(".jpg", toMat(filled(120, 91, {200, 40, 40})));
        const LoadedImage loaded = decodeImage(file, "x", {.pixels = 4000});
        QCOMPARE(loaded.image.width, 60);
        QCOMPARE(loaded.image.height, 46);
        QVERIFY(std::abs(loaded.image.pixel(30, 20)[0] - 200) < 3);
        QCOMPARE(
            english(loaded.notes),
            (std::vector<std::string> {"It has 120 x 91 pixels and was read at 60 x 46, which "
                                       "takes 8280 bytes in place of 32760 bytes."}));
        QVERIFY(refusal(file, {.pixels = 10}).find("too large") != SIZE_MAX);
    }

    /// As the sensors of phones make them.
    void aPhotographOf108MegapixelsIsRead()
    {
        Bytes file;
        {
            const cv::Mat pixels(9000, 12000, CV_8UC3, cv::Scalar(40, 80, 160));
            file = encoded(".jpg", pixels);
        }
        LoadedImage loaded;
        QVERIFY(peakMemoryOf([&] { loaded = decodeImage(file, "x"); }) < 200);
        QCOMPARE(loaded.image.width, 6000);
        QCOMPARE(loaded.image.height, 4500);
        QVERIFY(english(loaded.notes.at(0)).ends_with("which takes 77 MiB in place of 309 MiB."));
    }

    /// As a scanner makes a page: no format but JPEG is read smaller than it is.
    void aPageOf108MegapixelsIsReadWithItsMemorySaid()
    {
        Bytes file;
        {
            const cv::Mat pixels(9000, 12000, CV_8UC1, cv::Scalar(255));
            std::vector<uchar> png;
            QVERIFY(cv::imencode(".png", pixels, png, {cv::IMWRITE_PNG_BILEVEL, 1}));
            const auto bytes = std::as_bytes(std::span(png));
            file.assign(bytes.begin(), bytes.end());
        }
        QVERIFY(file.size() < 1 << 20);
        LoadedImage loaded;
        QVERIFY(peakMemoryOf([&] { loaded = decodeImage(file, "x"); }) < 400);
        QCOMPARE(loaded.image.width, 12000);
        QCOMPARE(loaded.image.height, 9000);
        QCOMPARE(
            english(loaded.notes),
            (std::vector<std::string> {
                "It has 12000 x 9000 pixels, which take 309 MiB of memory."}));
    }

    void aPictureOf50MegapixelsTakesLittleMoreThanItsPixels_data()
    {
        QTest::addColumn<QByteArray>("extension");
        QTest::newRow("png") << QByteArray(".png");
        QTest::newRow("jpg") << QByteArray(".jpg");
    }

    /// 143 MiB of pixels; as a camera that is held upright writes them, which are turned.
    void aPictureOf50MegapixelsTakesLittleMoreThanItsPixels()
    {
        QFETCH(const QByteArray, extension);
        Bytes file;
        {
            const cv::Mat pixels(5800, 8650, CV_8UC3, cv::Scalar(40, 80, 160));
            file = withExif(encoded(extension, pixels), extension == ".png");
        }
        LoadedImage loaded;
        const long peak = peakMemoryOf([&] { loaded = decodeImage(file, "x"); });
        QVERIFY2(peak < 5 * 144 / 2, qPrintable(QString::number(peak)));
        QCOMPARE(loaded.image.width, 5800);
        QCOMPARE(loaded.image.height, 8650);
        QVERIFY(loaded.notes.empty());
        QVERIFY(std::abs(loaded.image.pixel(5799, 8649)[0] - 160) < 3);
    }

    void aDecodeIsStopped()
    {
        std::stop_source stop;
        stop.request_stop();
        for (const char* extension : {".png", ".jpg", ".webp", ".tif", ".bmp"})
            QVERIFY(
                decodeImage(encoded(extension, toMat(numbered(40, 30))), "x", {}, stop.get_token())
                    .image.empty());
    }

    /// What is damaged is told where it is decoded: nothing is told, so it was not.
    void aStoppedDecodeLooksAtNoPixels()
    {
        std::stop_source stop;
        stop.request_stop();
        Image noise = filled(64, 64, {});
        uint32_t state = 1;
        for (uint8_t& value : noise.rgb)
            value = uint8_t((state = state * 1664525 + 1013904223) >> 24);
        for (const char* extension : {".png", ".jpg", ".webp", ".tif"}) {
            Bytes file = encoded(extension, toMat(noise));
            std::fill_n(file.begin() + 1000, 1000, std::byte(0xFF));
            QVERIFY(decodeImage(file, "x", {}, stop.get_token()).image.empty());
        }
    }

    /// A BMP is decoded a MiB of its rows after the other.
    void theRowsOfALargeBmpAreInTheirPlaces_data()
    {
        QTest::addColumn<int>("bytes");
        QTest::addColumn<bool>("fromTop");
        QTest::addColumn<bool>("old");
        QTest::newRow("24 bits") << 3 << false << false;
        QTest::newRow("24 bits from the top") << 3 << true << false;
        QTest::newRow("of OS/2") << 3 << false << true;
        QTest::newRow("palette of OS/2") << 1 << false << true;
        QTest::newRow("palette") << 1 << false << false;
        QTest::newRow("palette from the top") << 1 << true << false;
        QTest::newRow("alpha") << 4 << false << false;
        QTest::newRow("alpha from the top") << 4 << true << false;
    }

    void theRowsOfALargeBmpAreInTheirPlaces()
    {
        QFETCH(const int, bytes);
        QFETCH(const bool, fromTop);
        QFETCH(const bool, old);
        const int width = 701, height = 3100 / bytes + 900;
        const auto value = [](int x, int y, int channel) {
            return uint8_t(x * 7 + y * 13 + y / 256 * 5 + channel * 50);
        };
        const std::size_t stride = (std::size_t(width) * bytes + 3) / 4 * 4;
        std::string rows(stride * height, '\0');
        Image wanted = filled(width, height, {});
        wanted.alpha.resize(bytes == 4 ? std::size_t(width) * height : 0);
        for (int y = 0; y < height; ++y)
            for (int x = 0; x < width; ++x) {
                const std::size_t at =
                    stride * (fromTop ? y : height - 1 - y) + std::size_t(x) * bytes;
                uint8_t* pixel = wanted.pixel(x, y);
                for (int c = 0; c < bytes; ++c)
                    rows[at + c] = char(value(x, y, c));
                const uint8_t first = value(x, y, 0);
                for (int c = 0; c < 3; ++c)
                    pixel[c] = bytes == 1 ? uint8_t(first * (2 * c + 1)) : value(x, y, 2 - c);
                if (bytes == 4)
                    wanted.alpha[std::size_t(y) * width + x] = value(x, y, 3);
            }
        QVERIFY(rows.size() > (5 << 18)); // more than one MiB
        std::string masks;
        for (const uint32_t mask : {0xff0000u, 0xff00u, 0xffu, 0xff000000u})
            masks += littleBytes(mask, bytes == 4 ? 4 : 0);
        const Bytes file = bmp(width, fromTop ? -height : height, 8 * bytes, rows, masks, old);
        const LoadedImage loaded = decodeImage(file, "x");
        QVERIFY(loaded.image == wanted);
        QVERIFY(loaded.notes.empty());
        QVERIFY(refusal(Bytes(file.begin(), file.end() - 1)).find("incomplete") != SIZE_MAX);
    }

    void aBmpThatCannotBeReadIsToldUnlessItIsStopped()
    {
        const std::string damaged = "x.png is damaged or incomplete: its pixels could not be read.";
        std::string masks = littleBytes(0xf000, 4) + littleBytes(0xf00, 4) + littleBytes(0xff, 4);
        const Bytes odd = bmp(2, 2, 16, std::string(8, 'x'), masks), none = bmp(2, 2, 0, "");
        QCOMPARE(refusal(odd), damaged);
        QCOMPARE(refusal(none), damaged);
        Bytes outside = none; // its pixels would begin behind its end
        std::fill_n(outside.begin() + 10, 3, std::byte(0x7F));
        QCOMPARE(refusal(outside), damaged);
        std::stop_source stop;
        stop.request_stop();
        QVERIFY(decodeImage(odd, "x", {}, stop.get_token()).image.empty());
    }

    void noLibraryWritesToStandardError_data()
    {
        QTest::addColumn<QByteArray>("extension");
        for (const char* extension : {".png", ".jpg", ".webp", ".tif", ".bmp", ".gif"})
            QTest::newRow(extension) << QByteArray(extension);
    }

    void noLibraryWritesToStandardError()
    {
        QFETCH(const QByteArray, extension);
        Bytes file = extension == ".gif"
            ? gif(40, 30, gifColours(), {{.width = 40, .height = 30, .pixels = gifNoise(40, 30)}})
            : encoded(extension, toMat(numbered(40, 30)));
        std::fflush(stderr);
        const int before = ::dup(2);
        QTemporaryFile lines;
        QVERIFY(lines.open());
        ::dup2(lines.handle(), 2);
        for (std::size_t i = 12; i < file.size(); i += 3) {
            file[i] ^= std::byte(0x5A);
            refusal(file);
            file[i] ^= std::byte(0x5A);
            refusal(Bytes(file.begin(), file.begin() + i));
        }
        std::fflush(stderr);
        ::dup2(before, 2);
        ::close(before);
        lines.seek(0);
        QCOMPARE(lines.readAll(), QByteArray());
    }
};

QTEST_GUILESS_MAIN(DecoderTest)
#include "tst_decoder.moc"
