// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/rundifference.h"
#include "core/errors.h"
#include "tests/app/branchingmethod.h"
#include "tests/app/emptyhome.h"
#include "tests/app/sessionfixture.h"
#include "tests/app/toolmethods.h"

#include <QSemaphore>
#include <QSettings>
#include <QSignalSpy>
#include <QTest>

namespace {

/// A method that takes a step whenever the gate lets it.
Method gated(QSemaphore& gate)
{
    Method method = countingMethod();
    method.run = [&gate](const Request& request, Models&, const Report& report) {
        gate.acquire();
        if (std::get<std::string>(request.values.at("prompt")) == "lost")
            throw std::runtime_error("CUDA error: the launch timed out and was terminated");
        if (std::get<std::string>(request.values.at("prompt")) == "full")
            throw Error(
                "The file x could not be written: %1.", std::string("No space left on device"));
        return count(request, report);
    };
    return method;
}

struct Gate
{
    QSemaphore gate;
};

struct Fixture : Gate, SessionFixture // the gate is there as long as the engine
{
    Queue& queue = session.queue();

    Fixture()
        : SessionFixture({gated(gate)})
    {
        fill();
        session.editor().setValue("steps", 1);
    }
    ~Fixture() { gate.release(1000); }

    void start(const char* prompt, bool inFront = false)
    {
        session.editor().setValue("prompt", std::string(prompt));
        session.start(inFront);
    }
    static std::string promptOf(const Request& request)
    {
        return std::get<std::string>(request.values.at("prompt"));
    }
    /// The prompts of those that wait.
    QString waiting() const
    {
        QString all;
        for (const Queued& run : session.queue().waiting())
            all += QString::fromStdString(promptOf(run.prepared.request)) + QLatin1Char(' ');
        return all.trimmed();
    }
    /// The prompts of all runs that were started.
    QString started() const
    {
        QString all;
        for (const auto& run : session.runs().all())
            all += QString::fromStdString(promptOf(run->request())) + QLatin1Char(' ');
        return all.trimmed();
    }
    int idOf(const char* prompt) const
    {
        for (const Queued& run : session.queue().waiting())
            if (promptOf(run.prepared.request) == prompt)
                return run.id;
        return 0;
    }
};

} // namespace

class QueueTest : public QObject
{
    Q_OBJECT

    EmptyHome m_home;

private Q_SLOTS:
    void init() { QSettings().clear(); }

    void runsGoOneBehindTheOther()
    {
        Fixture f;
        f.start("a");
        f.start("b");
        f.start("c");
        f.start("d", true);
        QCOMPARE(f.started(), QStringLiteral("a"));
        QCOMPARE(f.waiting(), QStringLiteral("d b c"));
        f.session.editor().setValue("prompt", std::string("later")); // counts for none of them
        f.gate.release(4);
        QTRY_COMPARE(f.started(), QStringLiteral("a d b c"));
        QTRY_VERIFY(!f.session.runs().running());
        for (const auto& run : f.session.runs().all())
            QCOMPARE(run->state, Run::Done);
        QCOMPARE(f.session.runs().current()->number, 4);
    }

    void theOrderIsChangedAndTheChangeUndone()
    {
        Fixture f;
        for (const char* prompt : {"a", "b", "c", "d"})
            f.start(prompt);
        History& history = f.session.history();
        f.queue.move(f.idOf("d"), 0);
        QCOMPARE(f.waiting(), QStringLiteral("d b c"));
        QCOMPARE(history.undoText(), QStringLiteral("Move in the queue"));
        f.queue.remove(f.idOf("b"));
        QCOMPARE(f.waiting(), QStringLiteral("d c"));
        f.queue.clear();
        QCOMPARE(f.waiting(), QString());
        history.undo();
        QCOMPARE(f.waiting(), QStringLiteral("d c"));
        history.undo();
        QCOMPARE(f.waiting(), QStringLiteral("d b c"));
        history.undo();
        QCOMPARE(f.waiting(), QStringLiteral("b c d"));
        history.redo();
        QCOMPARE(f.waiting(), QStringLiteral("d b c"));
        f.queue.move(f.idOf("d"), 0); // where it is
        QVERIFY(history.canRedo());
    }

    void whatWasStartedDoesNotComeBackAndWhatCameStays()
    {
        Fixture f;
        for (const char* prompt : {"a", "b", "c", "d"})
            f.start(prompt);
        f.queue.remove(f.idOf("d"));
        f.gate.release();
        QTRY_COMPARE(f.started(), QStringLiteral("a b"));
        f.start("e");
        f.session.history().undo(); // the prompt
        f.session.history().undo(); // d comes back
        QCOMPARE(f.waiting(), QStringLiteral("c d e"));
    }

    void aPausedQueueWaitsAndGoesOn()
    {
        Fixture f;
        f.start("a");
        f.start("b");
        f.queue.setPaused(true);
        f.gate.release();
        QTRY_VERIFY(!f.session.runs().running());
        QTest::qWait(0);
        QCOMPARE(f.started(), QStringLiteral("a"));
        f.start("c"); // Run means now
        QCOMPARE(f.started(), QStringLiteral("a c"));
        f.gate.release(2);
        QTRY_VERIFY(!f.session.runs().running());
        f.queue.setPaused(false);
        QTRY_COMPARE(f.started(), QStringLiteral("a c b"));
    }

    void aPauseInsideARunKeepsItsStepsAndFreesTheWorker()
    {
        Network network;
        QSemaphore gate;
        network.beforeStep = [&gate](int) { gate.acquire(); };
        Engine engine;
        const MethodList methods {std::vector {branchingMethod(network)}};
        Settings settings;
        Session session(engine, methods, settings);
        QTRY_VERIFY(!session.model().card().path.empty());
        for (const char* slot : {"a", "a_prime", "b"})
            session.inputs().set(slot, filled(2, 2, {}), QStringLiteral("p.png"));
        session.editor().setSeed(3);
        session.editor().setValue("steps", 5);
        const auto latents = [&](int number) {
            std::vector<std::vector<float>> all;
            for (const RunStep& step : session.runs().run(number)->steps)
                all.push_back(step.latent->values);
            return all;
        };
        session.start();
        gate.release(5);
        QTRY_COMPARE(session.runs().run(1)->state, Run::Done);
        network.calls = 0;
        session.start();
        session.start(); // waits
        gate.release(2);
        QTRY_COMPARE(session.runs().run(2)->stepsDone(), 2);
        session.queue().pauseNow();
        QCOMPARE(session.runs().run(2)->state, Run::Stopping);
        gate.release(); // the step in progress
        QTRY_COMPARE(session.runs().run(2)->state, Run::Paused);
        QTRY_VERIFY(!engine.running());
        QVERIFY(session.queue().paused());
        QCOMPARE(session.queue().held(), 2);
        QCOMPARE(session.queue().waiting().size(), std::size_t(1));
        QCOMPARE(session.runs().run(2)->stepsDone(), 3);
        QVERIFY(session.runs().run(2)->candidates.empty());
        bool answered = false;
        engine.ask<int>(
            &session, [](Models&) { return 1; }, [&](int) { answered = true; },
            [](const Failure&) {});
        QTRY_VERIFY(answered);
        session.queue().setPaused(false);
        gate.release(100);
        QTRY_COMPARE(session.runs().run(2)->state, Run::Done);
        QCOMPARE(latents(2), latents(1));
        QTRY_COMPARE(session.runs().all().size(), std::size_t(3)); // then the one that waited
        QTRY_COMPARE(session.runs().run(3)->state, Run::Done);
        QCOMPARE(network.calls.load(), 10); // no step was computed twice
        QCOMPARE(session.queue().held(), 0);
    }

    void aRunThatIsPausedCanBeGoneOnWithByItself()
    {
        Fixture f;
        f.session.editor().setValue("steps", 3);
        f.start("a");
        f.queue.pauseNow();
        f.gate.release();
        QTRY_COMPARE(f.session.runs().run(1)->state, Run::Paused);
        f.session.goOn(1);
        QVERIFY(!f.queue.paused());
        f.gate.release();
        QTRY_COMPARE(f.session.runs().run(1)->state, Run::Done);
        QCOMPARE(f.session.runs().run(1)->stepsDone(), 3);
    }

    void stoppingOneRunLetsTheNextGoOn()
    {
        Fixture f;
        f.start("a");
        f.start("b");
        f.session.runs().stop(false);
        f.gate.release();
        QTRY_COMPARE(f.started(), QStringLiteral("b")); // the first left nothing
        f.gate.release();
        QTRY_COMPARE(f.session.runs().run(2)->state, Run::Done);
    }

    void aRunThatFailsByItselfIsNamedAndTheNextGoesOn()
    {
        Fixture f;
        for (const char* prompt : {"error", "b"})
            f.start(prompt);
        f.gate.release(2);
        QTRY_COMPARE(f.started(), QStringLiteral("error b"));
        QTRY_VERIFY(!f.session.runs().running());
        QCOMPARE(f.session.runs().run(1)->error, QStringLiteral("The prompt says error."));
        QVERIFY(!f.queue.paused());
    }

    void whatAllWouldFailByPausesTheQueue_data()
    {
        QTest::addColumn<QString>("prompt");
        QTest::addColumn<QString>("reason");
        QTest::newRow("memory") << "memory"
                                << "There is not enough memory";
        QTest::newRow("device") << "lost"
                                << "CUDA error: the launch timed out";
        QTest::newRow("disk") << "full"
                              << "No space left on device";
    }

    void whatAllWouldFailByPausesTheQueue()
    {
        QFETCH(QString, prompt);
        QFETCH(QString, reason);
        Fixture f;
        f.start(qPrintable(prompt));
        f.start("b");
        f.gate.release(2);
        QTRY_VERIFY(f.queue.paused());
        QVERIFY2(f.queue.reason().contains(reason), qPrintable(f.queue.reason()));
        QTest::qWait(0);
        QCOMPARE(f.waiting(), QStringLiteral("b"));
        f.queue.setPaused(false);
        QVERIFY(f.queue.reason().isEmpty());
        QTRY_COMPARE(f.started(), prompt + QStringLiteral(" b"));
    }

    void untilItIsStoppedNewSeedsAreRun()
    {
        Fixture f;
        f.session.editor().setSeed(5);
        f.queue.setUntilStopped(true);
        f.start("a");
        f.gate.release(2);
        QTRY_COMPARE(f.session.runs().all().size(), std::size_t(3));
        std::set<uint64_t> seeds;
        for (const auto& run : f.session.runs().all())
            seeds.insert(run->request().seed);
        QCOMPARE(seeds.size(), std::size_t(3));
        QVERIFY(seeds.contains(5));
        f.session.runs().stop(true);
        f.gate.release();
        QTRY_VERIFY(!f.session.runs().running());
        QTest::qWait(0);
        QVERIFY(!f.session.runs().running());
        QVERIFY(!f.queue.untilStopped());
    }

    void starsNamesAndDeletionsAreUndone()
    {
        Fixture f;
        f.gate.release(100);
        for (const char* prompt : {"a", "b", "c"})
            f.start(prompt);
        QTRY_COMPARE(f.session.runs().all().size(), std::size_t(3));
        QTRY_VERIFY(!f.session.runs().running());
        Runs& runs = f.session.runs();
        History& history = f.session.history();
        f.session.setStarred({1, 2}, true);
        f.session.setName(2, QStringLiteral("the best"));
        QCOMPARE(history.undoText(), QStringLiteral("Name of run 2"));
        QCOMPARE(runTitle(runs, *runs.run(2)), QStringLiteral("the best"));
        QCOMPARE(runTitle(runs, *runs.run(1)), QStringLiteral("a"));
        f.session.bin({2, 3});
        QCOMPARE(history.undoText(), QStringLiteral("Delete 2 runs"));
        QCOMPARE(f.started(), QStringLiteral("a"));
        QCOMPARE(runs.current()->number, 1);
        history.undo();
        QCOMPARE(f.started(), QStringLiteral("a b c"));
        QVERIFY(runs.marks(2).starred);
        history.undo();
        QVERIFY(runs.run(2)->marks.name.isEmpty());
        history.undo();
        QVERIFY(!runs.marks(1).starred && !runs.marks(2).starred);
        for (int i = 0; i < 3; ++i)
            history.redo();
        QCOMPARE(f.started(), QStringLiteral("a"));
        history.undo();
        QCOMPARE(runTitle(runs, *runs.run(2)), QStringLiteral("the best"));
    }

    void theRunInProgressIsNotDeleted()
    {
        Fixture f;
        f.start("a");
        const QString before = f.session.history().undoText();
        f.session.bin({1});
        QCOMPARE(f.started(), QStringLiteral("a"));
        QCOMPARE(f.session.history().undoText(), before);
    }

    void whatIsDifferentBetweenTwoRunsIsTold()
    {
        Fixture f;
        f.gate.release(100);
        f.session.editor().setSeed(1);
        f.start("a cat");
        f.session.editor().setSeed(2);
        f.session.inputs().set("b", filled(3, 3, {1, 2, 3}), QStringLiteral("other.png"));
        f.start("a dog");
        QTRY_COMPARE(f.session.runs().all().size(), std::size_t(2));
        const Runs& runs = f.session.runs();
        const auto found = differences(runs, *runs.run(1), *runs.run(2));
        QCOMPARE(found.size(), std::size_t(3));
        QCOMPARE(found[0].what, QStringLiteral("B"));
        QCOMPARE(found[0].second, QStringLiteral("other.png"));
        QCOMPARE(found[1].what, QStringLiteral("Seed"));
        QCOMPARE(found[2].what, QStringLiteral("Prompt"));
        QCOMPARE(found[2].first, QStringLiteral("a cat"));
        QVERIFY(differences(runs, *runs.run(1), *runs.run(1)).empty());
    }
};

QTEST_GUILESS_MAIN(QueueTest)
#include "tst_queue.moc"
