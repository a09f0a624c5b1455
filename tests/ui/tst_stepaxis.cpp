// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/stepaxis.h"

#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

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

    void itSpeaksItsStep()
    {
        StepAxis axis;
        axis.setProgress(50, 17);
        QCOMPARE(axis.accessibleDescription(), QStringLiteral("Step 17 of 50"));
    }
};

QTEST_MAIN(StepAxisTest)
#include "tst_stepaxis.moc"
