// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/gridview.h"
#include "ui/imageview.h"

#include <QLabel>
#include <QSignalSpy>
#include <QTest>

namespace {

QImage filled(QColor color, int width = 40, int height = 40)
{
    QImage image(width, height, QImage::Format_RGB888);
    image.fill(color);
    return image;
}

void fill(GridView& grid)
{
    grid.resize(640, 480);
    grid.setInputs(
        {{QStringLiteral("A"), filled(Qt::red)},
         {QStringLiteral("A\u2032"), filled(Qt::green)},
         {QStringLiteral("B"), filled(Qt::blue)}},
        QStringLiteral("B\u2032"));
    grid.show();
}

QPoint middle(const GridView& grid, int cell)
{
    return grid.view().tileRect(cell).center().toPoint();
}

} // namespace

class GridViewTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void threeInputsAndTheResultMakeASquare()
    {
        GridView grid;
        fill(grid);
        QCOMPARE(grid.resultCell(), 3);
        const QRectF a = grid.view().tileRect(0), prime = grid.view().tileRect(1),
                     b = grid.view().tileRect(2), result = grid.view().tileRect(3);
        QCOMPARE(a.top(), prime.top());
        QCOMPARE(a.left(), b.left());
        QVERIFY(result.left() > a.right() && result.top() > a.bottom());
    }

    void everyPointBelongsToItsCell()
    {
        GridView grid;
        fill(grid);
        for (int cell = 0; cell < 4; ++cell)
            QCOMPARE(grid.cellAt(middle(grid, cell)), cell);
        QCOMPARE(grid.cellAt({2, 2}), -1);
        const QPointF gutter =
            (grid.view().tileRect(0).bottomRight() + grid.view().tileRect(3).topLeft()) / 2;
        QCOMPARE(grid.cellAt(gutter.toPoint()), -1);
    }

    void keysEnlargeACellAndGoBack()
    {
        GridView grid;
        fill(grid);
        const double all = grid.view().zoom();
        QTest::keyClick(&grid.view(), Qt::Key_4);
        QCOMPARE(grid.enlarged(), 3);
        QVERIFY(grid.view().zoom() > 1.5 * all);
        QTest::keyClick(&grid.view(), Qt::Key_0);
        QCOMPARE(grid.enlarged(), -1);
        QCOMPARE(grid.view().zoom(), all);
        QTest::keyClick(&grid.view(), Qt::Key_5);
        QCOMPARE(grid.enlarged(), -1);
    }

    void aDoubleClickEnlargesAndGoesBack()
    {
        GridView grid;
        fill(grid);
        QTest::mouseDClick(&grid.view(), Qt::LeftButton, {}, middle(grid, 1));
        QCOMPARE(grid.enlarged(), 1);
        QTest::mouseDClick(&grid.view(), Qt::LeftButton, {}, middle(grid, 1));
        QCOMPARE(grid.enlarged(), -1);
    }

    void theReadoutNamesCellPixelAndColor()
    {
        GridView grid;
        fill(grid);
        const QRectF place = grid.view().tileRect(1);
        QCOMPARE(grid.view().readoutAt(place.center()), QStringLiteral("A\u2032 20, 20 · #00FF00"));
        QCOMPARE(grid.view().readoutAt(grid.view().tileRect(3).center()), QString());
    }

    void zoomKeepsWhatIsUnderThePointer()
    {
        GridView grid;
        fill(grid);
        const QPointF at = grid.view().tileRect(2).center();
        grid.view().zoomBy(3, at);
        QCOMPARE(grid.cellAt(at.toPoint()), 2);
        QVERIFY((grid.view().tileRect(2).center() - at).manhattanLength() < 1);
        QTest::keyClick(&grid.view(), Qt::Key_F);
        QCOMPARE(grid.cellAt({2, 2}), -1);
    }

    void theNetworkViewShowsTheQuadrantsOfTheCanvas()
    {
        GridView grid;
        fill(grid);
        QImage canvas = filled(Qt::black, 8, 8);
        canvas.setPixelColor(6, 1, Qt::yellow);
        grid.setCanvas(canvas);
        QCOMPARE(grid.image(1).size(), QSize(4, 4));
        QCOMPARE(grid.image(1).pixelColor(2, 1), QColor(Qt::yellow));
        QCOMPARE(grid.image(0).pixelColor(2, 1), QColor(Qt::black));
        grid.setCanvas({});
        QCOMPARE(grid.image(1).size(), QSize(40, 40));
    }

    void theHintStandsOnlyInAnEmptyPlace()
    {
        GridView grid;
        fill(grid);
        grid.setHint(QStringLiteral("<a href=\"x\">here</a>"));
        auto* hint = grid.view().findChild<QLabel*>();
        QVERIFY(hint->isVisible());
        QVERIFY(grid.view().tileRect(3).toRect().contains(hint->geometry()));
        grid.setResult(filled(Qt::white), false, 0);
        QVERIFY(!hint->isVisible());
    }

    void aCardStandsWhereTheResultWouldBe()
    {
        GridView grid;
        fill(grid);
        auto* card = new QLabel(QStringLiteral("What went wrong"));
        grid.setCard(card);
        QVERIFY(card->isVisible());
        QVERIFY(card->geometry().intersects(grid.view().tileRect(3).toRect()));
        QVERIFY(grid.view().rect().contains(card->geometry()));
        // It grows over the grid, not out of it.
        QVERIFY(card->geometry().right() <= grid.view().tileRect(3).toRect().right());
        grid.setCard(nullptr);
        QVERIFY(!card->isVisible());
    }

    void oneInputStandsBesideTheResult()
    {
        GridView grid;
        grid.resize(640, 480);
        grid.setInputs({{QStringLiteral("Source"), filled(Qt::red)}}, QStringLiteral("Result"));
        QCOMPARE(grid.view().tileRect(0).top(), grid.view().tileRect(1).top());
        QCOMPARE(cellOf(filled(Qt::red, 8, 8), 1, 2).size(), QSize(8, 8));
    }

    void aCellThatFillsTheViewIsThereAlone()
    {
        GridView grid;
        fill(grid);
        grid.setResult(filled(Qt::yellow), false, 0);
        grid.enlarge(3);
        const QImage seen = grid.view().grab().toImage();
        const QRect cell = grid.view().tileRect(3).toAlignedRect();
        const QColor ground = seen.pixelColor(1, 1);
        for (int y = 0; y < seen.height(); y += 3)
            for (int x = 0; x < seen.width(); x += 3)
                QVERIFY2(
                    cell.contains(x, y) || seen.pixelColor(x, y) == ground,
                    qPrintable(QStringLiteral("%1, %2").arg(x).arg(y)));
        QCOMPARE(grid.cellAt({2, 240}), -1); // where B would be
    }

    void atAHundredPercentAPixelIsAPixel()
    {
        GridView grid;
        fill(grid);
        grid.setResult(filled(Qt::yellow, 200, 100), false, 0);
        grid.view().showActualSize();
        QCOMPARE(grid.view().zoom(), 1.0);
        const QImage seen = grid.view().grab().toImage();
        int width = 0;
        const int y = int(grid.view().tileRect(3).center().y());
        for (int x = 0; x < seen.width(); ++x)
            width += seen.pixelColor(x, y) == QColor(Qt::yellow);
        QVERIFY2(std::abs(width - 200) <= 1, qPrintable(QString::number(width)));
    }

    void theMiddleButtonPans()
    {
        GridView grid;
        fill(grid);
        const QPointF before = grid.view().tileRect(0).center();
        QTest::mousePress(&grid.view(), Qt::MiddleButton, {}, {100, 100});
        QTest::mouseMove(&grid.view(), {130, 110});
        QTest::mouseRelease(&grid.view(), Qt::MiddleButton, {}, {130, 110});
        QCOMPARE(grid.view().tileRect(0).center(), before + QPointF(30, 10));
    }
};

QTEST_MAIN(GridViewTest)
#include "tst_gridview.moc"
