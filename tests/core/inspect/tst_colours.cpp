// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/inspect/colours.h"

#include <QTest>

#include <cmath>
#include <set>

namespace {

/// CIE 1976 lightness of an sRGB colour, 0 to 100.
double lightness(const Color& colour)
{
    const auto linear = [](uint8_t value) {
        const double c = value / 255.;
        return c <= .04045 ? c / 12.92 : std::pow((c + .055) / 1.055, 2.4);
    };
    const double y = .2126 * linear(colour.r) + .7152 * linear(colour.g) + .0722 * linear(colour.b);
    return y > .008856 ? 116 * std::cbrt(y) - 16 : 903.3 * y;
}

SeenMap mapOf(std::vector<float> values, bool diverges = false)
{
    return {
        .height = 1,
        .width = int(values.size()),
        .values = std::move(values),
        .diverges = diverges};
}

Color pixelOf(const Image& image, int x)
{
    const uint8_t* p = image.pixel(x, 0);
    return {p[0], p[1], p[2]};
}

} // namespace

class ColoursTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sequentialColoursGetEverLighter()
    {
        for (const ColourMap map : {ColourMap::Viridis, ColourMap::Grey})
            for (int i = 0; i < 63; ++i)
                QVERIFY(
                    lightness(colourOf(i / 63., map)) < lightness(colourOf((i + 1) / 63., map)));
        QCOMPARE(colourOf(0, ColourMap::Viridis), (Color {0x44, 0x01, 0x54}));
        QCOMPARE(colourOf(1, ColourMap::Viridis), (Color {0xfd, 0xe7, 0x25}));
        QCOMPARE(colourOf(1. / 9, ColourMap::Viridis), (Color {0x48, 0x28, 0x78}));
    }

    void divergingColoursAreLightestInTheMiddle()
    {
        for (int i = 0; i < 32; ++i) {
            const double from = i / 64., to = (i + 1) / 64.;
            QVERIFY(
                lightness(colourOf(from, ColourMap::Diverging))
                < lightness(colourOf(to, ColourMap::Diverging)));
            QVERIFY(
                lightness(colourOf(1 - from, ColourMap::Diverging))
                < lightness(colourOf(1 - to, ColourMap::Diverging)));
        }
        QCOMPARE(colourOf(.5, ColourMap::Diverging), (Color {0xf7, 0xf7, 0xf7}));
        QVERIFY(colourOf(0, ColourMap::Diverging).b > colourOf(0, ColourMap::Diverging).r);
        QVERIFY(colourOf(1, ColourMap::Diverging).r > colourOf(1, ColourMap::Diverging).b);
    }

    void whatIsBeyondTheRangeIsCutOffAndWhatIsNoNumberGrey()
    {
        QCOMPARE(colourOf(-3, ColourMap::Grey), (Color {0, 0, 0}));
        QCOMPARE(colourOf(7, ColourMap::Grey), (Color {255, 255, 255}));
        QCOMPARE(colourOf(NAN, ColourMap::Viridis), (Color {128, 128, 128}));
    }

    void eightGroupsHaveEightColours()
    {
        std::set<std::array<uint8_t, 3>> colours;
        for (int i = 0; i < 8; ++i) {
            const Color c = colourOfGroup(i);
            colours.insert({c.r, c.g, c.b});
        }
        QCOMPARE(colours.size(), size_t(8));
        QCOMPARE(colourOfGroup(8), colourOfGroup(0));
    }

    void aRangeIsThatOfTheMapOrBothWaysFromZero()
    {
        QCOMPARE(rangeOf(mapOf({2, 5, 3})), (ValueRange {2, 5}));
        QCOMPARE(rangeOf(mapOf({-2, 1}, true)), (ValueRange {-2, 2}));
        QCOMPARE(rangeOf({mapOf({2, 5}), mapOf({1, 3})}), (ValueRange {1, 5}));
    }

    void aMapIsDrawnInItsRange()
    {
        const SeenMap map = mapOf({0, 1, 2});
        const Image image = toImage(map, rangeOf(map), ColourMap::Grey);
        QCOMPARE(pixelOf(image, 0), (Color {0, 0, 0}));
        QCOMPARE(pixelOf(image, 1), (Color {128, 128, 128}));
        QCOMPARE(pixelOf(image, 2), (Color {255, 255, 255}));
        QCOMPARE(pixelOf(toImage(map, {0, 4}, ColourMap::Grey), 2), (Color {128, 128, 128}));
        QCOMPARE(
            pixelOf(toImage(map, {0, 2}, ColourMap::Automatic), 2),
            colourOf(1, ColourMap::Viridis));
        const SeenMap signs = mapOf({-1, 1}, true);
        QCOMPARE(
            pixelOf(toImage(signs, rangeOf(signs), ColourMap::Automatic), 0),
            colourOf(0, ColourMap::Diverging));
        const SeenMap same = mapOf({3, 3});
        QCOMPARE(
            pixelOf(toImage(same, rangeOf(same), ColourMap::Viridis), 0),
            colourOf(0, ColourMap::Viridis));
        const SeenMap zero = mapOf({0, 0}, true);
        QCOMPARE(
            pixelOf(toImage(zero, rangeOf(zero), ColourMap::Automatic), 0),
            colourOf(.5, ColourMap::Diverging));
    }

    void componentsHaveRangesOfTheirOwn()
    {
        const SeenMap map {
            .height = 1,
            .width = 2,
            .channels = 3,
            .values = {0, 5, 1, 1, 5, 3},
            .from = {0, 5, 2},
            .to = {2, 5, 3}};
        const Image image = toImage(map, {}, ColourMap::Automatic);
        QCOMPARE(pixelOf(image, 0), (Color {0, 0, 0}));
        QCOMPARE(pixelOf(image, 1), (Color {127, 0, 255}));
    }
};

QTEST_APPLESS_MAIN(ColoursTest)
#include "tst_colours.moc"
