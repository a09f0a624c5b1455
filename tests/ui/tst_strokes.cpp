// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/emptyhome.h"
#include "tests/ui/undofixture.h"
#include "ui/convert.h"
#include "ui/imageslot.h"

#include <QSettings>

#include <algorithm>
#include <cmath>

namespace {

int whites(const QImage& image)
{
    int count = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            count += image.pixelColor(x, y) == QColor(Qt::white) ? 1 : 0;
    return count;
}

} // namespace

/// What is painted as steps of the history.
class StrokesTest : public QObject
{
    Q_OBJECT

    EmptyHome m_home;

private Q_SLOTS:
    void init() { QSettings().clear(); }

    void changesAreTakenBackAndMadeAgain()
    {
        UndoFixture f;
        f.openMask();
        f.stroke({{10, 20}, {50, 20}});
        const int stroke = whites(f.painted());
        f.key(Qt::Key_I);
        QCOMPARE(whites(f.painted()), side * side - stroke);
        f.key(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(whites(f.painted()), stroke);
        f.key(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(whites(f.painted()), 0);
        f.key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(whites(f.painted()), stroke);
        f.key(Qt::Key_A);
        QCOMPARE(whites(f.painted()), side * side);
        f.key(Qt::Key_Delete);
        QCOMPARE(whites(f.painted()), 0);
    }

    void aStrokeThatChangesNothingIsNoStep()
    {
        UndoFixture f;
        f.openMask();
        const int steps = f.session.history().position();
        f.stroke({{10, 20}, {50, 20}}, Qt::RightButton); // black on black
        f.key(Qt::Key_Delete);
        QCOMPARE(f.session.history().position(), steps);
        QVERIFY(f.session.inputs().in("mask").empty());
    }

    void whatComesBackIsShownWhereItWasPainted()
    {
        UndoFixture f;
        const Image soft = filled(2 * side, 2 * side, {100, 100, 100});
        f.session.inputs().set("mask", soft, QStringLiteral("m.png"));
        f.openMask();
        QTest::keyClick(&f.window, Qt::Key_Plus, Qt::ControlModifier);
        const double zoom = f.canvas().zoom();
        f.stroke({{10, 20}, {50, 20}});
        const QImage one = f.painted();
        f.stroke({{10, 40}, {50, 40}});
        f.session.history().undo();
        QCOMPARE(f.painted(), one);
        f.session.history().undo(); // that from the file, at the size that is painted
        QCOMPARE(f.mask(), soft);
        QCOMPARE(f.painted().size(), QSize(side, side));
        QCOMPARE(qGray(f.painted().pixel(30, 20)), 100);
        f.session.history().redo();
        QCOMPARE(f.painted(), one);
        QVERIFY(f.pane().isOpen());
        QCOMPARE(f.canvas().zoom(), zoom);
        f.session.history().undo();
        f.session.history().undo(); // there was no mask
        QCOMPARE(whites(f.painted()), 0);
        f.session.history().undo(); // nor a mask's picture below
        QVERIFY(!f.pane().isOpen());
    }

    void aStrokeUnderWayGoesFirst()
    {
        UndoFixture f;
        f.openMask();
        f.stroke({{10, 20}, {50, 20}});
        const QImage one = f.painted();
        f.send(QEvent::MouseButtonPress, {10, 40}, Qt::LeftButton, Qt::LeftButton);
        f.send(QEvent::MouseMove, {50, 40}, Qt::NoButton, Qt::LeftButton);
        QVERIFY(f.painted() != one);
        f.key(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(f.painted(), one);
        f.send(QEvent::MouseMove, {20, 50}, Qt::NoButton, Qt::LeftButton);
        f.send(QEvent::MouseButtonRelease, {20, 50}, Qt::LeftButton, Qt::NoButton);
        QCOMPARE(f.painted(), one);
        QCOMPARE(f.mask(), toImage(one));
    }

    void cancelLeavesThePlaceAsItWas()
    {
        UndoFixture f;
        Image before = filled(2 * side, 2 * side, {0, 0, 0});
        fill(before, 0, 0, side, 2 * side, {200, 200, 200});
        f.session.inputs().set("mask", before, QStringLiteral("m.png"));
        f.openMask();
        const auto grey = [&](int x) { return qGray(f.painted().pixel(x, 30)); };
        QVERIFY(std::abs(grey(10) - 200) <= 2 && grey(50) == 0); // begins with what is there
        f.stroke({{50, 20}, {50, 50}});
        f.stroke({{40, 20}, {40, 50}});
        const Image painted = f.mask();
        f.key(Qt::Key_Escape);
        QVERIFY(!f.pane().isOpen() && f.window.pane().isVisible());
        QVERIFY(f.mask() == before);
        QCOMPARE(f.session.inputs().at("mask").name, std::string("m.png"));
        QVERIFY(f.window.inputs().slot("mask")->hasFocus());
        QCOMPARE(f.session.history().undoText(), QStringLiteral("Cancel painting"));
        f.session.history().undo(); // what was painted is not lost
        QVERIFY(f.mask() == painted);
    }

    void cancelOfAFirstMaskLeavesNone()
    {
        UndoFixture f;
        f.openMask();
        f.key(Qt::Key_A);
        f.key(Qt::Key_Escape);
        QVERIFY(f.session.inputs().in("mask").empty());
        const int steps = f.session.history().position();
        f.openMask();
        f.key(Qt::Key_Escape); // nothing was painted
        QCOMPARE(f.session.history().position(), steps);
    }

    void aStrokeIsAStepAlsoWhenThePainterIsLeft()
    {
        UndoFixture f;
        f.openMask();
        f.mustBeOneStep(QStringLiteral("Paint Mask"), [&] { f.stroke({{10, 10}, {50, 10}}); });
        const QImage one = f.painted();
        f.mustBeOneStep(QStringLiteral("Paint Mask"), [&] { f.stroke({{10, 40}, {50, 40}}); });
        const QImage two = f.painted();
        f.pressUndo();
        QCOMPARE(f.painted(), one);
        f.pressRedo();
        QCOMPARE(f.painted(), two);
        f.mustBeOneStep(QStringLiteral("Invert Mask"), [&] { f.key(Qt::Key_I); });
        f.mustBeOneStep(QStringLiteral("Fill Mask"), [&] { f.key(Qt::Key_A); });
        f.mustBeOneStep(QStringLiteral("Erase Mask"), [&] { f.key(Qt::Key_Delete); });
        QTest::keyClick(&f.canvas(), Qt::Key_D, Qt::ControlModifier);
        QVERIFY(!f.pane().isOpen());
        for (int i = 0; i < 4; ++i)
            f.pressUndo();
        QVERIFY(f.mask() == toImage(one));
        f.pressUndo();
        QVERIFY(f.session.inputs().in("mask").empty());
    }

    void strokesStandAmongTheOtherSteps()
    {
        UndoFixture f;
        f.openMask();
        f.stroke({{10, 10}, {50, 10}});
        const QImage painted = f.painted();
        f.mustBeOneStep(QStringLiteral("Prompt"), [&] {
            f.field("prompt")->setFocus();
            QTest::keyClicks(f.field("prompt"), QStringLiteral("palm"));
        });
        QCOMPARE(f.painted(), painted);
        QVERIFY(f.pane().isOpen());
        f.canvas().setFocus();
        f.pressUndo(); // what was typed, as it was the last
        QCOMPARE(f.painted(), painted);
        QCOMPARE(static_cast<QLineEdit*>(f.field("prompt"))->text(), QString());
        f.field("prompt")->setFocus();
        f.pressUndo(); // and then the stroke, wherever the keyboard is
        QVERIFY(f.session.inputs().in("mask").empty());
        QVERIFY(f.painted() != painted);
        QVERIFY(f.pane().isOpen());
    }
};

QTEST_MAIN(StrokesTest)
#include "tst_strokes.moc"
