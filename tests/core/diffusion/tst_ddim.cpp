// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/sampler.h"

#include <QTest>

#include <cmath>

class DdimTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oneRandomDdimStepIsTheReferences()
    {
        Sampler run(ScheduleConfig(), {.steps = 5, .skip = 1, .eta = 1});
        const Step step = run.steps().front();
        QCOMPARE(step.time, 601.0);
        const Tensor start = at::tensor({1.0f, -0.5f, 0.25f, 2.0f});
        const Tensor model = 0.3 * start + at::tensor({0.1f, -0.1f, 0.05f, 0.0f}) + 601.0 / 5000;
        const Tensor x = run.next(start, model, step, [] { return at::ones({4}); });
        const Tensor expected = at::tensor({1.706067f, -0.016355f, 0.789658f, 3.111941f});
        QVERIFY((x - expected).abs().max().item<double>() <= 2e-5);
    }

    void clippingIsOfDdimAndItsKinAlone()
    {
        ScheduleConfig config {.prediction = Prediction::Sample, .clipSample = true};
        const Tensor x = at::ones({1}), m = at::full({1}, 5.0);
        const Sampler ddim(config, {.steps = 5});
        QCOMPARE(ddim.predictedClean(x, m, ddim.steps().front()).item<float>(), 1.0f);
        const Sampler plms(config, {.kind = SamplerKind::Plms, .steps = 5});
        QCOMPARE(plms.predictedClean(x, m, plms.steps().front()).item<float>(), 5.0f);
    }

    void aThousandStepsStayOnTheGrid()
    {
        const Sampler sampler(ScheduleConfig(), {.steps = 1000});
        QCOMPARE(sampler.steps().front().time, 999.0);
        QCOMPARE(sampler.steps().back().time, 1.0);
    }

    void aGridOfOnesOwnIsTakenAsItIs()
    {
        const SamplerOptions usual {.steps = 50, .skip = 2};
        SamplerOptions own = usual;
        for (int t = 981; t > 0; t -= 20)
            own.times.push_back(t);
        Sampler a(ScheduleConfig(), usual), b(ScheduleConfig(), own);
        Tensor x = at::tensor({1.0f, -0.5f}), y = x;
        for (const Step& step : a.steps()) {
            QCOMPARE(b.steps().at(step.index).time, step.time);
            x = a.next(x, 0.3 * x, step, {});
            y = b.next(y, 0.3 * y, step, {});
        }
        QVERIFY(x.equal(y));
        const Sampler odd(ScheduleConfig(), {.steps = 3, .times = {991, 500, 1}});
        QCOMPARE(odd.steps().at(1).time, 500.0);
    }

    void noiseIsAddedAtTheLevelOfAnyStep()
    {
        const Sampler sampler(ScheduleConfig(), {.steps = 50});
        const Schedule schedule {ScheduleConfig()};
        const float level = schedule.alphaBar(int(sampler.steps().at(30).time));
        const Tensor x = sampler.noised(at::ones({1}), at::full({1}, 2.0), 30);
        QCOMPARE(x.item<float>(), std::sqrt(level) + 2 * std::sqrt(1 - level));
    }

    void theInverseUndoesTheSampler()
    {
        const Tensor picture = at::tensor({1.0f, -0.5f, 0.25f});
        const Tensor epsilon = at::tensor({0.5f, 1.0f, -1.5f}); // the same at every time
        Sampler inverse(ScheduleConfig(), {.kind = SamplerKind::DdimInverse, .steps = 20});
        Sampler forward(ScheduleConfig(), {.steps = 20});
        Tensor x = picture;
        for (const Step& step : inverse.steps())
            x = inverse.next(x, epsilon, step, {});
        QVERIFY((x - picture).abs().max().item<double>() > 0.5);
        for (const Step& step : forward.steps())
            x = forward.next(x, epsilon, step, {});
        QVERIFY((x - picture).abs().max().item<double>() < 1e-4);
    }
};

QTEST_GUILESS_MAIN(DdimTest)
#include "tst_ddim.moc"
