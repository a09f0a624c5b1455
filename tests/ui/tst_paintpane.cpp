// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/emptyhome.h"
#include "tests/ui/paintfixture.h"
#include "ui/actions.h"
#include "ui/convert.h"
#include "ui/imageslot.h"
#include "ui/numberbox.h"
#include "ui/resultpane.h"

#include <QAction>
#include <QContextMenuEvent>
#include <QMenu>
#include <QSettings>
#include <QSlider>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace {

QColor colorAt(const QImage& image, int x, int y)
{
    return image.pixelColor(x, y);
}

int whites(const QImage& image)
{
    int count = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            count += colorAt(image, x, y) == QColor(Qt::white) ? 1 : 0;
    return count;
}

double distance(QPointF from, QPointF to, QPointF point)
{
    const QPointF way = to - from;
    const double along = std::clamp(
        QPointF::dotProduct(point - from, way) / QPointF::dotProduct(way, way), 0.0, 1.0);
    const QPointF apart = point - from - way * along;
    return std::hypot(apart.x(), apart.y());
}

} // namespace

class PaintPaneTest : public QObject
{
    Q_OBJECT

    EmptyHome m_home;

private Q_SLOTS:
    void init() { QSettings().clear(); }

    void aMaskIsOfferedWhereThereIsAPictureBelow()
    {
        PaintFixture f;
        QVERIFY(!f.button("mask", "Paint the mask"));
        f.session.inputs().set("init", filled(8, 8, {}), QStringLiteral("i"));
        QVERIFY(f.button("mask", "Paint the mask")->isVisible());
        QTRY_VERIFY(!f.button("mask", "Paint the mask")->visibleRegion().isEmpty()); // scrolled to
        f.session.inputs().clear("init");
        QVERIFY(!f.button("mask", "Paint the mask"));
        f.session.inputs().set("control", filled(8, 8, {}), QStringLiteral("c"));
        QVERIFY(!f.button("control", "Edit the map"));
        f.session.inputs().setKind("control", "none");
        QVERIFY(f.button("control", "Edit the map")->isVisible());
        QVERIFY(!f.button("control", "Make the map")->isVisible());
    }

    void theMenuOfThePlaceOffersItToo()
    {
        PaintFixture f;
        f.session.inputs().set("init", filled(side, side, {}), QStringLiteral("i"));
        ImageSlot& slot = *f.window.inputs().slot("mask");
        QContextMenuEvent event(QContextMenuEvent::Keyboard, {5, 5}, {5, 5});
        QApplication::sendEvent(&slot, &event);
        auto* menu = slot.findChild<QMenu*>();
        for (QAction* action : menu->actions())
            if (action->text() == QLatin1String("Paint the mask"))
                action->trigger();
        delete menu;
        QTRY_VERIFY(f.pane().isVisible());
        QVERIFY(!f.window.pane().isVisible());
    }

    void aStrokePaintsWhereThePointerWentAndNowhereElse()
    {
        PaintFixture f;
        f.openMask();
        QCOMPARE(f.painted().size(), QSize(side, side));
        QCOMPARE(whites(f.painted()), 0);
        const QPointF from(10, 20), to(50, 33);
        f.stroke({from, (from + to) / 2, to});
        for (int y = 0; y < side; ++y)
            for (int x = 0; x < side; ++x) {
                const double away = distance(from, to, {x + 0.5, y + 0.5});
                if (away < 2.7)
                    QCOMPARE(colorAt(f.painted(), x, y), QColor(Qt::white));
                if (away > 3.3)
                    QCOMPARE(colorAt(f.painted(), x, y), QColor(Qt::black));
            }
        f.send(QEvent::MouseMove, {30, 50}, Qt::NoButton, Qt::NoButton); // no button is down
        QCOMPARE(colorAt(f.painted(), 30, 50), QColor(Qt::black));
    }

    void theRightButtonAndTheEraserTakeAway()
    {
        PaintFixture f;
        f.openMask();
        f.stroke({{10, 20}, {50, 20}});
        f.stroke({{30, 10}, {30, 30}}, Qt::RightButton);
        QCOMPARE(colorAt(f.painted(), 30, 20), QColor(Qt::black));
        QCOMPARE(colorAt(f.painted(), 20, 20), QColor(Qt::white));
        f.key(Qt::Key_E);
        f.stroke({{15, 10}, {15, 30}});
        QCOMPARE(colorAt(f.painted(), 15, 20), QColor(Qt::black));
        f.stroke({{15, 20}, {16, 20}}, Qt::RightButton); // the opposite
        QCOMPARE(colorAt(f.painted(), 15, 20), QColor(Qt::white));
    }

    void aStrokeGivesTheSessionAPictureOfBlackAndWhite()
    {
        PaintFixture f;
        f.openMask();
        f.stroke({{10, 20}, {50, 20}, {40, 50}});
        const QImage painted = f.painted();
        const Input& mask = f.session.inputs().at("mask");
        QCOMPARE(mask.name, std::string("painted mask"));
        QCOMPARE(mask.image->width, side);
        QVERIFY(mask.image->alpha.empty());
        for (int y = 0; y < side; ++y)
            for (int x = 0; x < side; ++x)
                for (int channel = 0; channel < 3; ++channel)
                    QCOMPARE(
                        int(mask.image->pixel(x, y)[channel]),
                        colorAt(painted, x, y) == QColor(Qt::white) ? 255 : 0);
        QTRY_VERIFY(!f.window.inputs().slot("mask")->image().isNull());
        QVERIFY(f.pane().isOpen());
        f.window.actions()("paint-done")->trigger();
        QVERIFY(!f.pane().isOpen() && f.window.pane().isVisible());
        QCOMPARE(f.mask(), toImage(painted));
    }

    void nothingPaintedIsNoMask()
    {
        PaintFixture f;
        f.openMask();
        f.key(Qt::Key_D, Qt::ControlModifier);
        QVERIFY(!f.pane().isOpen());
        QVERIFY(f.session.inputs().in("mask").empty());
    }

    void anEditedMapKeepsWhatStandsBesideItAndTheSizeOfTheResult()
    {
        PaintFixture f;
        f.openMap();
        const Value height = f.session.editor().value("height");
        f.stroke({{10, 20}, {50, 20}});
        f.key(Qt::Key_K);
        f.stroke({{30, 10}, {30, 30}});
        f.window.actions()("paint-done")->trigger();
        const Input& map = f.session.inputs().at("control");
        QCOMPARE(int(map.image->pixel(20, 20)[1]), 255);
        QCOMPARE(int(map.image->pixel(30, 20)[1]), 0);
        QCOMPARE(map.name, std::string("c.png"));
        QCOMPARE(map.kind, std::string("none"));
        QCOMPARE(map.weight, 0.5);
        QCOMPARE(map.begin, 0.25);
        QCOMPARE(map.end, 0.75);
        QCOMPARE(f.session.editor().value("width"), Value(320));
        QCOMPARE(f.session.editor().value("height"), height);
    }

    void aColourOfTheMapIsTakenAndPainted()
    {
        PaintFixture f;
        Image map = filled(side, side, {0, 0, 0});
        fill(map, 0, 0, 10, 10, {20, 140, 70});
        f.openMap();
        f.session.inputs().set("control", map, QStringLiteral("c.png")); // it is painted now
        QCOMPARE(colorAt(f.painted(), 5, 5), QColor(20, 140, 70));
        f.key(Qt::Key_C);
        f.stroke({{5, 5}, {5, 5}});
        QVERIFY(!f.canvas().painting().changed());
        f.stroke({{30, 30}, {40, 30}});
        QCOMPARE(colorAt(f.painted(), 35, 30), QColor(20, 140, 70));
        f.stroke({{35, 25}, {35, 35}}, Qt::RightButton);
        QCOMPARE(colorAt(f.painted(), 35, 30), QColor(Qt::black));
    }

    void anotherModeOrNoPictureBelowCloseItAsDoneDoes()
    {
        PaintFixture f;
        f.openMask();
        f.stroke({{10, 20}, {50, 20}});
        const Image painted = f.mask();
        f.session.inputs().clear("init");
        QVERIFY(!f.pane().isOpen() && f.window.pane().isVisible());
        QVERIFY(f.mask() == painted);
        f.openMask();
        f.stroke({{10, 40}, {50, 40}});
        QVERIFY(f.mask() != painted);
        f.session.setMethod("analogy");
        QVERIFY(!f.pane().isOpen() && f.window.pane().isVisible());
        QVERIFY(f.mask() != painted);
    }

    void aMapOfAnotherSizeIsShownWhole()
    {
        PaintFixture f;
        f.openMap();
        f.session.inputs().set("control", filled(40, 20, {7, 8, 9}), QStringLiteral("d.png"));
        QCOMPARE(f.painted().size(), QSize(40, 20));
        QCOMPARE(colorAt(f.painted(), 39, 19), QColor(7, 8, 9));
        f.session.inputs().setKind("control", "canny"); // a picture, no map any more
        QVERIFY(!f.pane().isOpen());
    }

    void whatIsPaintedCountsInARun()
    {
        PaintFixture f;
        f.openMask();
        f.stroke({{10, 20}, {50, 20}});
        f.session.inputs().set("reference", filled(8, 8, {}), QStringLiteral("r"));
        f.key(Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY(f.session.runs().current() && !f.session.runs().running());
        QVERIFY(f.session.runs().current()->request().images.contains("mask"));
        QVERIFY(!f.session.inputs().in("mask").empty());
    }

    void theKeysMoveTheBrushAndPaint()
    {
        PaintFixture f;
        f.openMask();
        f.key(Qt::Key_Return); // from the middle on
        f.key(Qt::Key_Right, Qt::ShiftModifier);
        QVERIFY(whites(f.painted()) > 20);
        QCOMPARE(colorAt(f.painted(), 32, 32), QColor(Qt::white));
        f.key(Qt::Key_Backspace);
        QCOMPARE(colorAt(f.painted(), 32, 32), QColor(Qt::black));
        for (int i = 0; i < 40; ++i)
            f.key(Qt::Key_Up);
        f.key(Qt::Key_Return);
        QCOMPARE(colorAt(f.painted(), 33, 0), QColor(Qt::white));
    }

    void theViewIsZoomedAndMovedWithoutPainting()
    {
        PaintFixture f;
        f.openMask();
        const double zoom = f.canvas().zoom();
        const QPointF point = f.at({20, 20});
        QWheelEvent wheel(
            point, f.canvas().mapToGlobal(point), {}, {0, 240}, Qt::NoButton, Qt::NoModifier,
            Qt::NoScrollPhase, false);
        QApplication::sendEvent(&f.canvas(), &wheel);
        QVERIFY(f.canvas().zoom() > 1.2 * zoom);
        QVERIFY((f.at({20, 20}) - point).manhattanLength() < 1);
        const QRectF before = f.canvas().tileRect(0);
        f.stroke({{20, 20}, {25, 20}}, Qt::MiddleButton);
        QVERIFY(f.canvas().tileRect(0).left() > before.left() + 10);
        QTest::keyPress(&f.canvas(), Qt::Key_Space);
        f.stroke({{20, 20}, {25, 20}});
        QTest::keyRelease(&f.canvas(), Qt::Key_Space);
        QVERIFY(!f.canvas().painting().changed());
        f.stroke({{20, 20}, {25, 20}});
        QCOMPARE(colorAt(f.painted(), 22, 20), QColor(Qt::white));
        QTest::keyClick(&f.window, Qt::Key_Minus, Qt::ControlModifier);
        f.key(Qt::Key_F);
        QCOMPARE(f.canvas().zoom(), zoom);
    }

    void keysSliderAndNumberSetTheBrush()
    {
        PaintFixture f;
        f.openMask();
        auto* number = f.pane().findChild<NumberBox*>();
        auto* slider = f.pane().findChild<QSlider*>();
        number->setValue(20);
        QCOMPARE(f.canvas().brush(), 20.0);
        const int before = slider->value();
        f.key(Qt::Key_BracketRight);
        QCOMPARE(f.canvas().brush(), 24.0);
        QVERIFY(slider->value() > before);
        f.key(Qt::Key_BracketLeft);
        QCOMPARE(number->value(), 20.0);
        slider->setValue(0);
        for (int i = 0; i < 30; ++i)
            QTest::keyClick(slider, Qt::Key_Right);
        QVERIFY(slider->value() == 30 && number->value() > 1);
    }

    void aLargePictureIsPaintedReduced()
    {
        PaintFixture f;
        f.session.inputs().set("init", filled(3000, 1000, {}), QStringLiteral("large.png"));
        f.open("mask", "Paint the mask");
        QCOMPARE(f.painted().size(), QSize(1536, 512));
    }

    void everyButtonTellsItsKeyAndAllFitASmallScreen()
    {
        PaintFixture f;
        f.openMap();
        for (const QToolButton* button : f.pane().findChildren<QToolButton*>()) {
            QVERIFY(!button->text().isEmpty());
            QVERIFY(button->toolTip().contains(
                button->defaultAction()->shortcut().toString(QKeySequence::NativeText)));
        }
        f.window.actions()("inspect")->trigger();
        QVERIFY(f.window.minimumSizeHint().width() <= 1024);
        QVERIFY(f.window.minimumSizeHint().height() <= 700);
    }
};

QTEST_MAIN(PaintPaneTest)
#include "tst_paintpane.moc"
