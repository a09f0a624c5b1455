// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/runtimes.h"

#include <QTest>

class RunTimesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oneSlowStepDoesNotCount()
    {
        QCOMPARE(secondsPerStep({10, 25, 27, 29, 31}), 2.0);
        QCOMPARE(secondsLeft({10, 25, 27, 29, 31}, 10), 12.0);
    }

    void aStepThatWorksForTheNextOnesCounts()
    {
        QCOMPARE(secondsPerStep({0, 4, 5, 6, 7, 11, 12, 13, 14}), 1.75);
        QCOMPARE(secondsLeft({0, 4, 5, 6, 7, 11, 12, 13, 14}, 12), 7.0);
    }

    void nothingIsSaidBeforeTheFirstStep()
    {
        QCOMPARE(secondsPerStep({}), 0.0);
        QCOMPARE(secondsPerStep({3}), 0.0);
        QCOMPARE(secondsLeft({3}, 10), 0.0);
    }

    void nothingIsLeftAfterTheLast() { QCOMPARE(secondsLeft({0, 1, 2}, 2), 0.0); }
};

QTEST_APPLESS_MAIN(RunTimesTest)
#include "tst_runtimes.moc"
