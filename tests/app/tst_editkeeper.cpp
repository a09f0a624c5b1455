// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/editkeeper.h"

#include "app/store/database.h"
#include "app/store/keeprun.h"
#include "tests/app/keepingprogram.h"
#include "tests/app/statefolder.h"

#include <QFile>

class EditKeeperTest : public QObject
{
    Q_OBJECT

    StateFolder m_state;

    QString path(const char* name = "a.simile") const { return m_state.path(name); }
    std::string file(const char* name = "a.simile") const { return m_state.file(name); }

private Q_SLOTS:
    void init() { m_state.renew(); }

    void whatWasEditedIsUndoneNextTime()
    {
        std::vector<Document> states;
        QStringList labels;
        {
            Program program(path());
            Session& session = program.session;
            const std::vector<std::function<void()>> edits {
                [&] {
                    session.inputs().set("a", filled(3, 2, {1, 2, 3}), QStringLiteral("a.png"));
                },
                [&] { session.editor().setValue("prompt", std::string("red")); },
                [&] { session.editor().setValue("net", std::string("/somewhere/net.pth")); },
                [&] {
                    session.inputs().set("b", filled(2, 2, {9, 9, 9}), QStringLiteral("b.png"));
                },
                [&] { session.inputs().swap("a", "b"); },
                [&] { session.inputs().clear("a"); },
                [&] { session.editor().setSeed(7); },
                [&] { session.setPrecision(QStringLiteral("fp32")); }};
            states.push_back(session.editor().document());
            for (const auto& edit : edits) {
                edit();
                states.push_back(session.editor().document());
                labels.append(session.history().undoText());
            }
            session.history().undo();
            session.history().undo();
            QVERIFY(program.keeper.flush());
            QCOMPARE(SessionFile(file(), SessionFile::Own).edits().size(), edits.size());
        }
        Program again(path());
        History& history = again.session.history();
        const int last = int(states.size()) - 1;
        QCOMPARE(history.count(), last);
        QCOMPARE(history.position(), last - 2);
        QCOMPARE(history.redoText(), labels.at(last - 2));
        for (int i = last - 2; i > 0; --i) {
            QVERIFY(again.session.editor().document() == states[size_t(i)]);
            QCOMPARE(history.undoText(), labels.at(i - 1));
            history.undo();
        }
        QVERIFY(again.session.editor().document() == states.front());
        QVERIFY(!history.canUndo());
        for (int i = 1; i <= last; ++i) {
            history.redo();
            QVERIFY(again.session.editor().document() == states[size_t(i)]);
        }
        QVERIFY2(again.said.isEmpty(), qPrintable(again.said.join(QLatin1Char(' '))));
        // Another step behind those that came back takes the place of nothing.
        again.session.editor().setSeed(8);
        QVERIFY(again.keeper.flush());
        QCOMPARE(SessionFile(file(), SessionFile::Own).edits().size(), size_t(last) + 1);
    }

    void whatIsEditedIsInTheFileWithoutAnybodyAsking()
    {
        Program program(path());
        program.session.editor().setSeed(7);
        const SessionFile kept(file(), SessionFile::Own);
        QTRY_COMPARE(kept.edits().size(), size_t(1));
        QVERIFY(kept.document().find("\"seed\":7") != std::string::npos);
        program.session.history().undo();
        QTRY_VERIFY(kept.edits().at(0).undone);
        QVERIFY(kept.document().find("\"seed\":7") == std::string::npos);
    }

    void strokesAreUndoneNextTimeToo()
    {
        constexpr int strokes = 12, side = 64;
        std::vector<Document> states;
        {
            Program program(path());
            Session& session = program.session;
            session.history().setRoom(3 * side * side * 3);
            states.push_back(session.editor().document());
            for (int i = 0; i < strokes; ++i) {
                Image mask = filled(side, side, {});
                fill(mask, 0, 0, i + 1, side, {0, 0, 0});
                session.inputs().setPainted("control", mask, QStringLiteral("painted mask"));
                states.push_back(session.editor().document());
            }
            QVERIFY(program.keeper.flush());
            // What is in the file is no longer in memory, but for the last.
            QTRY_VERIFY(session.history().at(0).away && session.history().at(5).away);
            QVERIFY(!session.history().at(strokes - 1).away);
            for (int i = strokes; i > 6; --i)
                session.history().undo();
            QVERIFY(session.editor().document() == states[6]);
            session.editor().setSeed(5); // the later ones are gone
            states.resize(7);
            states.push_back(session.editor().document());
        }
        Program again(path());
        History& history = again.session.history();
        for (auto state = states.rbegin(); state != states.rend(); ++state) {
            QVERIFY(again.session.editor().document() == *state);
            history.undo();
        }
        for (const Document& state : states) {
            QVERIFY(again.session.editor().document() == state);
            history.redo();
        }
        QVERIFY2(again.said.isEmpty(), qPrintable(again.said.join(QLatin1Char(' '))));
    }

    void waitingRunsComeBackPausedInTheirOrder()
    {
        std::vector<Queued> before;
        {
            Program program(path());
            program.session.editor().setValue("net", std::string("/somewhere/net.pth"));
            program.line({"b", "c", "d"});
            program.session.queue().move(program.session.queue().waiting().at(2).id, 0);
            before = program.session.queue().waiting();
            QCOMPARE(program.waiting(), QStringLiteral("d b c"));
        }
        Program again(path());
        Queue& queue = again.session.queue();
        QCOMPARE(again.waiting(), QStringLiteral("d b c"));
        QVERIFY(queue.paused());
        QCOMPARE(again.session.runs().all().size(), size_t(1));
        queue.setPaused(false);
        QTRY_COMPARE(again.session.runs().all().size(), size_t(4));
        QTRY_VERIFY(!again.session.runs().running());
        for (size_t i = 0; i < before.size(); ++i) {
            const Run& run = *again.session.runs().all().at(i + 1);
            QCOMPARE(run.id, before[i].key);
            QCOMPARE(run.state, Run::Done);
            QVERIFY(run.request() == before[i].prepared.request);
            QVERIFY(run.values() == before[i].prepared.values);
            QVERIFY(run.prepared.card.path == before[i].prepared.card.path);
        }
        QVERIFY(again.keeper.flush());
        const SessionFile kept(file(), SessionFile::Own);
        QVERIFY(kept.waiting().empty());
        QCOMPARE(kept.runs().size(), size_t(4));
    }

    /// As a kill leaves them: what is in the file while the program lives.
    void theQueueIsInTheFileAtOnce()
    {
        Program program(path());
        program.line({"b", "c"});
        QVERIFY(program.keeper.flush());
        Program other(path());
        QCOMPARE(other.waiting(), QStringLiteral("b c"));
        program.session.queue().clear();
        QVERIFY(program.keeper.flush());
        // Those that were taken out can come back.
        QCOMPARE(SessionFile(file(), SessionFile::Own).waiting().size(), size_t(2));
    }

    void editsOfTheQueueAreUndoneNextTime()
    {
        {
            Program program(path());
            program.line({"b", "c", "d"});
            Queue& queue = program.session.queue();
            queue.move(queue.waiting().at(2).id, 0);
            queue.remove(queue.waiting().at(1).id);
            QCOMPARE(program.waiting(), QStringLiteral("d c"));
        }
        {
            Program program(path());
            History& history = program.session.history();
            QCOMPARE(program.waiting(), QStringLiteral("d c"));
            QCOMPARE(history.undoText(), QStringLiteral("Take out of the queue"));
            history.undo();
            QCOMPARE(program.waiting(), QStringLiteral("d b c"));
            history.undo();
            QCOMPARE(program.waiting(), QStringLiteral("b c d"));
            history.redo();
            history.redo();
            QCOMPARE(program.waiting(), QStringLiteral("d c"));
        }
        Program program(path());
        Queue& queue = program.session.queue();
        queue.setPaused(false); // what starts does not come back
        QTRY_COMPARE(program.session.runs().all().size(), size_t(3));
        QTRY_VERIFY(!program.session.runs().running());
        queue.setPaused(true);
        program.session.history().undo();
        QCOMPARE(program.waiting(), QStringLiteral("b"));
    }

    void deletedRunsComeBackNextTime()
    {
        {
            Program program(path());
            program.fill();
            for (int i = 0; i < 3; ++i)
                program.run(1);
            program.session.setName(2, QStringLiteral("best"));
            program.session.bin({2});
        }
        QCOMPARE(listedRuns(SessionFile(file(), SessionFile::Own)).size(), size_t(2));
        Program again(path());
        const Runs& runs = again.session.runs();
        QCOMPARE(runs.all().size(), size_t(2));
        QCOMPARE(again.session.history().undoText(), QStringLiteral("Delete run 2"));
        again.session.history().undo();
        QCOMPARE(runs.all().size(), size_t(3));
        QCOMPARE(runs.all().at(1)->marks.name, QStringLiteral("best"));
        QCOMPARE(runs.current(), runs.all().at(1));
        QCOMPARE(runs.current()->steps.size(), size_t(2));
        again.session.history().undo();
        QVERIFY(runs.all().at(1)->marks.name.isEmpty());
        QVERIFY(again.keeper.flush());
        QCOMPARE(listedRuns(SessionFile(file(), SessionFile::Own)).size(), size_t(3));
    }

    void aDeletedRunGoesWithTheStepThatBringsItBack()
    {
        Program program(path());
        program.fill();
        program.run(1);
        program.run(1);
        program.session.bin({1});
        QVERIFY(program.keeper.flush());
        QCOMPARE(SessionFile(file(), SessionFile::Own).runs().size(), size_t(2));
        for (int i = 0; i < History::limit; ++i) {
            program.session.editor().setSeed(uint64_t(1000 + i));
            program.session.history().seal();
        }
        QTRY_VERIFY(program.session.runs().marks(1) == Marks());
        QVERIFY(program.keeper.flush());
        const SessionFile kept(file(), SessionFile::Own);
        QCOMPARE(kept.runs().size(), size_t(1));
        QCOMPARE(kept.edits().size(), size_t(History::limit));
    }

    void oldRunsAreDeletedForGoodAtTheEnd()
    {
        {
            Program program(path());
            program.fill();
            for (int i = 0; i < 4; ++i)
                program.run(1);
            const auto& runs = program.session.runs().all();
            const QDateTime now = QDateTime::currentDateTime();
            for (int i = 0; i < 3; ++i)
                runs.at(size_t(i))->started = now.addDays(-10 + i);
            program.session.setStarred({2}, true);
            Session& session = program.session;
            QVERIFY(session.olderThan(now.addDays(-20)).empty());
            QCOMPARE(session.olderThan(now.addDays(-9)), std::vector<int> {1});
            QCOMPARE(session.olderThan(now.addDays(-1)), (std::vector<int> {1, 3}));
            QVERIFY(program.keeper.flush());
            QVERIFY(program.keeper.bytesOf({1, 3}) > program.keeper.bytesOf({1}));
            session.binOld({1, 3});
            QCOMPARE(session.history().undoText(), QStringLiteral("Delete 2 old runs"));
            QCOMPARE(runs.size(), size_t(2));
            session.history().undo();
            QCOMPARE(runs.size(), size_t(4));
            session.history().redo();
            session.history().undo(); // what is undone at the end stays
            session.binOld({3});
            QCOMPARE(session.history().undoText(), QStringLiteral("Delete old run 3"));
        }
        {
            const SessionFile kept(file(), SessionFile::Own);
            QCOMPARE(kept.runs().size(), size_t(3)); // with its steps and pictures
            QCOMPARE(kept.runBytes().size(), size_t(3));
        }
        Program program(path());
        QCOMPARE(program.session.runs().all().size(), size_t(3));
        QCOMPARE(program.session.history().undoText(), QStringLiteral("Star"));
    }

    void anotherSessionHasItsOwnHistoryAndQueue()
    {
        Program program(path());
        program.line({"b"});
        const QString label = program.session.history().undoText();
        program.keeper.open(file("other"));
        QVERIFY(!program.session.history().canUndo());
        QVERIFY(program.session.queue().waiting().empty() && !program.session.queue().paused());
        program.session.editor().setSeed(3);
        program.keeper.open(file());
        QCOMPARE(program.session.history().undoText(), label);
        QCOMPARE(program.waiting(), QStringLiteral("b"));
        program.keeper.open(file("other"));
        QCOMPARE(program.session.history().undoText(), QStringLiteral("Seed"));
        QVERIFY(program.session.queue().waiting().empty());
    }

    void aWaitingRunWhoseModelIsNotKnownFailsAndTheNextGoesOn()
    {
        {
            Program program(path());
            program.line({"b", "c"});
        }
        {
            Database tamper(file(), Database::ReadWrite);
            tamper.execute("UPDATE waiting SET record = json_set(record, '$.model.name', 'Else') "
                           "WHERE place = 0");
        }
        Program program(path());
        program.session.queue().setPaused(false);
        QTRY_COMPARE(program.session.runs().all().size(), size_t(3));
        QTRY_VERIFY(!program.session.runs().running());
        const auto failed = program.session.runs().all().at(1);
        QCOMPARE(failed->state, Run::Failed);
        QVERIFY2(
            failed->error.contains(QStringLiteral("the model Else")), qPrintable(failed->error));
        QVERIFY(!failed->request().images.at("a").at(0).image.empty());
        QCOMPARE(program.session.runs().all().at(2)->state, Run::Done);
    }

    void aWaitingRunThatCannotBeReadFailsStaysAndTheNextGoesOn()
    {
        {
            Program program(path());
            program.line({"b", "c"});
        }
        Database(file(), Database::ReadWrite)
            .execute("UPDATE waiting SET record = 'x' WHERE place = 0");
        {
            Program program(path());
            QCOMPARE(program.session.queue().waiting().size(), size_t(2));
            program.session.queue().setPaused(false);
            QTRY_COMPARE(program.session.runs().all().size(), size_t(3));
            QTRY_VERIFY(!program.session.runs().running());
            const auto failed = program.session.runs().all().at(1);
            QCOMPARE(failed->state, Run::Failed);
            QVERIFY2(failed->error.contains(QStringLiteral("record")), qPrintable(failed->error));
            QCOMPARE(program.session.runs().all().at(2)->state, Run::Done);
        }
        const auto waiting = SessionFile(file(), SessionFile::Look).waiting();
        QCOMPARE(waiting.size(), size_t(1));
        QCOMPARE(waiting.front().run.record, std::string("x"));
    }
};

QTEST_GUILESS_MAIN(EditKeeperTest)
#include "tst_editkeeper.moc"
