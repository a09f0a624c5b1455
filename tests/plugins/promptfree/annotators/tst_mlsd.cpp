// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/promptfree/annotators/mlsd.h"

#include <QTest>

namespace {

/// A map in which nothing is a line.
Tensor emptyMap(int height, int width)
{
    Tensor map = at::zeros({1, 9, height, width});
    map[0][0].fill_(-20);
    return map;
}

/// A line around the cell (x, y), half of it to either side.
void put(Tensor& map, int x, int y, float logit, float dx, float dy)
{
    const float values[] = {logit, dx, dy, -dx, -dy};
    for (int i = 0; i < 5; ++i)
        map[0][i][y][x].fill_(values[i]);
}

} // namespace

class MlsdTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aCentreAndItsDisplacementsAreALineOfTwiceTheSize()
    {
        Tensor map = emptyMap(20, 30);
        put(map, 12, 5, 3, 4, -2);
        const Tensor lines = mlsdLines(map);
        QVERIFY(lines.equal(at::tensor(at::ArrayRef<float>({32, 6, 16, 14})).reshape({1, 4})));
    }

    void theStrongestComesFirstAndNeighboursGiveWay()
    {
        Tensor map = emptyMap(20, 30);
        put(map, 4, 4, 1, 2, 0);
        put(map, 20, 10, 4, 2, 0);
        put(map, 21, 10, 3, 2, 0); // beside the strongest
        const Tensor lines = mlsdLines(map);
        QCOMPARE(lines.size(0), int64_t(2));
        QCOMPARE(lines[0][0].item<float>(), 44.f);
        QCOMPARE(lines[1][0].item<float>(), 12.f);
    }

    void faintAndShortLinesAreLeftOut()
    {
        Tensor map = emptyMap(20, 30);
        put(map, 4, 4, -3, 4, 0); // sigmoid 0.047
        put(map, 20, 10, 4, 0.04f, 0);
        QCOMPARE(mlsdLines(map).size(0), int64_t(0));
        QCOMPARE(mlsdLines(map, 0.04).size(0), int64_t(1));
        QCOMPARE(mlsdLines(map, 0.1, 0.05).size(0), int64_t(1));
    }

    void noLineIsABlackMap()
    {
        QVERIFY(drawnLines(mlsdLines(emptyMap(4, 4)), 8, 8).eq(0).all().item<bool>());
    }

    void linesAreWhiteAndOnePixelWide()
    {
        const Tensor lines = at::tensor(at::ArrayRef<float>({2, 3.9f, 6.5f, 3})).reshape({1, 4});
        const Tensor drawn = drawnLines(lines, 10, 8);
        QCOMPARE(drawn.to(at::kInt).sum().item<int>(), 5 * 255);
        for (int x = 2; x <= 6; ++x)
            QCOMPARE(drawn[3][x].item<int>(), 255);
    }

    /// What a damaged network gives is no place of a picture.
    void whatIsNoPlaceIsNotDrawn()
    {
        for (const float away : {NAN, INFINITY, -INFINITY, 1e30f, -1e30f}) {
            const Tensor lines = at::tensor(at::ArrayRef<float>({2, 3, away, 3})).reshape({1, 4});
            QVERIFY(drawnLines(lines, 10, 8).eq(0).all().item<bool>());
        }
    }
};

QTEST_GUILESS_MAIN(MlsdTest)
#include "tst_mlsd.moc"
