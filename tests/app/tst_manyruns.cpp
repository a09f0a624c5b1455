// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/emptyhome.h"
#include "tests/app/heldinrest.h"
#include "tests/app/sessionfixture.h"
#include "tests/app/walkingmethod.h"

#include <QSettings>
#include <QSignalSpy>
#include <QTest>

#include <functional>

namespace {

struct Fixture : SessionFixture
{
    Fixture()
        : SessionFixture({walkingMethod()})
    {
        fill();
        session.editor().setValue("steps", 3);
    }
};

/// What a thousand rounds leave behind, once a hundred have made what is made once.
void checkRounds(const std::function<void(int round)>& round)
{
    constexpr int first = 100, rounds = 1000;
    for (int i = 0; i < first; ++i)
        round(i);
    const Held before = heldInRest();
    for (int i = 0; i < rounds; ++i)
        round(i);
    const Held after = heldInRest();
    QVERIFY2(
        after.descriptors <= before.descriptors, qPrintable(QString::number(after.descriptors)));
    QVERIFY2(!hasMoreThreads(before, after), qPrintable(QString::number(after.threads)));
    const double more = double(after.allocated - before.allocated) / 1024 / rounds;
    QVERIFY2(more < 1, qPrintable(QStringLiteral("%1 KiB a round").arg(more)));
}

} // namespace

class ManyRunsTest : public QObject
{
    Q_OBJECT

    EmptyHome m_home;

private Q_SLOTS:
    void init() { QSettings().clear(); }

    void aThousandRunsThatAreStoppedLeaveNothing()
    {
        Fixture f;
        Runs& runs = f.session.runs();
        int stopAt = 0;
        connect(&runs, &Runs::stepAdded, this, [&](int, int step) {
            if (step == stopAt)
                runs.stop(false);
        });
        checkRounds([&](int round) {
            stopAt = round % 3 - 1;
            QSignalSpy ended(&runs, &Runs::ended);
            f.session.start();
            if (stopAt < 0)
                runs.stop(false); // before its first step
            QVERIFY(!ended.isEmpty() || ended.wait());
            QVERIFY(runs.all().empty());
        });
    }

    void aThousandRunsThatAreDeletedLeaveNothing()
    {
        Fixture f;
        Runs& runs = f.session.runs();
        checkRounds([&](int) {
            QSignalSpy ended(&runs, &Runs::ended);
            f.session.start();
            QVERIFY(ended.wait());
            QCOMPARE(runs.current()->state, Run::Done);
            runs.remove(runs.current()->number);
            QVERIFY(runs.all().empty());
        });
    }
};

QTEST_GUILESS_MAIN(ManyRunsTest)
#include "tst_manyruns.moc"
