// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/picture/imagefile.h"
#include "plugins/analogist/analogist.h"
#include "plugins/analogist/grid.h"
#include "plugins/analogist/marks.h"

#include <QTest>

namespace {

const std::string folder = TEST_DATA "/analogist-grid-256/";

Image read(const char* name)
{
    return loadImage(folder + name).image;
}

Image cell(const char* name)
{
    return fitted(opaque(read(name)), Geometry {}.content(), Fit::Stretch, {});
}

Image grid()
{
    return makeGrid({}, cell("source_A.png"), cell("source_Aprime.png"), cell("source_B.png"));
}

int count(const Image& image, Color color, int& left, int& right)
{
    int n = 0;
    left = image.width;
    right = -1;
    for (int y = 0; y < image.height; ++y)
        for (int x = 0; x < image.width; ++x)
            if (const uint8_t* p = image.pixel(x, y); Color {p[0], p[1], p[2]} == color) {
                ++n;
                left = std::min(left, x);
                right = std::max(right, x);
            }
    return n;
}

} // namespace

class GridTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void contentLiesWhereTheOriginalPutsIt()
    {
        QCOMPARE(Geometry {256}.content(), 253);
        QCOMPARE(Geometry {256}.far(), 257);
        QCOMPARE(Geometry {512}.content(), 509);
        QCOMPARE(Geometry {512}.far(), 513);
        QCOMPARE(Geometry {128}.content(), 125);
    }

    void theGridEqualsTheOriginalsByteForByte() { QCOMPARE(grid(), opaque(read("grid.png"))); }

    void theMarkedGridEqualsTheOriginalsButForTheLetters()
    {
        QCOMPARE(marked({}, grid(), false), opaque(read("marked_without_letters.png")));
    }

    void lettersStayInTheirBoxes()
    {
        const Image with = marked({}, grid()), without = marked({}, grid(), false);
        QVERIFY(with != without);
        for (int y = 0; y < with.height; ++y)
            for (int x = 0; x < with.width; ++x) {
                const bool changed =
                    !std::equal(with.pixel(x, y), with.pixel(x, y) + 3, without.pixel(x, y));
                const int boxX = x < 257 ? x - 2 : x - 257, boxY = y < 257 ? y - 2 : y - 257;
                if (changed)
                    QVERIFY(boxX >= 0 && boxX <= 36 && boxY >= 0 && boxY <= 36);
            }
    }

    void arrowsAreThoseOfTheOriginal()
    {
        int left, right;
        QCOMPARE(count(marked({}, grid()), {230, 0, 0}, left, right), 742);
        QCOMPARE(left, 229);
        QCOMPARE(right, 283);
    }

    void thePastedCopyOfBLiesOnePixelToTheRight()
    {
        const Image copy = pasted(grid());
        QCOMPARE(copy, opaque(read("pasted.png")));
        for (int y = 257; y < 510; ++y)
            QVERIFY(std::equal(copy.pixel(2, y), copy.pixel(255, y), copy.pixel(258, y)));
    }

    void theMaskEqualsTheOriginals()
    {
        const Image expected = read("mask.png");
        QCOMPARE(inpaintingMask(512), opaque(expected));
        for (const int side : {128, 256, 384, 640, 1024}) {
            const Image mask = inpaintingMask(side);
            for (int i = 0; i < side; ++i)
                QCOMPARE(mask.pixel(i, side - 1)[0] >= 128, i >= side / 2);
        }
    }

    void theAnswerComesBackInTheShapeOfB_data()
    {
        QTest::addColumn<int>("fit");
        QTest::addColumn<QSize>("expected");
        QTest::newRow("stretch") << int(Fit::Stretch) << QSize(512, 256);
        QTest::newRow("pad") << int(Fit::Pad) << QSize(512, 256);
        QTest::newRow("crop") << int(Fit::Crop) << QSize(512, 256);
    }

    void theAnswerComesBackInTheShapeOfB()
    {
        QFETCH(int, fit);
        QFETCH(QSize, expected);
        Image wide = filled(40, 20, {10, 200, 30});
        const Image content = fitted(wide, 253, Fit(fit), {255, 255, 255});
        Image canvas = filled(512, 512, {255, 255, 255});
        paste(canvas, content, 257, 257);
        const Image b = answer({}, canvas, wide, Fit(fit));
        QCOMPARE(QSize(b.width, b.height), expected);
        QCOMPARE(b, filled(b.width, b.height, {10, 200, 30})); // no frame, no padding
    }

    void aroundTheMiddleSquareTheRestOfBStays()
    {
        Image wide = filled(40, 20, {10, 200, 30});
        Image canvas = filled(512, 512, {255, 255, 255});
        paste(canvas, filled(253, 253, {200, 0, 0}), 257, 257);
        const Image b = answer({}, canvas, wide, Fit::Crop);
        for (int x = 0; x < 512; ++x)
            QCOMPARE(int(b.pixel(x, 128)[0]), x >= 128 && x < 384 ? 200 : 10);
    }

    void theToolMakesTheGridOfThePictures()
    {
        const Method tool = gridTool();
        Request request {.method = tool.id};
        for (const Parameter& p : tool.parameters)
            request.values[p.id] = p.initial;
        for (const char* slot : {"a", "a_prime", "b"})
            request.images[slot] = {{.image = filled(9, 9, {10, 200, 30})}};
        Models models;
        const auto made = [&] { return tool.run(request, models, {}).candidates.front().image; };
        const Image withMarks = made();
        request.values["marks"] = false;
        const Image square = filled(253, 253, {10, 200, 30});
        const Image plain = makeGrid({}, square, square, square);
        QCOMPARE(made(), plain);
        QCOMPARE(withMarks, marked({}, plain));
        QVERIFY(!(withMarks == plain));
    }

    void theOriginalsResultKeepsTheFrame()
    {
        const Image whole = quadrant(grid());
        QCOMPARE(whole.width, 512);
        QCOMPARE(int(whole.pixel(0, 0)[0]), 255);
        QCOMPARE(int(whole.pixel(256, 256)[0]), 0);
    }
};

QTEST_GUILESS_MAIN(GridTest)
#include "tst_grid.moc"
