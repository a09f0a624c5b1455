// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/errors.h"
#include "core/file/files.h"
#include "core/picture/imageheader.h"
#include "tests/peakmemory.h"
#include "tests/testseed.h"

#include <QTest>
#include <opencv2/imgcodecs.hpp>
#include <zlib.h>

namespace {

using namespace std::string_literals;

std::span<const std::byte> bytes(const std::string& text)
{
    return std::as_bytes(std::span(text));
}

std::string encoded(const char* extension, int channels, const std::vector<int>& settings = {})
{
    cv::Mat pixels(21, 37, CV_8UC(channels));
    for (std::size_t i = 0; i < pixels.total() * channels; ++i)
        pixels.data[i] = uint8_t(i * i / 7 + i);
    std::vector<uchar> file;
    cv::imencode(extension, pixels, file, settings);
    return {file.begin(), file.end()};
}

std::string refusal(const std::string& file)
{
    try {
        readImageHeader(bytes(file), "the-name");
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

std::string chunk(const std::string& type, const std::string& content)
{
    const std::size_t size = content.size();
    return std::string {char(size >> 24), char(size >> 16), char(size >> 8), char(size)} + type
        + content + "CRC.";
}

/// A PNG file with a chunk after its header.
std::string withChunk(const std::string& type, const std::string& content)
{
    return encoded(".png", 1).insert(8 + 25, chunk(type, content));
}

/// A WebP file with a chunk at its end.
std::string withWebPChunk(std::string file, const std::string& type, const std::string& content)
{
    const auto word = [](std::size_t n) {
        return std::string {char(n), char(n >> 8), char(n >> 16), char(n >> 24)};
    };
    file += type + word(content.size()) + content + std::string(content.size() % 2, '\0');
    return file.replace(4, 4, word(file.size() - 8));
}

const std::string exif = "II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0"s;

} // namespace

class ImageHeaderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void formatAndSizeAreFound_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<int>("format");
        const auto row = [](const char* name, ImageFormat format, const std::string& file) {
            QTest::newRow(name) << QByteArray::fromStdString(file) << int(format);
        };
        const int quality = cv::IMWRITE_WEBP_QUALITY;
        row("png", ImageFormat::Png, encoded(".png", 3));
        row("one bit", ImageFormat::Png, encoded(".png", 1, {cv::IMWRITE_PNG_BILEVEL, 1}));
        row("jpeg", ImageFormat::Jpeg, encoded(".jpg", 3));
        row("lossy webp", ImageFormat::WebP, encoded(".webp", 3, {quality, 80}));
        row("lossless webp", ImageFormat::WebP, encoded(".webp", 3, {quality, 101}));
        row("webp with alpha", ImageFormat::WebP, encoded(".webp", 4, {quality, 80}));
        row("tiff", ImageFormat::Tiff, encoded(".tif", 3));
        row("bmp", ImageFormat::Bmp, encoded(".bmp", 3));
    }

    void formatAndSizeAreFound()
    {
        QFETCH(QByteArray, file);
        QFETCH(int, format);
        const ImageHeader header = readImageHeader(bytes(file.toStdString()), "x");
        QCOMPARE(int(header.format), format);
        QCOMPARE(header.width, int64_t(37));
        QCOMPARE(header.height, int64_t(21));
        QVERIFY(header.problem.empty());
        QVERIFY(header.notes.empty());
        QCOMPARE(header.orientation, 1);
    }

    void whatIsNoPictureIsNamed_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QString>("is");
        const auto row = [](const char* is, const std::string& file) {
            QTest::newRow(is) << QByteArray::fromStdString(file) << QString::fromLatin1(is);
        };
        row("is empty.", "");
        row("is a text file, not a picture.", "Steps: 20\n\xc3\xa4");
        row("is a text file, not a picture.", "BM is how this text begins, and then it goes on");
        row("is not a picture.", "\0\1\2\3"s);
        row("is not a picture.", "RIFF\4\0\0\0WAVE"s);
        row("is an SVG drawing,", "<?xml version='1.0'?>\n<svg width='1'/>");
        row("is a PDF document,", "%PDF-1.7");
        row("is a HEIC picture,", "\0\0\0\x18"s + "ftypheic\0\0\0\0"s);
        row("is an AVIF picture,", "\0\0\0\x20"s + "ftypavif\0\0\0\0"s);
        row("is a JPEG XL picture,", "\xFF\x0A\1\2");
        row("is a JPEG 2000 picture,", "\0\0\0\x0CjP  \r\n\x87\n"s);
        row("is a BigTIFF picture,", "II+\0\x08\0"s);
        row("is a Photoshop document,", "8BPS\0\1"s);
        row("is a zip archive,", "PK\3\4");
    }

    void whatIsNoPictureIsNamed()
    {
        QFETCH(QByteArray, file);
        QFETCH(QString, is);
        const QString text = QString::fromStdString(refusal(file.toStdString()));
        QVERIFY2(text.startsWith("the-name " + is), qPrintable(text));
        QCOMPARE(
            text.contains("PNG, JPEG, WebP, TIFF, BMP and GIF pictures can be read."),
            !file.isEmpty());
    }

    void framesAreCounted()
    {
        ImageHeader header = readImageHeader(bytes(withChunk("acTL", "\0\0\0\x0C\0\0\0\0"s)), "x");
        QCOMPARE(
            english(header.notes),
            (std::vector {"It is animated (12 frames); its still picture was read."s}));
        QVERIFY(header.problem.empty());
        const auto webp = readFile(TEST_DATA "/images/animated.webp", 10'000);
        header = readImageHeader(webp, "x");
        QCOMPARE(
            english(header.notes),
            (std::vector {"It is animated (2 frames); its first frame was read."s}));
        QVERIFY(header.problem.empty());
        QVERIFY(header.frame.has_value());
    }

    void exifOfPngAndWebPIsRead()
    {
        QCOMPARE(readImageHeader(bytes(withChunk("eXIf", exif)), "x").orientation, 6);
        for (const std::string& block : {exif, "Exif\0\0"s + exif}) {
            const std::string file = withWebPChunk(encoded(".webp", 4), "EXIF", block);
            QCOMPARE(readImageHeader(bytes(file), "x").orientation, 6);
        }
        const std::string hex = QByteArray::fromStdString("Exif\0\0"s + exif).toHex().toStdString();
        const std::string raw = "Raw profile type exif\0\nexif\n      32\n"s + hex + "\n";
        QCOMPARE(readImageHeader(bytes(withChunk("tEXt", raw)), "x").orientation, 6);
        QCOMPARE(
            readImageHeader(bytes(withChunk("tEXt", "Raw profile type exif\0"s)), "x").orientation,
            1);
        for (std::size_t length = 0; length < exif.size(); ++length) {
            const auto cut = readImageHeader(bytes(withChunk("eXIf", exif.substr(0, length))), "x");
            QVERIFY(cut.problem.empty() && (cut.orientation == 1 || cut.orientation == 6));
        }
        const auto large =
            readImageHeader(bytes(withChunk("eXIf", exif + std::string(1 << 20, 'x'))), "x");
        QCOMPARE(large.orientation, 1);
        QVERIFY(english(large.notes.at(0)).find("larger than 1 MiB") != std::string::npos);
    }

    void profilesThatCannotBeReadAreSaid()
    {
        const auto note = [](const std::string& content) {
            const ImageHeader header = readImageHeader(bytes(withChunk("iCCP", content)), "x");
            return header.profile.empty() ? english(header.notes.at(0)) : "none"s;
        };
        QVERIFY(note("name\0\0garbage"s).ends_with("damaged and was ignored."));
        QVERIFY(note("name"s).ends_with("damaged and was ignored."));
        // 20 MB in 20 kB, and as they are.
        const std::string large(20'000'000, 'x');
        std::string packed(compressBound(large.size()), '\0');
        uLongf size = packed.size();
        compress(
            reinterpret_cast<Bytef*>(packed.data()), &size,
            reinterpret_cast<const Bytef*>(large.data()), large.size());
        std::string said;
        QVERIFY(peakMemoryOf([&] { said = note("name\0\0"s + packed.substr(0, size)); }) < 8);
        QVERIFY2(said.ends_with("is larger than 1 MiB and was ignored."), said.c_str());
        const std::string file =
            withWebPChunk(encoded(".webp", 4), "ICCP", std::string((1 << 20) + 1, 'x'));
        QVERIFY(
            english(readImageHeader(bytes(file), "x").notes.at(0)).find("larger")
            != std::string::npos);
        QCOMPARE(
            readImageHeader(bytes(withWebPChunk(encoded(".webp", 4), "ICCP", "abc")), "x").profile,
            "abc"s);
    }

    /// The limit would look at the sides of one, the decoder at those of the other.
    void aSecondHeaderIsDamage()
    {
        const std::string file = encoded(".png", 3), header = file.substr(8, 25);
        for (const std::size_t at : {std::size_t(33), file.size() - 12})
            QCOMPARE(
                english(readImageHeader(bytes(file.substr(0, at) + header + file.substr(at)), "x")
                            .problem),
                "is a damaged PNG picture: it has several headers"s);
    }

    void oddBitmapsAreRead()
    {
        std::string file = encoded(".bmp", 3);
        const std::string upsideDown = "\xEB\xFF\xFF\xFF"; // -21
        file.replace(22, 4, upsideDown);
        QCOMPARE(readImageHeader(bytes(file), "x").height, int64_t(21));
        file.replace(22, 4, "\0\0\0\x80"s);
        QVERIFY(!readImageHeader(bytes(file), "x").problem.empty());
        file.replace(22, 4, std::string(4, '\0'));
        QVERIFY(!readImageHeader(bytes(file), "x").problem.empty());
        const std::string old =
            "BM\0\0\0\0\0\0\0\0\x1A\0\0\0\x0C\0\0\0\x02\0\x01\0\x01\0\x18\0"s + std::string(8, 'x');
        // 2^30 pixels of 64 bits in 2^31 rows are 2^64 bytes, which no number holds.
        std::string endless = encoded(".bmp", 3);
        endless.replace(18, 8, "\0\0\0\x40\0\0\0\x80"s).replace(28, 1, "\x40");
        QVERIFY(!readImageHeader(bytes(endless), "x").problem.empty());
        QCOMPARE(readImageHeader(bytes(old), "x").width, int64_t(2));
        QVERIFY(readImageHeader(bytes(old), "x").problem.empty());
        QVERIFY(!readImageHeader(bytes(old.substr(0, 33)), "x").problem.empty());
    }

    void aPngWithoutHeaderIsDamaged()
    {
        std::string file = encoded(".png", 3);
        file[12] = 'X';
        QVERIFY(english(readImageHeader(bytes(file), "x").problem)
                    .starts_with("is a damaged PNG picture"));
    }

    void noDamageIsTooMuch()
    {
        uint32_t state = seedOfTest();
        const auto random = [&] { return (state = state * 1664525 + 1013904223) >> 8; };
        for (const char* kind : {".png", ".jpg", ".webp", ".tif", ".bmp"}) {
            const std::string whole = encoded(kind, 3);
            for (int i = 0; i < 2000; ++i) {
                std::string file =
                    whole.substr(0, random() % 4 ? whole.size() : random() % whole.size());
                for (int change = 0; change < 4 && !file.empty(); ++change)
                    file[random() % std::min<std::size_t>(file.size(), i % 2 ? 64 : 4096)] =
                        char(random());
                refusal(file);
            }
        }
    }
};

QTEST_GUILESS_MAIN(ImageHeaderTest)
#include "tst_imageheader.moc"
