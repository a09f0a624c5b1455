// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/stepaxis.h"

#include <QAction>
#include <QApplication>
#include <QContextMenuEvent>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include <cmath>

namespace {

/// A finished run of ten steps, with a span whose both ends can be moved and one whose end can.
struct Movable
{
    StepAxis axis;

    Movable()
    {
        axis.resize(600, 80);
        axis.setProgress(10, 10);
        axis.setSpans(
            {{.label = QStringLiteral("Cloning"),
              .begin = 2,
              .end = 8,
              .color = Qt::red,
              .nextBegin = 2,
              .nextEnd = 8,
              .movesBegin = true,
              .movesEnd = true},
             {.label = QStringLiteral("Until"),
              .begin = 0,
              .end = 6,
              .color = Qt::blue,
              .nextBegin = 0,
              .nextEnd = 6,
              .movesEnd = true}});
        axis.show();
    }
    void drag(StepAxis::Handle handle, int step)
    {
        const QPoint from = axis.placeOf(handle).toPoint();
        const QPoint to(int(std::lround(axis.xOf(step))), from.y());
        QTest::mousePress(&axis, Qt::LeftButton, {}, from);
        QTest::mouseMove(&axis, to);
        QTest::mouseRelease(&axis, Qt::LeftButton, {}, to);
    }
};

} // namespace

class StepAxisTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void thePlayHeadFollowsTheRun()
    {
        StepAxis axis;
        axis.setProgress(50, 10);
        QCOMPARE(axis.value(), 10);
        axis.setProgress(50, 11);
        QCOMPARE(axis.value(), 11);
        QVERIFY(axis.following());
    }

    void keysTakeThePlayHead()
    {
        StepAxis axis;
        axis.setProgress(50, 20);
        QTest::keyClick(&axis, Qt::Key_Left);
        QCOMPARE(axis.value(), 19);
        QVERIFY(!axis.following());
        axis.setProgress(50, 21);
        QCOMPARE(axis.value(), 19);
        QTest::keyClick(&axis, Qt::Key_Home);
        QCOMPARE(axis.value(), 0);
        QTest::keyClick(&axis, Qt::Key_Right, Qt::ShiftModifier);
        QCOMPARE(axis.value(), 5);
        QTest::keyClick(&axis, Qt::Key_End);
        QCOMPARE(axis.value(), 21);
        QTest::keyClick(&axis, Qt::Key_Right);
        QCOMPARE(axis.value(), 21);
    }

    void backToLiveFollowsAgain()
    {
        StepAxis axis;
        axis.resize(500, 60);
        axis.show();
        axis.setProgress(50, 20);
        auto* live = axis.findChild<QToolButton*>(QStringLiteral("live"));
        QVERIFY(!live->isVisible());
        QTest::keyClick(&axis, Qt::Key_Home);
        QVERIFY(live->isVisible());
        QTest::mouseClick(live, Qt::LeftButton);
        QCOMPARE(axis.value(), 20);
        QVERIFY(axis.following() && !live->isVisible());
        QTest::keyClick(&axis, Qt::Key_Home);
        axis.setProgress(50, 50); // all is done: it would lie over the last steps
        QVERIFY(!live->isVisible());
    }

    void nothingIsLiveInARunThatStoppedOnItsWay()
    {
        StepAxis axis;
        axis.resize(500, 60);
        axis.show();
        axis.setProgress(50, 20, false);
        QTest::keyClick(&axis, Qt::Key_Home);
        QVERIFY(!axis.findChild<QToolButton*>(QStringLiteral("live"))->isVisible());
    }

    void aClickGoesToTheNearestFinishedStep()
    {
        StepAxis axis;
        axis.resize(600, 60);
        axis.setProgress(50, 20);
        QTest::mouseClick(&axis, Qt::LeftButton, {}, QPoint(int(axis.xOf(7)), 12));
        QCOMPARE(axis.value(), 7);
        QTest::mouseClick(&axis, Qt::LeftButton, {}, QPoint(int(axis.xOf(45)), 12));
        QCOMPARE(axis.value(), 20);
    }

    void placesAndStepsAgree()
    {
        StepAxis axis;
        axis.resize(700, 60);
        axis.setProgress(50, 50);
        for (int step = 0; step <= 50; ++step)
            QCOMPARE(axis.stepAt(axis.xOf(step)), step);
        QCOMPARE(axis.stepAt(-100), 0);
        QCOMPARE(axis.stepAt(10000), 50);
    }

    void spansTakeARowEach()
    {
        StepAxis axis;
        const int bare = axis.sizeHint().height();
        axis.setSpans(
            {{QStringLiteral("Cloning"), 0, 10, Qt::red, false},
             {QStringLiteral("Masking"), 0, 10, Qt::blue, true}});
        QVERIFY(axis.sizeHint().height() >= bare + 30);
    }

    void anEndIsDraggedAndToldOnceWhenItIsLetGo()
    {
        Movable m;
        QSignalSpy moved(&m.axis, &StepAxis::spanMoved), taken(&m.axis, &StepAxis::spanTaken);
        m.drag({0, true}, 7);
        QCOMPARE(taken.size(), 1);
        QCOMPARE(moved.size(), 1);
        QCOMPARE(moved[0], (QVariantList {0, 2, 7}));
        m.drag({0, false}, 5);
        QCOMPARE(moved[1], (QVariantList {0, 5, 7}));
        m.drag({0, false}, 20); // not beyond the other end
        QCOMPARE(moved[2], (QVariantList {0, 7, 7}));
        QCOMPARE(m.axis.value(), 10); // the play head stayed
    }

    void anEndThatCannotBeMovedIsNotTaken()
    {
        Movable m;
        QSignalSpy moved(&m.axis, &StepAxis::spanMoved);
        m.drag({1, false}, 5); // of this only the end can: it takes the play head
        QCOMPARE(moved.size(), 0);
        QCOMPARE(m.axis.value(), 5);
        m.drag({1, true}, 4);
        QCOMPARE(moved.size(), 1);
    }

    void keysGoThroughTheEndsAndMoveThem()
    {
        Movable m;
        QSignalSpy moved(&m.axis, &StepAxis::spanMoved);
        m.axis.setFocus();
        QTest::keyClick(&m.axis, Qt::Key_Down);
        QCOMPARE(m.axis.handle(), (StepAxis::Handle {0, false}));
        QTest::keyClick(&m.axis, Qt::Key_Down);
        QTest::keyClick(&m.axis, Qt::Key_Right);
        QCOMPARE(moved.last(), (QVariantList {0, 2, 9}));
        QVERIFY(m.axis.accessibleDescription().contains(QStringLiteral("Cloning, end at step 9")));
        QTest::keyClick(&m.axis, Qt::Key_Left, Qt::ShiftModifier);
        QCOMPARE(moved.last(), (QVariantList {0, 2, 4}));
        QTest::keyClick(&m.axis, Qt::Key_Escape);
        QTest::keyClick(&m.axis, Qt::Key_Left);
        QCOMPARE(m.axis.value(), 9);
        QCOMPARE(moved.size(), 2);
    }

    void theNextRunsSpanIsDrawnBesideThatOfTheRun()
    {
        Movable m;
        const QImage before = m.axis.grab().toImage();
        m.drag({0, true}, 5);
        QVERIFY(m.axis.grab().toImage() != before);
        QCOMPARE(m.axis.spans()[0].end, 8); // what the run did stays
    }

    void theMenuOfAStepComparesAndCopies()
    {
        Movable m;
        QSignalSpy compared(&m.axis, &StepAxis::compareRequested);
        QSignalSpy hash(&m.axis, &StepAxis::hashRequested);
        const QPoint at(int(m.axis.xOf(4)), 12);
        QContextMenuEvent event(QContextMenuEvent::Mouse, at, m.axis.mapToGlobal(at));
        QApplication::sendEvent(&m.axis, &event);
        for (QAction* action : m.axis.findChild<QMenu*>()->actions())
            if (action->text() == QStringLiteral("Compare as B")
                || action->text().startsWith(QStringLiteral("Copy")))
                action->trigger();
        QCOMPARE(compared, (QList<QVariantList> {{4, false}}));
        QCOMPARE(hash, (QList<QVariantList> {{4}}));
        QCOMPARE(m.axis.value(), 4);
    }

    void itSpeaksItsStep()
    {
        StepAxis axis;
        axis.setProgress(50, 17);
        QCOMPARE(axis.accessibleDescription(), QStringLiteral("Step 17 of 50"));
    }
};

QTEST_MAIN(StepAxisTest)
#include "tst_stepaxis.moc"
