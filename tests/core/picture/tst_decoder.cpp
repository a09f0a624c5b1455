// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/picture/imagefile.h"
#include "tests/core/picture/encoded.h"
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

    void noLibraryWritesToStandardError_data()
    {
        QTest::addColumn<QByteArray>("extension");
        for (const char* extension : {".png", ".jpg", ".webp", ".tif", ".bmp"})
            QTest::newRow(extension) << QByteArray(extension);
    }

    void noLibraryWritesToStandardError()
    {
        QFETCH(const QByteArray, extension);
        Bytes file = encoded(extension, toMat(numbered(40, 30)));
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
