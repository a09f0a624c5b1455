// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/picture/colorprofile.h"

#include <QTest>
#include <algorithm>
#include <cmath>
#include <lcms2.h>

namespace {

std::string saved(cmsHPROFILE profile)
{
    cmsUInt32Number size = 0;
    cmsSaveProfileToMem(profile, nullptr, &size);
    std::string bytes(size, '\0');
    cmsSaveProfileToMem(profile, bytes.data(), &size);
    cmsCloseProfile(profile);
    return bytes;
}

/// An RGB profile with sRGB's curve, or a power, and other primaries.
std::string rgbProfile(cmsCIExyYTRIPLE primaries, double gamma = 0)
{
    const cmsCIExyY d65 {0.3127, 0.3290, 1};
    const cmsFloat64Number srgb[] = {2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045};
    cmsToneCurve* curve =
        gamma > 0 ? cmsBuildGamma(nullptr, gamma) : cmsBuildParametricToneCurve(nullptr, 4, srgb);
    cmsToneCurve* curves[] = {curve, curve, curve};
    cmsHPROFILE profile = cmsCreateRGBProfile(&d65, &primaries, curves);
    cmsFreeToneCurve(curve);
    return saved(profile);
}

const cmsCIExyYTRIPLE displayP3 {{0.680, 0.320, 1}, {0.265, 0.690, 1}, {0.150, 0.060, 1}};
const cmsCIExyYTRIPLE adobeRgb {{0.640, 0.330, 1}, {0.210, 0.710, 1}, {0.150, 0.060, 1}};
const cmsCIExyYTRIPLE srgb {{0.640, 0.330, 1}, {0.300, 0.600, 1}, {0.150, 0.060, 1}};

} // namespace

class ColorProfileTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void displayP3BecomesSrgb()
    {
        // sRGB's red is (234, 51, 35) in Display P3; its grey stays; P3's green is beyond sRGB.
        Image image = filled(3, 1, {234, 51, 35});
        fill(image, 1, 0, 1, 1, {128, 128, 128});
        fill(image, 2, 0, 1, 1, {0, 255, 0});
        image.alpha = {1, 2, 3};
        const std::string note = english(convertToSrgb(image, rgbProfile(displayP3)));
        const uint8_t expected[] = {255, 0, 0, 128, 128, 128, 0, 255, 0};
        for (int i = 0; i < 9; ++i)
            QVERIFY2(std::abs(image.rgb[i] - expected[i]) <= 2, qPrintable(QString::number(i)));
        QVERIFY(note.starts_with("The colours were converted from "));
        QVERIFY(note.ends_with(" to sRGB."));
        QCOMPARE(image.alpha, (std::vector<uint8_t> {1, 2, 3}));
    }

    /// By the standards' numbers: a power of 563 / 256, then the matrix between the two spaces,
    /// which have one white.
    void adobeRgbBecomesSrgb()
    {
        Image image = filled(5, 25, {});
        for (int i = 0; i < 125; ++i) {
            const int values[] = {i % 5 * 60 + 15, i / 5 % 5 * 60 + 15, i / 25 * 60 + 15};
            std::copy_n(values, 3, &image.rgb[std::size_t(i) * 3]);
        }
        const Image before = image;
        const std::string note = english(convertToSrgb(image, rgbProfile(adobeRgb, 563 / 256.)));
        QVERIFY2(note.starts_with("The colours were converted from "), note.c_str());
        const double matrix[3][3] = {{1.398356, -0.398356, 0}, {0, 1, 0}, {0, -0.042932, 1.042932}};
        for (std::size_t i = 0; i < 125; ++i)
            for (std::size_t c = 0; c < 3; ++c) {
                double light = 0;
                for (std::size_t from = 0; from < 3; ++from)
                    light +=
                        matrix[c][from] * std::pow(before.rgb[3 * i + from] / 255., 563 / 256.);
                light = std::clamp(light, 0., 1.);
                const double wanted = 255
                    * (light <= 0.0031308 ? 12.92 * light
                                          : 1.055 * std::pow(light, 1 / 2.4) - 0.055);
                QVERIFY2(
                    std::abs(image.rgb[3 * i + c] - wanted) <= 2,
                    qPrintable(QString::number(i) + ": " + QString::number(wanted)));
            }
    }

    void srgbChangesNothing()
    {
        Image image = filled(2, 2, {10, 100, 250});
        const Image before = image;
        QCOMPARE(english(convertToSrgb(image, saved(cmsCreate_sRGBProfile()))), std::string());
        QCOMPARE(english(convertToSrgb(image, rgbProfile(srgb))), std::string());
        QVERIFY(image == before);
    }

    void greyProfilesServeGreyPictures()
    {
        cmsToneCurve* linear = cmsBuildGamma(nullptr, 1);
        const std::string profile = saved(cmsCreateGrayProfile(cmsD50_xyY(), linear));
        cmsFreeToneCurve(linear);
        Image grey = filled(2, 1, {55, 55, 55});
        QVERIFY(english(convertToSrgb(grey, profile)).starts_with("The colours were converted"));
        // Linear 55 / 255 = 0.2157 is 0.5017 in sRGB.
        for (const uint8_t value : grey.rgb)
            QVERIFY(std::abs(value - 128) <= 1);
        Image colour = filled(2, 1, {55, 56, 55});
        QCOMPARE(
            english(convertToSrgb(colour, profile)),
            std::string("Its colour profile does not fit its colours and was ignored."));
        QVERIFY(colour == filled(2, 1, {55, 56, 55}));
    }

    void aConversionIsStopped()
    {
        std::stop_source stop;
        stop.request_stop();
        Image image = filled(3, 3, {234, 51, 35});
        convertToSrgb(image, rgbProfile(displayP3), stop.get_token());
        QVERIFY(image == filled(3, 3, {234, 51, 35}));
    }

    void aDamagedProfileIsIgnoredAndSaid()
    {
        const std::string whole = rgbProfile(displayP3);
        for (const std::string& profile : {std::string("garbage"), whole.substr(0, 100)}) {
            Image image = filled(1, 1, {234, 51, 35});
            QVERIFY(english(convertToSrgb(image, profile)).ends_with("was ignored."));
            QVERIFY(image == filled(1, 1, {234, 51, 35}));
        }
        Image image = filled(1, 1, {1, 2, 3});
        QCOMPARE(
            english(convertToSrgb(image, saved(cmsCreateLab4Profile(nullptr)))),
            std::string("Its colour profile does not fit its colours and was ignored."));
    }
};

QTEST_GUILESS_MAIN(ColorProfileTest)
#include "tst_colorprofile.moc"
