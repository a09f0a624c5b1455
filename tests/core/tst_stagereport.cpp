// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/stagereport.h"

#include <QTest>

class StageReportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anEmptyOneGoesOn() { QVERIFY(StageReport()("Counting", 1, 2)); }

    void aRunsReportIsTold()
    {
        std::vector<StageEvent> told;
        const Report report = [&](const Event& event) {
            told.push_back(std::get<StageEvent>(event));
            return Answer {.goOn = told.size() < 2};
        };
        const StageReport progress = report;
        QVERIFY(progress("Loading"));
        QVERIFY(!progress({"Counting %1", 7}, 3, 5));
        QCOMPARE(english(told.at(0).stage), std::string("Loading"));
        QCOMPARE(told.at(0).of, 0);
        QCOMPARE(english(told.at(1).stage), std::string("Counting 7"));
        QCOMPARE(told.at(1).done, 3);
        QCOMPARE(told.at(1).of, 5);
    }

    void aFunctionAnswersByItself()
    {
        const StageReport progress = [](const StageEvent& event) { return event.done < 1; };
        QVERIFY(progress("Counting", 0, 2));
        QVERIFY(!progress("Counting", 1, 2));
    }
};

QTEST_GUILESS_MAIN(StageReportTest)
#include "tst_stagereport.moc"
