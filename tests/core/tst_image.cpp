// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/image.h"

#include "core/errors.h"
#include "core/picture/deepimage.h"

#include <QTest>

#include <climits>

namespace {

constexpr Color red {200, 10, 20}, blue {1, 2, 250};

/// Every pixel tells where it is.
Image numbered(int width, int height)
{
    Image image = filled(width, height, {});
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            image.pixel(x, y)[0] = uint8_t(x);
            image.pixel(x, y)[1] = uint8_t(y);
            image.alpha.push_back(uint8_t(10 * y + x));
        }
    return image;
}

Color at(const Image& image, int x, int y)
{
    const uint8_t* p = image.pixel(x, y);
    return {p[0], p[1], p[2]};
}

int count(const Image& image, Color color)
{
    int found = 0;
    for (int y = 0; y < image.height; ++y)
        for (int x = 0; x < image.width; ++x)
            found += at(image, x, y) == color;
    return found;
}

} // namespace

class ImageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFilledPictureIsOfOneColour()
    {
        const Image image = filled(3, 2, red);
        QCOMPARE(image.width, 3);
        QCOMPARE(image.height, 2);
        QCOMPARE(image.rgb.size(), std::size_t(18));
        QCOMPARE(count(image, red), 6);
        QVERIFY(image.alpha.empty());
        QVERIFY(Image().empty());
    }

    void aCropTakesColoursAndAlpha()
    {
        const Image part = crop(numbered(5, 4), 2, 1, 3, 2);
        QCOMPARE(part.width, 3);
        QCOMPARE(part.height, 2);
        QVERIFY(at(part, 0, 0) == (Color {2, 1, 255}));
        QVERIFY(at(part, 2, 1) == (Color {4, 2, 255}));
        QCOMPARE(part.alpha, (std::vector<uint8_t> {12, 13, 14, 22, 23, 24}));
    }

    void aCropThatDoesNotLieWithinIsRefused()
    {
        const Image image = filled(5, 4, red);
        const DeepImage deep = deepened(image);
        const struct
        {
            int x, y, width, height;
        } parts[] = {{-1, 0, 2, 2}, {0, -1, 2, 2}, {0, 0, 6, 4},       {0, 0, 5, 5},
                     {4, 3, 2, 1},  {0, 0, -1, 1}, {1, 0, INT_MAX, 1}, {9, 0, 1, 1}};
        for (const auto& [x, y, width, height] : parts) {
            QVERIFY_EXCEPTION_THROWN(crop(image, x, y, width, height), WorkError);
            QVERIFY_EXCEPTION_THROWN(crop(deep, x, y, width, height), WorkError);
        }
        DeepImage onto = deep;
        QVERIFY_EXCEPTION_THROWN(paste(onto, deep, 1, 0), WorkError);
        QVERIFY_EXCEPTION_THROWN(paste(onto, deep, 0, -1), WorkError);
        QCOMPARE(crop(image, 0, 0, 5, 4), image);
    }

    void pastingReplacesARectangle()
    {
        Image onto = filled(6, 5, red);
        paste(onto, numbered(2, 3), 1, 2);
        QVERIFY(at(onto, 1, 2) == (Color {0, 0, 255}));
        QVERIFY(at(onto, 2, 4) == (Color {1, 2, 255}));
        QCOMPARE(count(onto, red), 30 - 6);
        QVERIFY(onto.alpha.empty());
    }

    void whatFallsOutsideIsCut_data()
    {
        QTest::addColumn<int>("x");
        QTest::addColumn<int>("y");
        QTest::addColumn<int>("kept");
        QTest::newRow("top left") << -2 << -1 << 1;
        QTest::newRow("bottom right") << 3 << 4 << 2;
        QTest::newRow("left of it") << -3 << 0 << 0;
        QTest::newRow("far right") << 100 << 0 << 0;
        QTest::newRow("far below") << 0 << 100 << 0;
    }

    void whatFallsOutsideIsCut()
    {
        QFETCH(int, x);
        QFETCH(int, y);
        QFETCH(int, kept);
        Image onto = filled(5, 5, red), other = onto;
        const Image image = filled(3, 2, blue);
        paste(onto, image, x, y);
        QCOMPARE(count(onto, blue), kept);
        fill(other, x, y, 3, 2, blue);
        QVERIFY(other == onto);
    }

    void flatteningMixesByAlpha()
    {
        Image image = filled(3, 1, {100, 0, 255});
        image.alpha = {0, 255, 51};
        const Image flat = flattened(image, {0, 255, 255});
        QVERIFY(at(flat, 0, 0) == (Color {0, 255, 255}));
        QVERIFY(at(flat, 1, 0) == (Color {100, 0, 255}));
        QVERIFY(at(flat, 2, 0) == (Color {20, 204, 255}));
        QVERIFY(flat.alpha.empty());
    }

    void droppingAlphaLeavesTheColours()
    {
        Image image = filled(2, 1, red);
        image.alpha = {0, 128};
        QVERIFY(opaque(image) == filled(2, 1, red));
        QVERIFY(flattened(filled(2, 1, red), blue) == filled(2, 1, red));
    }
};

QTEST_GUILESS_MAIN(ImageTest)
#include "tst_image.moc"
