// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/errors.h"
#include "core/file/files.h"
#include "core/picture/imagefile.h"
#include "core/picture/imageheader.h"

#include <QTest>
#include <lcms2.h>
#include <opencv2/imgcodecs.hpp>

namespace {

using Bytes = std::vector<std::byte>;
using namespace std::string_literals;

Bytes bytes(const std::string& text)
{
    const auto all = std::as_bytes(std::span(text));
    return {all.begin(), all.end()};
}

std::string jpeg(const std::vector<int>& settings = {})
{
    cv::Mat pixels(40, 64, CV_8UC3);
    for (int i = 0; i < int(pixels.total()) * 3; ++i)
        pixels.data[i] = uint8_t(i / 3 % 64 * 4 - i / 192);
    std::vector<uchar> file;
    cv::imencode(".jpg", pixels, file, settings);
    return {file.begin(), file.end()};
}

/// The file with segments after its beginning.
std::string with(const std::string& segments)
{
    std::string file = jpeg();
    return file.insert(2, segments);
}

std::string segment(char marker, const std::string& content)
{
    const std::size_t size = content.size() + 2;
    return "\xFF"s + marker + char(size >> 8) + char(size) + content;
}

std::string exif(char orientation)
{
    return "Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0"s + orientation
        + "\0\0\0\0\0\0\0"s;
}

std::string refusal(const std::string& file)
{
    try {
        decodeImage(bytes(file), "x.jpg");
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

const std::string withoutEnd = "The end of the file is missing; all its pixels are there.";

/// Whether it is refused, or something is said of it.
bool isNoticed(const std::string& file)
{
    return !refusal(file).empty() || !decodeImage(bytes(file), "x").notes.empty();
}

/// A grey profile: linear light.
std::string profile()
{
    cmsToneCurve* linear = cmsBuildGamma(nullptr, 1);
    cmsToneCurve* curves[] = {linear, linear, linear};
    const cmsCIExyY d65 {0.3127, 0.3290, 1};
    const cmsCIExyYTRIPLE srgb {{0.640, 0.330, 1}, {0.300, 0.600, 1}, {0.150, 0.060, 1}};
    cmsHPROFILE handle = cmsCreateRGBProfile(&d65, &srgb, curves);
    cmsUInt32Number size = 0;
    cmsSaveProfileToMem(handle, nullptr, &size);
    std::string result(size, '\0');
    cmsSaveProfileToMem(handle, result.data(), &size);
    cmsFreeToneCurve(linear);
    cmsCloseProfile(handle);
    return result;
}

} // namespace

class JpegHeaderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyKindOfJpegIsWhole_data()
    {
        QTest::addColumn<int>("setting");
        QTest::addColumn<int>("value");
        QTest::newRow("plain") << int(cv::IMWRITE_JPEG_QUALITY) << 90;
        QTest::newRow("progressive") << int(cv::IMWRITE_JPEG_PROGRESSIVE) << 1;
        QTest::newRow("restart markers") << int(cv::IMWRITE_JPEG_RST_INTERVAL) << 1;
    }

    void everyKindOfJpegIsWhole()
    {
        QFETCH(int, setting);
        QFETCH(int, value);
        const std::string file = jpeg({setting, value});
        const LoadedImage loaded = decodeImage(bytes(file), "x.jpg");
        QCOMPARE(loaded.image.width, 64);
        QCOMPARE(loaded.image.height, 40);
        QVERIFY(loaded.notes.empty());
        for (int i = 1; i <= 40; ++i)
            QVERIFY(isNoticed(file.substr(0, file.size() - 1 - file.size() * i / 42)));
        for (const int mark : {1, 2}) {
            const LoadedImage cut = decodeImage(bytes(file.substr(0, file.size() - mark)), "x");
            QCOMPARE(english(cut.notes), (std::vector {withoutEnd}));
            QVERIFY(cut.image == loaded.image);
        }
    }

    void whatFollowsTheEndDoesNotMatter()
    {
        QCOMPARE(refusal(jpeg() + "more\xFF\xD8"), std::string());
    }

    void anEndInsideAThumbnailIsNotTheEnd()
    {
        const std::string file = with(segment('\xE1', "Exif\0\0\xFF\xD9"s));
        QCOMPARE(refusal(file), std::string());
        QCOMPARE(
            english(decodeImage(bytes(file.substr(0, file.size() - 2)), "x").notes),
            (std::vector {withoutEnd}));
    }

    void fillBytesAreSkipped()
    {
        QCOMPARE(refusal(with("\xFF\xFF\xFF" + segment('\xFE', "comment"))), std::string());
    }

    void orientationIsTheFirstOne()
    {
        ImageHeader header = readImageHeader(bytes(with(segment('\xE1', exif(6)))), "x");
        QCOMPARE(header.orientation, 6);
        header =
            readImageHeader(bytes(with(segment('\xE1', exif(3)) + segment('\xE1', exif(6)))), "x");
        QCOMPARE(header.orientation, 3);
        header = readImageHeader(bytes(with(segment('\xE1', exif(9)))), "x");
        QCOMPARE(header.orientation, 1);
        header = readImageHeader(bytes(with(segment('\xE1', "http://ns.adobe.com/xap/1.0/"))), "x");
        QCOMPARE(header.orientation, 1);
    }

    void aProfileInPartsIsJoined()
    {
        const std::string icc = profile(), name = "ICC_PROFILE\0"s;
        const std::size_t half = icc.size() / 2;
        // In the wrong order: their numbers count.
        const std::string file = with(
            segment('\xE2', name + "\2\2"s + icc.substr(half))
            + segment('\xE2', name + "\1\2"s + icc.substr(0, half)));
        QCOMPARE(readImageHeader(bytes(file), "x").profile, icc);
        const LoadedImage plain = decodeImage(bytes(jpeg()), "x");
        const LoadedImage converted = decodeImage(bytes(file), "x");
        QCOMPARE(converted.notes.size(), std::size_t(1));
        const auto light = [](uint8_t value) { // linear to sRGB
            const double x = value / 255.0;
            return 255 * (x <= 0.0031308 ? 12.92 * x : 1.055 * std::pow(x, 1 / 2.4) - 0.055);
        };
        for (std::size_t i = 0; i < plain.image.rgb.size(); ++i)
            QVERIFY(std::abs(converted.image.rgb[i] - light(plain.image.rgb[i])) <= 2);
    }

    void aLargeProfileIsLeftOut()
    {
        std::string parts;
        for (int i = 1; i <= 20; ++i)
            parts +=
                segment('\xE2', "ICC_PROFILE\0"s + char(i) + '\x14' + std::string(60'000, 'x'));
        const LoadedImage loaded = decodeImage(bytes(with(parts)), "x");
        QCOMPARE(
            english(loaded.notes),
            (std::vector<std::string> {
                "Its colour profile is larger than 1 MiB and was ignored."}));
    }

    void cmykIsConvertedAndSaid()
    {
        const Bytes file = readFile(TEST_DATA "/images/cmyk.jpg", 10'000);
        const LoadedImage loaded = decodeImage(file, "cmyk.jpg");
        QCOMPARE(loaded.notes.size(), std::size_t(1));
        for (int y = 0; y < 12; ++y)
            for (int x = 0; x < 20; ++x) { // the formula in tests/reference/images.py
                const int expected[] = {x * 13, y * 21, x * y};
                for (int c = 0; c < 3; ++c)
                    QVERIFY(std::abs(loaded.image.pixel(x, y)[c] - expected[c]) < 25);
            }
    }

    void cmykOfAnUnknownKindIsRefused()
    {
        std::string file = readText(TEST_DATA "/images/cmyk.jpg");
        const std::size_t adobe = file.find("Adobe");
        QVERIFY(adobe != std::string::npos);
        file[adobe] = 'X';
        QCOMPARE(
            refusal(file), "x.jpg is a JPEG picture in CMYK of an unknown kind; save it in RGB."s);
    }

    void aFileWithoutPixelsIsDamaged()
    {
        QCOMPARE(
            refusal("\xFF\xD8" + segment('\xFE', "x") + "\xFF\xD9"),
            "x.jpg is a damaged JPEG picture: it holds no pixels."s);
    }

    void segmentsThatDoNotFitAreSurvived()
    {
        for (const std::string& odd :
             {"\xFF\xE1\0\0"s, "\xFF\xE1\0\1"s, "\xFF\xE1\xFF\xFF"s, "\xFF\xC0\0\2"s,
              segment('\xE2', "ICC_PROFILE\0"s), segment('\xC0', "\x08\0"s)})
            refusal(with(odd));
        QVERIFY(!refusal("\xFF\xD8\xFF").empty());
        QVERIFY(!refusal("\xFF\xD8\xFF\xE1\0"s).empty());
    }
};

QTEST_GUILESS_MAIN(JpegHeaderTest)
#include "tst_jpegheader.moc"
