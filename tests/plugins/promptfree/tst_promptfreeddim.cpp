// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/promptfree/ddim.h"

#include "core/method.h"
#include "tests/failure.h"

#include <QTest>

#include <algorithm>
#include <cmath>

namespace {

constexpr int trained = 1000;
const Noise noNoise = {};

/// The level of noise from which a step starts: √(1-ᾱ).
double noiseAt(const Sampler& sampler, int step)
{
    return sampler.noised(at::zeros({1}), at::ones({1}), step).item<double>();
}

/// What the last step makes of a latent that is @p x all over, where the network predicts @p noise.
double afterTheLast(Sampler sampler, double x, double noise)
{
    Tensor last;
    for (const Step& step : sampler.steps()) // in their order, though none depends on another
        last = sampler.next(at::full({1}, x), at::full({1}, noise), step, noNoise);
    return last.item<double>();
}

/// A DDIM step between two noise levels, from the paper's formula.
double ddim(double x, double noise, double from, double to)
{
    const double clean = (x - std::sqrt(1 - from) * noise) / std::sqrt(from);
    return std::sqrt(to) * clean + std::sqrt(1 - to) * noise;
}

} // namespace

class PromptFreeDdimTest : public QObject
{
    Q_OBJECT

    const c10::InferenceMode m_noGradients;

private Q_SLOTS:
    void theGridIsTheOriginals_data()
    {
        QTest::addColumn<int>("steps");
        QTest::addColumn<int>("count");
        QTest::addColumn<int>("noisiest");
        const auto row = [](int steps, int count, int noisiest) {
            QTest::addRow("%d", steps) << steps << count << noisiest;
        };
        row(1, 1, 1);
        row(2, 2, 501);
        row(10, 10, 901);
        row(25, 25, 961);
        row(50, 50, 981);
        row(100, 100, 991);
        row(500, 500, 999);
        // What does not divide 1000 makes more.
        row(30, 31, 991);
        row(75, 77, 989);
        row(112, 125, 993);
        row(150, 167, 997);
        row(334, 500, 999);
    }

    void theGridIsTheOriginals()
    {
        QFETCH(int, steps);
        QFETCH(int, count);
        QFETCH(int, noisiest);
        const std::vector<int> times = promptFreeTimes(steps, trained);
        QCOMPARE(int(times.size()), count);
        QCOMPARE(times.front(), noisiest);
        QCOMPARE(times.back(), 1);
        for (size_t i = 1; i < times.size(); ++i)
            QCOMPARE(times[i - 1] - times[i], trained / steps);
    }

    void numbersWithoutAGridAreRefused()
    {
        const std::vector<Range> without = {{3, 4},     {9, 10},    {27, 28},   {36, 38},
                                            {101, 112}, {251, 334}, {501, 1102}};
        for (int steps = 1; steps <= 1100; ++steps) {
            const std::string said = failure([&] { promptFreeTimes(steps, trained); });
            const std::string number = std::to_string(steps) + " steps";
            if (std::ranges::any_of(without, [&](const Range& r) { return r.contains(steps); }))
                QVERIFY2(said.find("for " + number) != said.npos, number.c_str());
            else
                QVERIFY2(said.empty(), number.c_str());
        }
        for (const int steps : {0, -1})
            QVERIFY(!failure([&] { promptFreeTimes(steps, trained); }).empty());
        for (const int steps : {3, 9, 27, 36, 37, 101, 333, 501})
            QVERIFY(!failure([&] { promptFreeSampler({}, steps); }).empty());
    }

    void strengthLeavesOutTheNoisyEnd_data()
    {
        QTest::addColumn<int>("steps");
        QTest::addColumn<double>("strength");
        QTest::addColumn<int>("count");
        QTest::addColumn<double>("noisiest");
        QTest::newRow("all") << 50 << 1.0 << 50 << 981.0;
        QTest::newRow("half") << 50 << 0.5 << 25 << 481.0;
        QTest::newRow("one") << 50 << 0.02 << 1 << 1.0;
        QTest::newRow("half of 31") << 30 << 0.5 << 16 << 496.0;
    }

    void strengthLeavesOutTheNoisyEnd()
    {
        QFETCH(int, steps);
        QFETCH(double, strength);
        QFETCH(int, count);
        QFETCH(double, noisiest);
        const Sampler sampler = promptFreeSampler({}, steps, strength);
        QCOMPARE(int(sampler.steps().size()), count);
        QCOMPARE(sampler.steps().front().time, noisiest);
        QCOMPARE(sampler.steps().front().index, 0);
        QCOMPARE(sampler.steps().back().time, 1.0);
    }

    void aStrengthThatLeavesNoStepIsRefused()
    {
        const std::string said = failure([] { promptFreeSampler({}, 50, 0.005); });
        QVERIFY2(said.find("strength") != said.npos, said.c_str());
    }

    void aStepIsDdimsBetweenItsLevels()
    {
        Sampler sampler = promptFreeSampler({}, 50);
        const Tensor x = at::tensor({1.0f, -0.5f}), noise = at::tensor({0.25f, 2.0f});
        const Tensor next = sampler.next(x, noise, sampler.steps().front(), noNoise);
        for (int64_t i = 0; i < 2; ++i) {
            const double expected =
                ddim(x[i].item<double>(), noise[i].item<double>(), 0.0057755001, 0.0072817271);
            QVERIFY(std::abs(next[i].item<double>() - expected) < 1e-4);
        }
    }

    void theLastStepLeadsToTheFirstLevel()
    {
        // Not to a picture without noise, whatever the model's own file says.
        for (const bool toOne : {false, true}) {
            const auto fresh = [toOne] { return promptFreeSampler({.setAlphaToOne = toOne}, 50); };
            QVERIFY(std::abs(afterTheLast(fresh(), 1, 0) - 1.0004276) < 1e-6);
            QVERIFY(std::abs(afterTheLast(fresh(), 0, 1) + 0.0121418) < 1e-5);
        }
    }

    void halfRoundsTheNoiseLevelsAndNothingElse()
    {
        const Schedule half(ScheduleConfig {.half = true}), full(ScheduleConfig {});
        QVERIFY(std::abs(half.alphaBar(0) - 0.9990234) < 1e-7);
        QVERIFY(std::abs(half.alphaBar(1) - 0.9985352) < 1e-7);
        for (int t = 0; t < trained; ++t)
            QVERIFY(std::abs(half.alphaBar(t) / full.alphaBar(t) - 1) < 4.9e-4); // half an ulp

        const auto fresh = [] { return promptFreeSampler({}, 50, 1, true); };
        const Sampler usual = promptFreeSampler({}, 50), demo = fresh();
        for (size_t i = 0; i < 50; ++i)
            QCOMPARE(demo.steps().at(i).time, usual.steps().at(i).time);
        QVERIFY(std::abs(noiseAt(usual, 49) - 0.0412793) < 1e-5);
        QVERIFY(std::abs(noiseAt(demo, 49) - 0.0382733) < 1e-5);
        QVERIFY(std::abs(afterTheLast(fresh(), 1, 0) - 1.0002445) < 1e-6);
        QVERIFY(std::abs(afterTheLast(fresh(), 0, 1) + 0.0070326) < 1e-5);
    }
};

QTEST_GUILESS_MAIN(PromptFreeDdimTest)
#include "tst_promptfreeddim.moc"
