// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/engine.h"
#include "app/looks.h"
#include "app/methodlist.h"
#include "app/runs.h"
#include "core/errors.h"
#include "tests/app/countingmethod.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace {

/// A feature map of two cells: the step's number, and ten times the layer's.
StepTrace traceOf(int step, int layer)
{
    StepTrace trace {.step = step};
    trace.passes[{}].features[{SiteKind::ResidualBlock, layer}] = {
        .name = "down_blocks.0.resnets.0",
        .values = Numbers::kept({1, 1, 2}, std::vector {float(step), float(10 * layer)})};
    return trace;
}

/// Three steps, which record layer 0; the second is traced again with layer 4, the first takes
/// until it is stopped, and the third fails.
Method tracedMethod()
{
    Method method = countingMethod();
    method.run = [](const Request&, Models&, const Report& report) {
        Result result;
        for (int step = 0; step <= 3; ++step) {
            const auto latent = std::make_shared<const Latent>(
                Latent {.shape = {1, 1, 1, 1}, .values = {float(step)}});
            result.latents.push_back(latent);
            const bool recorded = step > 0 && !report.recording.empty();
            report(StepEvent {
                .step = step,
                .steps = 3,
                .latent = latent,
                .trace =
                    recorded ? std::make_shared<const StepTrace>(traceOf(step - 1, 0)) : nullptr});
        }
        return result;
    };
    method.trace = [](const Request&, Models&, const Recording& recording, int step, const Latent&,
                      const StageReport& progress) -> std::shared_ptr<const StepTrace> {
        if (step == 2)
            throw Error("The third step cannot be traced.");
        while (step == 0 && progress("Waiting"))
            QThread::msleep(1);
        const bool all = recording.sites.at(0).layers.empty(); // whichever is looked at
        return step == 0 || !all ? nullptr : std::make_shared<const StepTrace>(traceOf(step, 4));
    };
    return method;
}

View viewOf(int step, int layer)
{
    return {.kind = ViewKind::Channels, .step = step, .layers = {{layer, layer + 1}}};
}

/// A run of three steps, recorded. What is looked at may be answered at once, so signals are
/// counted and not waited for.
struct Fixture
{
    QTemporaryDir folder;
    Engine engine;
    MethodList methods {std::vector {tracedMethod()}};
    Runs runs {engine, methods};
    Traces traces {folder.filePath(QStringLiteral("traces")).toStdString()};
    Looks looks {engine, runs, traces};
    QSignalSpy seen {&looks, &Looks::seen}, lacking {&looks, &Looks::lacking},
        failed {&looks, &Looks::failed};

    Fixture()
    {
        QObject::connect(
            &runs, &Runs::traced, &traces,
            [this](int number, int step, const std::shared_ptr<const StepTrace>& trace) {
                const auto& steps = runs.run(number)->steps;
                traces.add(
                    number, step, trace, *steps[size_t(step)].latent,
                    *steps[size_t(step) + 1].latent);
            });
        runs.start(ready(methods.methods().front(), countingRequest()), {}, everything());
        [this] { QTRY_VERIFY(!runs.running()); }();
    }
    /// The values of the last map that was seen.
    std::vector<float> values() const { return seen.last().at(2).value<Seen>().maps.at(0).values; }
};

} // namespace

class LooksTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRecordedStepIsSeen()
    {
        Fixture f;
        f.looks.see(viewOf(2, 0));
        QTRY_COMPARE(f.seen.size(), 1);
        QCOMPARE(f.values(), (std::vector<float> {2, 0}));
        QCOMPARE(f.seen.at(0).at(1).value<View>(), viewOf(2, 0));
    }

    void ofManyViewsTheLastCounts()
    {
        Fixture f;
        for (const int step : {0, 1, 2, 1})
            f.looks.see(viewOf(step, 0));
        QTRY_VERIFY(!f.looks.looking());
        QCOMPARE(f.seen.size(), 1);
        QCOMPARE(f.values(), (std::vector<float> {1, 0}));
    }

    void whatWasNotRecordedIsComputedWhenAsked()
    {
        Fixture f;
        f.looks.see(viewOf(1, 4));
        QTRY_COMPARE(f.lacking.size(), 1);
        QCOMPARE(f.seen.size(), 0);
        f.looks.compute();
        QVERIFY(f.looks.computing());
        QTRY_COMPARE(f.seen.size(), 1);
        QVERIFY(!f.looks.computing());
        QCOMPARE(f.values(), (std::vector<float> {1, 40}));
        f.looks.see(viewOf(1, 0)); // what was there is there
        QTRY_COMPARE(f.seen.size(), 2);
        QCOMPARE(f.values(), (std::vector<float> {1, 0}));
    }

    void computingCanBeStopped()
    {
        Fixture f;
        f.looks.see(viewOf(0, 8));
        QTRY_COMPARE(f.lacking.size(), 1);
        f.looks.compute();
        f.looks.stopComputing();
        QTRY_VERIFY(!f.looks.computing());
        QCOMPARE(f.seen.size(), 0);
        QCOMPARE(f.failed.size(), 0);
    }

    void whatFailsIsSaid()
    {
        Fixture f;
        f.looks.see(viewOf(2, 4));
        QTRY_COMPARE(f.lacking.size(), 1);
        f.looks.compute();
        QTRY_COMPARE(f.failed.size(), 1);
        QCOMPARE(
            f.failed.at(0).at(0).toString(), QStringLiteral("The third step cannot be traced."));
        View beyond = viewOf(0, 0);
        beyond.channel = 7;
        f.looks.see(beyond);
        QTRY_COMPARE(f.failed.size(), 2);
        QVERIFY(f.failed.at(1).at(0).toString().contains(QStringLiteral("7")));
    }

    void anExportReadsOnAnyThread()
    {
        Fixture f;
        const auto read = f.looks.seer(*f.runs.current(), viewOf(2, 0));
        QCOMPARE(read().maps.at(0).values, (std::vector<float> {2, 0}));
        QCOMPARE(f.looks.figures(*f.runs.current()).size(), size_t(3));
        QVERIFY_THROWS_EXCEPTION(ValueError, f.looks.seer(*f.runs.current(), viewOf(3, 0)));
    }
};

QTEST_GUILESS_MAIN(LooksTest)
#include "tst_looks.moc"
