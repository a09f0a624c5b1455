// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/store/keeprun.h"

#include "app/commands.h"
#include "app/store/database.h"
#include "tests/app/keepingprogram.h"
#include "tests/app/statefolder.h"
#include "tests/failure.h"

#include <QTest>

/// What a session from elsewhere says of its runs.
class KeepRunTest : public QObject
{
    Q_OBJECT

    StateFolder m_state;

    /// A session with a run that is done and one that stopped.
    void makeTwo() const
    {
        Program program(m_state.path());
        program.fill();
        program.run(2);
        program.run(9, 3);
    }
    void tamper(const char* sql) const
    {
        Database(m_state.file(), Database::ReadWrite).execute(sql);
    }
    static std::string sentenceOf(const KeptRun& run)
    {
        return failure([&] { recordOf(run, [](const std::string&) { return SharedImage(); }); });
    }

private Q_SLOTS:
    void init() { m_state.renew(); }

    void aRunThatCannotBeReadIsListedAsThatAndLeftAsItIs()
    {
        makeTwo();
        tamper("UPDATE run SET record = 'x' WHERE position = 1");
        {
            Program program(m_state.path());
            const Runs& runs = program.session.runs();
            QCOMPARE(runs.all().size(), size_t(2));
            const Run& damaged = *runs.all()[0];
            QCOMPARE(damaged.state, Run::Failed);
            QVERIFY2(
                damaged.error.startsWith(QStringLiteral("This run is damaged in the session")),
                qPrintable(damaged.error));
            QCOMPARE(runs.current(), runs.all()[1]);
            program.session.runs().show(damaged.number);
            program.session.setName(damaged.number, QStringLiteral("kept"));
            program.run(2); // a third one
            QVERIFY(program.keeper.missingMethods().empty());
            QCOMPARE(program.saveAs(m_state.path("saved")), QString());
            QVERIFY2(program.said.isEmpty(), qPrintable(program.said.join(QLatin1Char(' '))));
        }
        for (const char* name : {"a.simile", "saved"}) {
            const auto runs = SessionFile(m_state.file(name), SessionFile::Look).runs();
            QCOMPARE(runs.size(), size_t(3));
            QCOMPARE(runs[0].record, std::string("x"));
            QCOMPARE(runs[0].name, std::string("kept"));
            QCOMPARE(runs[0].state, int(Run::Done));
        }
    }

    void aCommandListsAndGoesOnWithTheOthers()
    {
        makeTwo();
        tamper("UPDATE run SET record = 'x' WHERE position = 1");
        const MethodList methods(std::vector {walkingMethod()});
        for (const bool json : {false, true})
            QCOMPARE(
                listRuns({.session = m_state.file(), .json = json}, methods),
                int(ExitInputRefused));
        QCOMPARE(goOn({.session = m_state.file(), .run = 1}, methods), int(ExitInputRefused));
        QCOMPARE(goOn({.session = m_state.file(), .run = 2}, methods), int(ExitDone));
        const SessionFile file(m_state.file(), SessionFile::Look);
        QCOMPARE(file.runs()[0].record, std::string("x"));
        QCOMPARE(file.runs()[1].state, int(Run::Done));
        QCOMPARE(
            std::string(damagedRun(file, 1, sentenceOf(file.runs()[0])).what()),
            "Run 1 of the session " + m_state.file()
                + " is damaged and cannot be read, so it is left as it is: The record of how this "
                  "picture was made cannot be read: its text is not valid JSON: line 1 cannot be "
                  "read. The other runs are not concerned.");
    }

    void aThumbnailThatIsNoPictureConcernsItsRunAlone()
    {
        makeTwo();
        tamper("UPDATE run SET thumbnail = x'01' WHERE position = 1");
        const Program program(m_state.path());
        QCOMPARE(program.session.runs().all().at(0)->state, Run::Failed);
        QCOMPARE(program.session.runs().all().at(1)->state, Run::Stopped);
    }

    /// A sentence that has it would end there.
    void aPlaceThatIsNoPathIsSaidInQuotes()
    {
        makeTwo();
        KeptRun run = SessionFile(m_state.file(), SessionFile::Look).runs().at(0);
        QCOMPARE(sentenceOf(run), std::string());
        run.places["loaded"] = std::string(1, '\0');
        QCOMPARE(
            sentenceOf(run), std::string("The place \"loaded\" of the run is no path: \"\\x00\"."));
    }
};

QTEST_GUILESS_MAIN(KeepRunTest)
#include "tst_keeprun.moc"
