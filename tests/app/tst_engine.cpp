// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/engine.h"
#include "tests/app/countingmethod.h"

#include <QSignalSpy>
#include <QTest>

#include <atomic>

namespace {

template<typename T>
T last(const QSignalSpy& spy)
{
    return spy.last().at(0).value<T>();
}

int redOf(const std::vector<Candidate>& candidates)
{
    return candidates.at(0).image.pixel(0, 0)[0];
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
        engine.start(countingMethod(), countingRequest({{"steps", 5}}));
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
        engine.start(countingMethod(), countingRequest({{"steps", 100'000}}));
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
        engine.start(countingMethod(), countingRequest({{"steps", 100'000}}));
        engine.stop();
        QVERIFY(finished.wait());
        QVERIFY(last<Result>(finished).stopped);
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
        engine.start(method, countingRequest());
        QVERIFY(stages.wait());
        engine.stop(keep);
        QVERIFY(finished.wait());
        QCOMPARE(wanted.load(), keep);
    }

    void aDecodeIsServedBetweenTwoSteps()
    {
        Engine engine;
        QSignalSpy decoded(&engine, &Engine::decoded);
        QSignalSpy finished(&engine, &Engine::finished);
        connect(&engine, &Engine::stepDone, this, [&](const StepEvent& event) {
            if (event.step == 2)
                engine.decodeDuringRun(1);
        });
        engine.start(countingMethod(), countingRequest({{"steps", 100}}));
        QVERIFY(decoded.wait());
        QVERIFY(engine.running());
        QCOMPARE(last<DecodedEvent>(decoded).step, 1);
        QCOMPARE(redOf(last<DecodedEvent>(decoded).candidates), 1);
        engine.stop();
        QVERIFY(finished.wait());
        QCOMPARE(decoded.size(), 1);
    }

    void aDecodeOfAnEarlierRunWaitsBehindTheRun()
    {
        Engine engine;
        QStringList order;
        connect(&engine, &Engine::finished, this, [&] { order.append(QStringLiteral("run")); });
        connect(&engine, &Engine::latentDecoded, this, [&](const DecodedEvent& event) {
            order.append(QStringLiteral("decode"));
            QCOMPARE(redOf(event.candidates), 7);
        });
        QSignalSpy decoded(&engine, &Engine::latentDecoded);
        engine.start(countingMethod(), countingRequest());
        engine.decode(
            countingMethod(), countingRequest(), 7,
            std::make_shared<const Latent>(Latent {.values = {7}}));
        QVERIFY(decoded.wait());
        QCOMPARE(order, (QStringList {QStringLiteral("run"), QStringLiteral("decode")}));
    }

    void aFailedDecodeDoesNotFailARun()
    {
        Engine engine;
        QSignalSpy decodeFailed(&engine, &Engine::decodeFailed);
        QSignalSpy failed(&engine, &Engine::failed);
        QSignalSpy finished(&engine, &Engine::finished);
        engine.decode(
            countingMethod(), countingRequest(), 4,
            std::make_shared<const Latent>(Latent {.values = {4}}));
        engine.start(countingMethod(), countingRequest());
        QVERIFY(finished.wait());
        QCOMPARE(failed.size(), 0);
        QCOMPARE(
            last<Failure>(decodeFailed).sentence,
            QStringLiteral("The fourth step cannot be decoded."));
    }

    void anErrorArrivesWithItsSentence_data()
    {
        QTest::addColumn<QString>("prompt");
        QTest::addColumn<QString>("sentence");
        QTest::addColumn<QString>("details");
        QTest::addColumn<Failure::Cause>("cause");
        QTest::newRow("ours") << "error"
                              << "The prompt says error." << QString() << Failure::Input;
        QTest::newRow("a library's") << "library"
                                     << "first line"
                                     << "first line\nand a long trace" << Failure::Other;
        QTest::newRow("memory") << "memory"
                                << "not enough memory"
                                << "out of memory" << Failure::Memory;
    }

    void anErrorArrivesWithItsSentence()
    {
        QFETCH(QString, prompt);
        QFETCH(QString, sentence);
        QFETCH(QString, details);
        QFETCH(Failure::Cause, cause);
        Engine engine;
        QSignalSpy failed(&engine, &Engine::failed);
        engine.start(countingMethod(), countingRequest({{"prompt", prompt.toStdString()}}));
        QVERIFY(failed.wait());
        QVERIFY(!engine.running());
        const auto failure = last<Failure>(failed);
        QVERIFY2(failure.sentence.contains(sentence), qPrintable(failure.sentence));
        QVERIFY(!failure.sentence.contains(QLatin1Char('\n')));
        QCOMPARE(failure.details, details);
        QCOMPARE(failure.cause, cause);

        QSignalSpy finished(&engine, &Engine::finished);
        engine.start(countingMethod(), countingRequest());
        QVERIFY2(finished.wait(), "the engine goes on after an error");
    }

    void aQuestionIsAnsweredInItsTurnOrItsFailureTold()
    {
        Engine engine;
        QStringList order;
        connect(&engine, &Engine::finished, this, [&] { order << QStringLiteral("run"); });
        const auto done = [&](const int& n) { order << QString::number(n); };
        const auto failed = [&](const Failure& failure) { order << failure.sentence; };
        QSignalSpy decodeFailed(&engine, &Engine::decodeFailed);
        engine.start(countingMethod(), countingRequest());
        engine.ask<int>(
            this, [](Models&) { return 7; }, done, failed);
        engine.ask<int>(
            this, [](Models&) -> int { throw Error("No."); }, done, failed);
        QTRY_COMPARE(
            order,
            (QStringList {QStringLiteral("run"), QStringLiteral("7"), QStringLiteral("No.")}));
        QCOMPARE(decodeFailed.size(), 0);
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
                engine.start(countingMethod(), countingRequest());
        });
        engine.start(countingMethod(), countingRequest());
        QTRY_COMPARE(left, 0);
        QVERIFY(!engine.running());
    }

    void itsEndStopsTheRunInProgress()
    {
        QElapsedTimer clock;
        clock.start();
        {
            Engine engine;
            QSignalSpy steps(&engine, &Engine::stepDone);
            engine.start(countingMethod(), countingRequest({{"steps", 100'000}}));
            QVERIFY(steps.wait());
        }
        QVERIFY(clock.elapsed() < 100'000);
    }
};

QTEST_GUILESS_MAIN(EngineTest)
#include "tst_engine.moc"
