// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/engine.h"

#include "core/stopping.h"
#include "tests/app/countingmethod.h"

#include <QSignalSpy>
#include <QTest>

#include <atomic>
#include <thread>

namespace {

template<typename T>
T last(const QSignalSpy& spy)
{
    return spy.last().at(0).value<T>();
}

int redOf(const std::vector<Candidate>& candidates)
{
    return candidates.at(0).image->pixel(0, 0)[0];
}

} // namespace

class EngineTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRunReportsEveryStepInOrderAndThenItsResult()
    {
        Engine engine;
        std::vector<int> steps;
        connect(&engine, &Engine::stepDone, this, [&](const StepEvent& event) {
            QCOMPARE(QThread::currentThread(), thread());
            steps.push_back(event.step);
        });
        QSignalSpy stages(&engine, &Engine::stage);
        QSignalSpy finished(&engine, &Engine::finished);
        engine.start(countingMethod(), ready(countingMethod(), countingRequest({{"steps", 5}})));
        QVERIFY(engine.running());
        QVERIFY(finished.wait());
        QVERIFY(!engine.running());
        QCOMPARE(steps, (std::vector {0, 1, 2, 3, 4, 5}));
        QCOMPARE(stages.size(), 1);
        QVERIFY(!last<Result>(finished).stopped);
        QCOMPARE(redOf(last<Result>(finished).candidates), 5);
    }

    void aStopActsWithinOneStepAndKeepsWhatThereIs()
    {
        Engine engine;
        int newest = -1, atStop = -1;
        connect(&engine, &Engine::stepDone, this, [&](const StepEvent& event) {
            newest = event.step;
            if (event.step == 3) {
                engine.stop();
                atStop = 3;
            }
        });
        QSignalSpy finished(&engine, &Engine::finished);
        engine.start(
            countingMethod(), ready(countingMethod(), countingRequest({{"steps", 100'000}})));
        QVERIFY(finished.wait());
        QCOMPARE(atStop, 3);
        const auto result = last<Result>(finished);
        QVERIFY(result.stopped);
        QVERIFY2(newest < 50, "the stop was noticed late");
        QCOMPARE(redOf(result.candidates), newest);
    }

    void aStopBeforeTheFirstStepEndsTheRunToo()
    {
        Engine engine;
        QSignalSpy finished(&engine, &Engine::finished);
        engine.start(
            countingMethod(), ready(countingMethod(), countingRequest({{"steps", 100'000}})));
        engine.stop();
        QVERIFY(finished.wait());
        QVERIFY(last<Result>(finished).stopped);
    }

    void aStopThatIsAskedForTwiceIsOne()
    {
        Engine engine;
        QSignalSpy finished(&engine, &Engine::finished), failed(&engine, &Engine::failed);
        QSignalSpy steps(&engine, &Engine::stepDone);
        engine.stop(); // of nothing
        engine.start(
            countingMethod(), ready(countingMethod(), countingRequest({{"steps", 100'000}})));
        QVERIFY(steps.wait());
        engine.stop();
        engine.stop();
        QVERIFY(finished.wait());
        engine.stop(); // of what is over
        engine.start(countingMethod(), ready(countingMethod(), countingRequest({{"steps", 5}})));
        QVERIFY(finished.wait());
        QVERIFY(!last<Result>(finished).stopped);
        QCOMPARE(finished.size(), 2);
        QVERIFY(failed.isEmpty());
    }

    void aStopSaysWhetherThePicturesAreWanted_data()
    {
        QTest::addColumn<bool>("keep");
        QTest::newRow("keep") << true;
        QTest::newRow("discard") << false;
    }

    void aStopSaysWhetherThePicturesAreWanted()
    {
        QFETCH(bool, keep);
        Engine engine;
        QSignalSpy finished(&engine, &Engine::finished);
        Method method = countingMethod();
        std::atomic<bool> wanted = !keep;
        method.run = [&](const Request&, Models&, const Report& report) {
            for (Answer answer; answer.goOn; wanted = answer.keep) {
                answer = report(StageEvent {.stage = "Waiting"});
                waitForTheMainThread();
            }
            return Result {.stopped = true};
        };
        QSignalSpy stages(&engine, &Engine::stage);
        engine.start(method, ready(method, countingRequest()));
        QVERIFY(stages.wait());
        engine.stop(keep);
        QVERIFY(finished.wait());
        QCOMPARE(wanted.load(), keep);
    }

    void aQuestionIsAnsweredBetweenTwoSteps()
    {
        Engine engine;
        int answered = 0;
        bool running = false;
        QSignalSpy finished(&engine, &Engine::finished);
        connect(&engine, &Engine::stepDone, this, [&](const StepEvent& event) {
            if (event.step != 2)
                return;
            engine.ask<int>(
                this, [](Models&) { return 1; },
                [&](const int&) {
                    ++answered;
                    running = engine.running();
                },
                [](const Failure&) {}, Engine::BetweenSteps);
        });
        engine.start(
            countingMethod(), ready(countingMethod(), countingRequest({{"steps", 100'000}})));
        QTRY_COMPARE(answered, 1);
        QVERIFY(running);
        engine.stop();
        QVERIFY(finished.wait());
        QCOMPARE(answered, 1);
    }

    void aQuestionThatComesTooLateForARunIsAnsweredNext()
    {
        Engine engine;
        QStringList order;
        const auto ask = [&](const QString& name, Engine::Turn turn) {
            engine.ask<int>(
                this, [](Models&) { return 1; }, [&order, name](const int&) { order << name; },
                [](const Failure&) {}, turn);
        };
        connect(&engine, &Engine::finished, this, [&] { order << QStringLiteral("run"); });
        Method method = countingMethod();
        std::atomic<bool> asked = false;
        method.run = [&](const Request&, Models&, const Report&) { // tells no step
            while (!asked)
                std::this_thread::yield();
            return Result {};
        };
        engine.start(method, ready(method, countingRequest()));
        ask(QStringLiteral("in order"), Engine::InOrder);
        ask(QStringLiteral("between"), Engine::BetweenSteps);
        asked = true;
        QTRY_COMPARE(
            order,
            (QStringList {
                QStringLiteral("run"), QStringLiteral("between"), QStringLiteral("in order")}));
    }

    void aFailedQuestionDoesNotFailTheRunAroundIt()
    {
        Engine engine;
        QStringList told;
        QSignalSpy failed(&engine, &Engine::failed), finished(&engine, &Engine::finished);
        connect(&engine, &Engine::stepDone, this, [&](const StepEvent& event) {
            if (event.step == 1)
                engine.ask<int>(
                    this, [](Models&) -> int { throw Error("No."); }, [](const int&) {},
                    [&](const Failure& failure) { told << failure.sentence; },
                    Engine::BetweenSteps);
        });
        engine.start(countingMethod(), ready(countingMethod(), countingRequest({{"steps", 50}})));
        QVERIFY(finished.wait());
        QTRY_COMPARE(told, QStringList {QStringLiteral("No.")});
        QCOMPARE(failed.size(), 0);
    }

    void aQuestionIsAnsweredInItsTurnOrItsFailureTold()
    {
        Engine engine;
        QStringList order;
        connect(&engine, &Engine::finished, this, [&] { order << QStringLiteral("run"); });
        const auto done = [&](const int& n) { order << QString::number(n); };
        const auto failed = [&](const Failure& failure) { order << failure.sentence; };
        engine.start(countingMethod(), ready(countingMethod(), countingRequest()));
        engine.ask<int>(
            this, [](Models&) { return 7; }, done, failed);
        engine.ask<int>(
            this, [](Models&) -> int { throw Error("No."); }, done, failed);
        QTRY_COMPARE(
            order,
            (QStringList {QStringLiteral("run"), QStringLiteral("7"), QStringLiteral("No.")}));
    }

    void nobodyIsToldWhoIsGone()
    {
        Engine engine;
        int told = 0;
        {
            QObject asker;
            engine.ask<int>(
                &asker, [](Models&) { return 1; }, [&](const int&) { ++told; },
                [](const Failure&) {});
        }
        bool end = false;
        engine.ask<int>(
            this, [](Models&) { return 2; }, [&](const int&) { end = true; },
            [](const Failure&) {});
        QTRY_VERIFY(end);
        QCOMPARE(told, 0);
    }

    void aNextRunMayBeStartedFromTheEndOfTheLast()
    {
        Engine engine;
        int left = 3;
        connect(&engine, &Engine::finished, this, [&] {
            if (--left > 0)
                engine.start(countingMethod(), ready(countingMethod(), countingRequest()));
        });
        engine.start(countingMethod(), ready(countingMethod(), countingRequest()));
        QTRY_COMPARE(left, 0);
        QVERIFY(!engine.running());
    }

    /// A step may take minutes.
    void aStopReachesTheInsideOfAStep()
    {
        Engine engine;
        Method method = countingMethod();
        std::atomic<bool> inside = false;
        bool askedMeanwhile = true;
        method.run = [&](const Request&, Models&, const Report& report) {
            report(StageEvent {.stage = "Working"});
            inside = true;
            while (!stopAsked())
                std::this_thread::yield();
            const Keeping keeping;
            askedMeanwhile = stopAsked();
            return Result {.stopped = true};
        };
        QSignalSpy finished(&engine, &Engine::finished);
        engine.start(method, ready(method, countingRequest({{"steps", 3}})));
        QTRY_VERIFY(inside);
        engine.stop();
        QTRY_COMPARE(finished.size(), 1);
        QVERIFY(!askedMeanwhile); // the pictures are wanted
        inside = false;
        engine.start(method, ready(method, countingRequest({{"steps", 3}})));
        QTRY_VERIFY(inside);
        engine.stop(false);
        QTRY_COMPARE(finished.size(), 2);
        QVERIFY(askedMeanwhile);
    }

    void whatIsAskedBetweenStepsIsNotStoppedWithTheRun()
    {
        Engine engine;
        Method method = countingMethod();
        std::atomic<bool> inside = false, goOn = false;
        method.run = [&](const Request&, Models&, const Report& report) {
            inside = true;
            while (!goOn)
                std::this_thread::yield();
            report(StepEvent {.step = 1, .steps = 1});
            return Result {.stopped = stopAsked()};
        };
        engine.start(method, ready(method, countingRequest({{"steps", 3}})));
        QTRY_VERIFY(inside);
        int stopped = -1;
        engine.ask<bool>(
            this, [](Models&) { return stopAsked(); }, [&](bool was) { stopped = was; },
            [](const Failure&) {}, Engine::BetweenSteps);
        engine.stop();
        goOn = true;
        QTRY_COMPARE(stopped, 0);
    }

    void itsEndStopsTheRunInProgress()
    {
        QElapsedTimer clock;
        clock.start();
        {
            Engine engine;
            QSignalSpy steps(&engine, &Engine::stepDone);
            engine.start(
                countingMethod(), ready(countingMethod(), countingRequest({{"steps", 100'000}})));
            QVERIFY(steps.wait());
        }
        QVERIFY(clock.elapsed() < 100'000);
    }
};

QTEST_GUILESS_MAIN(EngineTest)
#include "tst_engine.moc"
