// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/picture/pictureformat.h"

#include "core/errors.h"
#include "core/picture/difference.h"
#include "core/picture/imagefile.h"

#include <QTest>

#include <opencv2/imgcodecs.hpp>

namespace {

/// Colours that change slowly, as in a photograph.
Image slope(int width, int height, bool alpha)
{
    Image image = filled(width, height, {});
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            uint8_t* pixel = image.pixel(x, y);
            pixel[0] = uint8_t(x * 255 / width);
            pixel[1] = uint8_t(y * 255 / height);
            pixel[2] = 40;
        }
    if (alpha) {
        image.alpha.assign(std::size_t(width) * height, 255);
        image.alpha[0] = 0;
    }
    return image;
}

Image read(const std::vector<std::byte>& bytes)
{
    return decodeImage(bytes, "the file").image;
}

} // namespace

class PictureFormatTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatHasNoLossComesBackAsItWas_data()
    {
        QTest::addColumn<PictureFormat>("format");
        QTest::newRow("png") << PictureFormat::Png;
        QTest::newRow("tiff") << PictureFormat::Tiff;
        QTest::newRow("webp") << PictureFormat::WebP;
    }

    void whatHasNoLossComesBackAsItWas()
    {
        QFETCH(PictureFormat, format);
        const Image image = slope(37, 21, false);
        QCOMPARE(read(encodePicture(image, format, bestQuality)), image);
        Image see = slope(37, 21, true);
        const Image back = read(encodePicture(see, format, bestQuality));
        QCOMPARE(back.alpha, see.alpha);
        QVERIFY(std::equal(see.rgb.begin() + 3, see.rgb.end(), back.rgb.begin() + 3));
    }

    void theQualitySaysHowNearItIsAndHowLarge_data()
    {
        QTest::addColumn<PictureFormat>("format");
        QTest::newRow("jpeg") << PictureFormat::Jpeg;
        QTest::newRow("webp") << PictureFormat::WebP;
    }

    void theQualitySaysHowNearItIsAndHowLarge()
    {
        QFETCH(PictureFormat, format);
        const Image image = slope(160, 120, false);
        const auto good = encodePicture(image, format, 95), poor = encodePicture(image, format, 10);
        QVERIFY(good.size() > poor.size());
        QVERIFY(differenceOf(image, read(good)).psnr > 35);
        QVERIFY(differenceOf(image, read(good)).psnr > differenceOf(image, read(poor)).psnr);
    }

    void aJpegOfATransparentPictureLiesOnWhite()
    {
        Image image = filled(16, 16, {0, 0, 0});
        image.alpha.assign(256, 0);
        const Image back = read(encodePicture(image, PictureFormat::Jpeg, 95));
        QVERIFY(back.pixel(8, 8)[0] > 250);
    }

    void theSuffixSaysTheFormat()
    {
        QCOMPARE(formatOfSuffix("JPEG"), std::optional(PictureFormat::Jpeg));
        QCOMPARE(formatOfSuffix(".tiff"), std::optional(PictureFormat::Tiff));
        QCOMPARE(formatOfSuffix("webp"), std::optional(PictureFormat::WebP));
        QCOMPARE(formatOfSuffix("gif"), std::nullopt);
        QCOMPARE(formatOfSuffix(""), std::nullopt);
    }

    void sixteenBitsComeBackAsTheyWere()
    {
        DeepImage image {.width = 300, .height = 3};
        for (int i = 0; i < 300 * 3 * 3; ++i)
            image.rgb.push_back(uint16_t(i * 7919)); // all bits of a number change
        for (const PictureFormat format : {PictureFormat::Png, PictureFormat::Tiff}) {
            const auto bytes = encodePicture(image, format);
            const cv::Mat back = cv::imdecode(
                cv::Mat(1, int(bytes.size()), CV_8U, const_cast<std::byte*>(bytes.data())),
                cv::IMREAD_UNCHANGED);
            QCOMPARE(back.type(), CV_16UC3);
            for (int i = 0; i < 300 * 3; ++i) {
                const auto blueFirst = back.at<cv::Vec3w>(i / 300, i % 300);
                for (int c = 0; c < 3; ++c)
                    QCOMPARE(blueFirst[2 - c], image.rgb[std::size_t(i * 3 + c)]);
            }
        }
        const auto tells =
            encodePicture(image, PictureFormat::Png, {{.keyword = "Title", .text = "deep"}});
        QCOMPARE(readPngText(tells).at(0).text, std::string("deep"));
        QVERIFY_THROWS_EXCEPTION(Error, encodePicture(image, PictureFormat::Jpeg));
        QVERIFY_THROWS_EXCEPTION(Error, encodePicture(DeepImage(), PictureFormat::Png));
    }

    void whatDoesNotFitIsRefused()
    {
        QVERIFY_THROWS_EXCEPTION(Error, encodePicture({}, PictureFormat::Png, 90));
        const Image wide = filled(17000, 1, {});
        QVERIFY_THROWS_EXCEPTION(Error, encodePicture(wide, PictureFormat::WebP, 90));
        QVERIFY(!encodePicture(wide, PictureFormat::Jpeg, 90).empty());
    }
};

QTEST_APPLESS_MAIN(PictureFormatTest)
#include "tst_pictureformat.moc"
