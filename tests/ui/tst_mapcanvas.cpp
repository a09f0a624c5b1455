// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/mapcanvas.h"

#include "ui/mapscale.h"

#include <QSignalSpy>
#include <QTest>

#include <cmath>

namespace {

SeenMap mapOf(std::vector<float> values, int height, int width, const char* label = "map")
{
    return {.label = {label}, .height = height, .width = width, .values = std::move(values)};
}

/// A canvas with a grey picture and a map of 2 x 2 cells: 0, 1, 2, 3.
struct Fixture
{
    MapCanvas canvas;

    Fixture()
    {
        canvas.resize(420, 420);
        QImage picture(64, 64, QImage::Format_RGB32);
        picture.fill(QColor(128, 128, 128));
        canvas.setGrounds({.image = picture, .label = QStringLiteral("B")}, {});
        canvas.setMaps({mapOf({0, 1, 2, 3}, 2, 2)}, {});
        canvas.setVisible(true);
        canvas.setFocus();
    }

    void move(QPoint to, Qt::MouseButton held, Qt::KeyboardModifiers keys)
    {
        QMouseEvent event(QEvent::MouseMove, to, canvas.mapToGlobal(to), Qt::NoButton, held, keys);
        QApplication::sendEvent(&canvas, &event);
    }
    QPoint at(double x, double y, int tile = 0) const
    {
        const QRectF rect = canvas.tileRect(tile);
        return QPointF(rect.x() + x * rect.width(), rect.y() + y * rect.height()).toPoint();
    }
    QColor colorAt(double x, double y, int tile = 0)
    {
        return canvas.grab().toImage().pixelColor(at(x, y, tile));
    }
};

} // namespace

class MapCanvasTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theMapLiesOverThePictureAsMuchAsItIsOpaque()
    {
        Fixture f;
        f.canvas.setLook({.opacity = 1});
        QCOMPARE(f.colorAt(0.25, 0.25), scaleColor(0, ColourMap::Viridis));
        QCOMPARE(f.colorAt(0.75, 0.75), scaleColor(1, ColourMap::Viridis));
        f.canvas.setLook({.opacity = 0});
        QCOMPARE(f.colorAt(0.75, 0.75), QColor(128, 128, 128));
    }

    void cellsStayCellsUnlessTheyAreToBeSmooth()
    {
        Fixture f;
        f.canvas.setLook({.opacity = 1});
        QCOMPARE(f.colorAt(0.45, 0.2), f.colorAt(0.1, 0.2));
        f.canvas.setLook({.opacity = 1, .smooth = true});
        QVERIFY(f.colorAt(0.45, 0.2) != f.colorAt(0.1, 0.2));
    }

    void besideThePictureItHasATileOfItsOwn()
    {
        Fixture f;
        f.canvas.setLook({.beside = true});
        QCOMPARE(int(f.canvas.tiles().size()), 2);
        QCOMPARE(f.colorAt(0.75, 0.75, 0), QColor(128, 128, 128));
        QCOMPARE(f.colorAt(0.75, 0.75, 1), scaleColor(1, ColourMap::Viridis));
    }

    void severalMapsAreMixedInTheirColours()
    {
        Fixture f;
        f.canvas.setLook({.opacity = 1});
        f.canvas.setMaps({mapOf({1, 0, 0, 0}, 2, 2), mapOf({0, 0, 0, 1}, 2, 2)}, {});
        QVERIFY(f.canvas.mixes());
        QCOMPARE(f.colorAt(0.25, 0.25), markColor(0));
        QCOMPARE(f.colorAt(0.75, 0.75), markColor(1));
        QCOMPARE(f.colorAt(0.75, 0.25), QColor(128, 128, 128));
    }

    void aMapOfAReferenceLiesOverTheReference()
    {
        Fixture f;
        QImage reference(64, 64, QImage::Format_RGB32);
        reference.fill(Qt::red);
        f.canvas.setGrounds(f.canvas.grounds().front(), {{.image = reference}});
        SeenMap map = mapOf({0, 0, 0, 1}, 2, 2);
        map.reference = 0;
        f.canvas.setMaps({map}, {});
        f.canvas.setLook({.opacity = 0});
        QCOMPARE(int(f.canvas.tiles().size()), 2);
        QCOMPARE(f.colorAt(0.5, 0.5, 0), QColor(128, 128, 128));
        QCOMPARE(f.colorAt(0.25, 0.25, 1), QColor(Qt::red));
    }

    void whatStandsAloneIsSeenWithoutAMap()
    {
        Fixture f;
        MapCanvas::Ground alone = f.canvas.grounds().front();
        alone.alone = true;
        f.canvas.setGrounds(f.canvas.grounds().front(), {alone});
        QCOMPARE(int(f.canvas.tiles().size()), 2);
        alone.alone = false;
        f.canvas.setGrounds(f.canvas.grounds().front(), {alone});
        QCOMPARE(int(f.canvas.tiles().size()), 1);
    }

    void oneRangeHoldsForAllOrEachHasItsOwn()
    {
        Fixture f;
        f.canvas.setLook({.opacity = 1});
        f.canvas.setMaps({mapOf({0, 1, 2, 3}, 2, 2)}, ValueRange {0, 6});
        QCOMPARE(f.colorAt(0.75, 0.75), scaleColor(0.5, ColourMap::Viridis));
    }

    void theCellAndItsValueUnderThePointerAreTold()
    {
        Fixture f;
        QSignalSpy hovered(&f.canvas, &MapCanvas::hovered), told(&f.canvas, &ImageView::readout);
        f.move(f.at(0.75, 0.25), Qt::NoButton, {});
        QVERIFY(!hovered.isEmpty());
        QCOMPARE(hovered.last().at(0).value<std::vector<double>>(), std::vector<double> {1});
        QCOMPARE(told.last().at(0).toString(), QStringLiteral("Cell 1, 0 · map 1.00"));
    }

    void aClickAsksAboutAPlaceAndWithControlAboutASecond()
    {
        Fixture f;
        f.canvas.setAsking(true, {8, 8});
        QSignalSpy changed(&f.canvas, &MapCanvas::spotsChanged);
        QTest::mouseClick(&f.canvas, Qt::LeftButton, {}, f.at(0.3, 0.6));
        QTest::mouseClick(&f.canvas, Qt::LeftButton, Qt::ControlModifier, f.at(0.8, 0.1));
        QCOMPARE(changed.size(), 2);
        QCOMPARE(f.canvas.spots().size(), std::size_t(2));
        QCOMPARE(f.canvas.spots()[0].shape, Spot::Point);
        QVERIFY(std::abs(f.canvas.spots()[0].corners[0][0] - 0.3) < 0.01);
        QVERIFY(std::abs(f.canvas.spots()[0].corners[0][1] - 0.6) < 0.01);
        QVERIFY(std::abs(f.canvas.spots()[1].corners[0][0] - 0.8) < 0.01);
    }

    void aDragIsABoxAndWithShiftAnOutline()
    {
        Fixture f;
        f.canvas.setAsking(true, {8, 8});
        const auto drag = [&](Qt::KeyboardModifiers keys, const QList<QPoint>& way) {
            QTest::mousePress(&f.canvas, Qt::LeftButton, keys, way.first());
            for (const QPoint& point : way)
                f.move(point, Qt::LeftButton, keys);
            QTest::mouseRelease(&f.canvas, Qt::LeftButton, keys, way.last());
        };
        drag({}, {f.at(0.2, 0.2), f.at(0.4, 0.5), f.at(0.6, 0.7)});
        QCOMPARE(f.canvas.spots().at(0).shape, Spot::Box);
        QVERIFY(std::abs(f.canvas.spots()[0].corners[1][1] - 0.7) < 0.01);
        drag(Qt::ShiftModifier, {f.at(0.2, 0.2), f.at(0.8, 0.2), f.at(0.8, 0.8), f.at(0.3, 0.7)});
        QCOMPARE(f.canvas.spots().at(0).shape, Spot::Outline);
        QCOMPARE(f.canvas.spots()[0].corners.size(), std::size_t(4));
    }

    void arrowsMoveThePlaceByACell()
    {
        Fixture f;
        f.canvas.setAsking(true, {8, 8});
        QTest::keyClick(&f.canvas, Qt::Key_Right); // begins in the middle
        QCOMPARE(f.canvas.spots().at(0), spotAt(4, 4, {8, 8}));
        QTest::keyClick(&f.canvas, Qt::Key_Right);
        QTest::keyClick(&f.canvas, Qt::Key_Up);
        QCOMPARE(f.canvas.spots().at(0), spotAt(5, 3, {8, 8}));
        QTest::keyClick(&f.canvas, Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(f.canvas.spots().at(0), spotAt(5, 7, {8, 8}));
        QTest::keyClick(&f.canvas, Qt::Key_Down);
        QCOMPARE(f.canvas.spots().at(0), spotAt(5, 7, {8, 8})); // the last row
    }

    void controlAndArrowsMakeABoxOfThePlace()
    {
        Fixture f;
        f.canvas.setAsking(true, {8, 8});
        f.canvas.setSpots({spotAt(2, 2, {8, 8})});
        QTest::keyClick(&f.canvas, Qt::Key_Right, Qt::ControlModifier);
        const Spot& box = f.canvas.spots().at(0);
        QCOMPARE(box.shape, Spot::Box);
        QCOMPARE(box.corners[0][0], 0.25);
        QCOMPARE(box.corners[1][0], 0.5);
        QCOMPARE(box.corners[1][1], 0.375);
    }

    void theOtherPlaceIsChosenAndTakenAwayByKeys()
    {
        Fixture f;
        f.canvas.setAsking(true, {8, 8});
        f.canvas.setSpots({spotAt(2, 2, {8, 8})});
        QTest::keyClick(&f.canvas, Qt::Key_S);
        QCOMPARE(f.canvas.active(), 1);
        QCOMPARE(f.canvas.spots().size(), std::size_t(2));
        QTest::keyClick(&f.canvas, Qt::Key_Left);
        QCOMPARE(f.canvas.spots()[1], spotAt(3, 4, {8, 8}));
        QCOMPARE(f.canvas.spots()[0], spotAt(2, 2, {8, 8}));
        QTest::keyClick(&f.canvas, Qt::Key_Delete);
        QCOMPARE(f.canvas.spots().size(), std::size_t(1));
        QCOMPARE(f.canvas.active(), 0);
    }

    void whereNoPlaceIsAskedAboutAClickSaysNone()
    {
        Fixture f;
        f.canvas.setAsking(false, {8, 8});
        QTest::mouseClick(&f.canvas, Qt::LeftButton, {}, f.at(0.3, 0.6));
        QTest::keyClick(&f.canvas, Qt::Key_Right);
        QVERIFY(f.canvas.spots().empty());
    }

    void placesAndRangesAreToldToScreenReaders()
    {
        Fixture f;
        f.canvas.setAsking(true, {8, 8});
        f.canvas.setSpots({spotAt(2, 3, {8, 8})});
        QCOMPARE(
            f.canvas.accessibleDescription(),
            QStringLiteral("First place: cell 2, 3. 2 by 2 cells, 0 to 3.00"));
        MapScale scale(f.canvas);
        scale.refresh();
        QCOMPARE(scale.accessibleDescription(), QStringLiteral("map, 0 to 3.00"));
    }
};

QTEST_MAIN(MapCanvasTest)
#include "tst_mapcanvas.moc"
