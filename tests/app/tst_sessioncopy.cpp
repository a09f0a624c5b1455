// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/store/sessionedits.h"
#include "core/file/files.h"
#include "tests/app/keepingprogram.h"
#include "tests/app/statefolder.h"

#include <QFile>

/// What a copy to pass on has of the history.
class SessionCopyTest : public QObject
{
    Q_OBJECT

    StateFolder m_state;

    QString path(const char* name = "a.simile") const { return m_state.path(name); }
    std::string file(const char* name = "a.simile") const { return m_state.file(name); }

private Q_SLOTS:
    void init() { m_state.renew(); }

    void aSavedCopyHasTheHistoryWithWhatItBringsBack()
    {
        std::size_t steps = 0;
        Document before;
        {
            Program program(path());
            program.line({"b", "c"});
            program.run(1);
            program.session.bin({1});
            program.session.queue().remove(program.session.queue().waiting().at(0).id);
            before = program.session.editor().document();
            program.session.inputs().clear("a");
            QCOMPARE(program.saveAs(path("saved")), QString());
            steps = size_t(program.session.history().count());
        }
        QCOMPARE(SessionFile(file("saved"), SessionFile::Look).edits().size(), steps);
        Program other;
        QVERIFY(other.open(path("saved")));
        Session& session = other.session;
        QCOMPARE(other.waiting(), QStringLiteral("c"));
        QCOMPARE(session.runs().all().size(), size_t(1));
        session.history().undo();
        QVERIFY(session.editor().document() == before);
        session.history().undo();
        QCOMPARE(other.waiting(), QStringLiteral("b c"));
        session.history().undo();
        QCOMPARE(session.runs().all().size(), size_t(2));
        QCOMPARE(session.runs().all().at(0)->marks, Marks());
        session.runs().show(session.runs().all().at(0)->number);
        QCOMPARE(session.runs().current()->steps.size(), size_t(3)); // with all that it has
        while (session.history().canUndo())
            session.history().undo();
        QVERIFY(session.inputs().in("a").empty());
        QVERIFY2(other.said.isEmpty(), qPrintable(other.said.join(QLatin1Char(' '))));
    }

    /// What no step brings back, and what is deleted until the session is closed: here it is.
    void aSavedCopyIsWithoutWhatIsGone()
    {
        {
            Program program(path());
            program.fill();
            for (int i = 0; i < 3; ++i)
                program.run(1);
            Session& session = program.session;
            session.setName(1, QStringLiteral("hidden one"));
            session.setName(2, QStringLiteral("shown one"));
            session.setStarred({2, 3}, true);
            session.setStarred({3}, false);
            for (const auto& run : session.runs().all())
                run->started = QDateTime::currentDateTime().addDays(-9);
            session.binOld(session.olderThan(QDateTime::currentDateTime().addDays(-1)));
            QCOMPARE(session.runs().all().size(), size_t(1));
            QCOMPARE(program.saveAs(path("saved")), QString());
            QCOMPARE(session.runs().all().size(), size_t(1));
            session.history().undo(); // here they come back
            QCOMPARE(session.runs().all().size(), size_t(3));
            session.history().redo();
            QVERIFY(program.keeper.flush());
            // Marked as deleted, and in no step of the history.
            SessionFile(file(), SessionFile::Own).putRun({.id = 5, .record = "lost one"}, {});
            SessionFile(file(), SessionFile::Own).putBinned(5, true);
            QCOMPARE(program.saveAs(path("later")), QString());
        }
        for (const char* name : {"saved", "later"}) {
            const std::string all = readText(file(name));
            QVERIFY(all.find("shown one") != all.npos);
            QVERIFY(all.find("hidden one") == all.npos && all.find("lost one") == all.npos);
            const SessionFile copy(file(name), SessionFile::Foreign);
            QCOMPARE(copy.runs().size(), size_t(1));
            QCOMPARE(copy.runBytes().size(), size_t(1));
            Program other;
            QVERIFY(other.open(path(name)));
            QCOMPARE(other.session.history().undoText(), QStringLiteral("Star"));
            while (other.session.history().canUndo())
                other.session.history().undo();
            QVERIFY(other.session.runs().all().at(0)->marks == Marks());
            QVERIFY2(other.said.isEmpty(), qPrintable(other.said.join(QLatin1Char(' '))));
        }
    }

    void aSavedCopyHasNoPlacesInItsHistory()
    {
        std::vector<Document> states;
        {
            Program program(path());
            Session& session = program.session;
            session.inputs().set("a", filled(3, 2, {1, 2, 3}), QStringLiteral("/marker/a.png"));
            states.push_back(session.editor().document());
            session.editor().change([](Document& d) { d.model = QStringLiteral("/marker/m"); });
            session.editor().setValue("net", std::string("/marker/net.pth"));
            session.inputs().set("a", filled(2, 2, {9, 9, 9}), QStringLiteral("b.png"));
            states.push_back(session.editor().document());
            session.editor().setValue("net", std::string("/marker/other.pth"));
            session.editor().change([](Document& d) { d.model.clear(); });
            session.editor().resetValue("net");
            session.editor().setSeed(5);
            states.push_back(session.editor().document());
            session.history().undo();
            QCOMPARE(program.saveAs(path("saved")), QString());
            QVERIFY(
                readText(file()).find("marker") != std::string::npos
                || readText(file("a.simile-wal")).find("marker") != std::string::npos);
        }
        QVERIFY(readText(file("saved")).find("marker") == std::string::npos);
        for (Document& state : states) {
            state.model.clear();
            state.choices[state.method].byHand.erase("net");
        }
        Program other;
        QVERIFY(other.open(path("saved")));
        const auto equals = [&](Document state) {
            std::erase_if(state.choices, [](const auto& of) { return of.second == Choices(); });
            return other.session.editor().document() == state;
        };
        History& history = other.session.history();
        QCOMPARE(history.count(), 3); // the steps that changed places alone are none
        history.redo();
        QVERIFY(equals(states[2]));
        history.undo();
        QVERIFY(equals(states[1]));
        history.undo();
        QVERIFY(equals(states[0]));
        history.undo();
        QVERIFY(other.session.inputs().in("a").empty());
        QVERIFY2(other.said.isEmpty(), qPrintable(other.said.join(QLatin1Char(' '))));
    }
};

QTEST_GUILESS_MAIN(SessionCopyTest)
#include "tst_sessioncopy.moc"
