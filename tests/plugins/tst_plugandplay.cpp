// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/shapes.h"
#include "core/errors.h"
#include "core/nn/layers.h"
#include "plugins/plugandplay/parameters.h"
#include "plugins/plugandplay/plugandplay.h"
#include "tests/failure.h"
#include "tests/tinyunet.h"

#include <QTest>

#include <cmath>

namespace {

const Schedule& schedule()
{
    static const Schedule levels {ScheduleConfig {}};
    return levels;
}

Tensor noise(uint32_t stream, at::IntArrayRef shape)
{
    Tensor x = at::empty(shape, at::kFloat);
    normal(5, stream, {x.data_ptr<float>(), size_t(x.numel())});
    return x;
}

double distance(const Tensor& a, const Tensor& b)
{
    return (a - b).abs().max().item<double>();
}

StableDiffusion tinyModel()
{
    const TinyUNet tiny;
    StableDiffusion model;
    model.unetConfig = tiny.config;
    model.unet = tiny.weights();
    return model;
}

/// A source of @p steps steps that was not inverted: a latent of noise at each, for one pass or for
/// both halves of guidance.
Source someSource(int steps, int halves)
{
    Source source {.start = noise(0, {1, 4, 8, 8}), .context = noise(1, {halves, 5, 6})};
    for (int i = 0; i < steps; ++i)
        source.latents.push_back(noise(uint32_t(10 + i), {1, 4, 8, 8}));
    return source;
}

/// One pass there and back of a picture, with a noise that depends on the time alone.
double wayThereAndBack(InversionRule rule, const std::function<double(int)>& noiseAt)
{
    const Tensor clean = noise(2, {4});
    Tensor x = clean;
    for (const InversionStep& step : inversionGrid(rule, 999))
        x = moved(schedule(), x, at::full({4}, noiseAt(step.asked)), step.from, step.to);
    const std::vector<int> times = samplingGrid(999);
    for (size_t i = 0; i < times.size(); ++i)
        x = moved(
            schedule(), x, at::full({4}, noiseAt(times[i])), times[i],
            i + 1 < times.size() ? times[i + 1] : 0);
    return distance(x, clean);
}

Values presetValues(const std::string& id)
{
    // The presets as the program reads them are tested with the resources; here their thresholds.
    Values values;
    for (const Parameter& p : translateParameters())
        values[p.id] = p.initial;
    values["inclusive"] = id == "compvis";
    return values;
}

} // namespace

class PlugAndPlayTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theGridIsThatOfBothPrograms()
    {
        const std::vector<int> fifty = samplingGrid(50);
        QCOMPARE(fifty.size(), size_t(50));
        QCOMPARE(
            std::vector(fifty.begin(), fifty.begin() + 5), (std::vector {981, 961, 941, 921, 901}));
        QCOMPARE(std::vector(fifty.end() - 5, fifty.end()), (std::vector {81, 61, 41, 21, 1}));
        QCOMPARE(samplingGrid(999).front(), 999);
        QCOMPARE(samplingGrid(60).front(), 945);
        QCOMPARE(samplingGrid(700).front(), 700);
        QVERIFY(failure([] { samplingGrid(1000); }).find("1 to 999") != std::string::npos);
    }

    void theLevelsAreThoseOfTheSpecification()
    {
        const std::map<int, double> levels = {
            {0, .999150000},   {1, .998296028},   {21, .980380748},  {181, .782654437},
            {201, .752143402}, {481, .302295661}, {501, .274999067}, {961, .007281727},
            {981, .005775500}, {999, .004660099}};
        for (const auto& [t, level] : levels)
            QVERIFY2(
                std::abs(schedule().alphaBar(t) - level) < 5e-7, qPrintable(QString::number(t)));
    }

    void onlyStepsThatMeetTheSamplingAreOffered()
    {
        QCOMPARE(
            inversionCounts(InversionRule::NextLevel, 50, true),
            (std::vector {50, 100, 200, 250, 500, 999}));
        QCOMPARE(
            inversionCounts(InversionRule::CurrentLevel, 50, false),
            (std::vector {1, 3, 9, 27, 37, 111, 333, 999}));
        QCOMPARE(inversionCounts(InversionRule::CurrentLevel, 50, true), (std::vector {999}));
        for (const int sampling : {7, 25, 30, 50, 60, 333, 999})
            for (const int count : containingCounts(sampling)) {
                const std::vector<int> fine = samplingGrid(count);
                for (const int time : samplingGrid(sampling))
                    QVERIFY(std::ranges::find(fine, time) != fine.end());
            }
        Values values = presetValues("diffusers");
        values["inversion_steps"] = 300;
        const std::string said =
            failure([&] { checkInversion(translateSettings(values).inversion); });
        QVERIFY2(
            said.find("take 50, 100, 200, 250, 500 or 999") != std::string::npos, said.c_str());
        values["inversion_steps"] = 200;
        checkInversion(translateSettings(values).inversion);
        values["features_from"] = std::string("way-back");
        values["reverse_steps"] = 999;
        const std::string levels =
            failure([&] { checkInversion(translateSettings(values).inversion); });
        QVERIFY2(levels.find("ends at the noise level 996") != levels.npos, levels.c_str());
    }

    void theRulesAskAtTheirLevels()
    {
        const auto next = inversionGrid(InversionRule::NextLevel, 999);
        QCOMPARE(next.size(), size_t(999));
        QVERIFY(next[0].asked == 1 && next[0].from == 0 && next[0].to == 1);
        QVERIFY(next[998].asked == 999 && next[998].from == 998 && next[998].to == 999);
        const auto current = inversionGrid(InversionRule::CurrentLevel, 999);
        QCOMPARE(current.size(), size_t(999));
        QVERIFY(current[0].asked == 0 && current[0].from == 0 && current[0].to == 1);
        QVERIFY(current[998].asked == 998 && current[998].to == 999);
        QCOMPARE(inversionGrid(InversionRule::CurrentLevel, 37)[1].asked, 27);
    }

    void onlyTheNextLevelsRuleGoesBackTheSameWay()
    {
        const auto constant = [](int) { return 0.3; };
        const auto changing = [](int t) { return std::sin(t / 100.); };
        QVERIFY(wayThereAndBack(InversionRule::NextLevel, constant) < 1e-3);
        QVERIFY(wayThereAndBack(InversionRule::CurrentLevel, constant) < 1e-3);
        QVERIFY(wayThereAndBack(InversionRule::NextLevel, changing) < 1e-3);
        QVERIFY(wayThereAndBack(InversionRule::CurrentLevel, changing) > 4e-3);
    }

    void theEmptyPromptsShareFalls()
    {
        const std::map<int, std::pair<double, double>> shares = {
            {0, {1, 1}},
            {1, {.979592, .884751}},
            {24, {.510204, .052930}},
            {25, {.489796, .046830}},
            {48, {.020408, .002802}},
            {49, {0, .002479}}};
        for (const auto& [i, share] : shares) {
            QVERIFY(std::abs(emptyShare(AlphaSchedule::Linear, 1, i, 50) - share.first) < 1e-6);
            QVERIFY(
                std::abs(emptyShare(AlphaSchedule::Exponential, 1, i, 50) - share.second) < 1e-6);
            QCOMPARE(emptyShare(AlphaSchedule::Constant, .75, i, 50), .75);
        }
        QCOMPARE(emptyShare(AlphaSchedule::Linear, .5, 0, 1), .5);
    }

    void theThresholdsAreExclusiveOrInclusive()
    {
        const Injection exclusive = injectionOf(presetValues("diffusers"));
        QCOMPARE(exclusive.featureSteps, (Range {0, 40}));
        QCOMPARE(exclusive.attentionSteps, (Range {0, 25}));
        const Injection inclusive = injectionOf(presetValues("compvis"));
        QCOMPARE(inclusive.featureSteps, (Range {0, 41}));
        QCOMPARE(inclusive.attentionSteps, (Range {0, 26}));
    }

    void ourPathIsThePlainOne_data()
    {
        QTest::addColumn<int>("halves");
        QTest::addColumn<double>("alpha");
        QTest::addColumn<double>("guidance");
        QTest::newRow("diffusers") << 1 << 0. << 7.5;
        QTest::newRow("three contexts") << 1 << .75 << 10.;
        QTest::newRow("a source of two halves") << 2 << .75 << 7.5;
        QTest::newRow("without guidance") << 1 << 0. << 1.;
    }

    void ourPathIsThePlainOne()
    {
        QFETCH(int, halves);
        QFETCH(double, alpha);
        QFETCH(double, guidance);
        const StableDiffusion model = tinyModel();
        const Source source = someSource(4, halves);
        const Network network(model, source.start);
        const Contexts contexts {
            .empty = noise(3, {1, 5, 6}),
            .negative = noise(4, {1, 5, 6}),
            .targets = {noise(5, {1, 5, 6}), noise(6, {1, 5, 6})}};
        Injection injection;
        injection.featureSteps = {0, 3};
        injection.attentionSteps = {0, 2};
        const Guidance guided {.scale = guidance, .alpha = alpha};
        Translation ours(network, source, contexts, guided, injection, false);
        Translation plain(network, source, contexts, guided, injection, true);
        Translation none(network, source, contexts, guided, injection, false);
        const Tensor x = noise(7, {2, 4, 8, 8});
        ContextKeys keys;
        for (int step = 0; step < 4; ++step) {
            const SourceFeatures features = featuresOf(network, source, injection, step, 301, keys);
            QCOMPARE(features.residual.size(), size_t(step < 3 ? 1 : 0));
            QCOMPARE(features.attention.size(), size_t(step < 2 ? 8 : 0));
            const Tensor a = ours.noise(x, step, 301, 4, features);
            const Tensor wanted = plain.noise(x, step, 301, 4, {});
            QVERIFY(distance(a, wanted) < 1e-3); // guidance enlarges what rounding does
            if (step < 3)
                QVERIFY(distance(a, none.noise(x, step, 301, 4, {})) > 0.05);
            QVERIFY(distance(a[0], a[1]) > 1e-3); // the prompts differ
        }
    }

    void injectingWhatIsThereAnywayChangesNothing()
    {
        const StableDiffusion model = tinyModel();
        const Source source = someSource(1, 1);
        const Network network(model, source.start);
        const UNetInput input {.time = 301, .context = source.context};
        Injection injection;
        ContextKeys keys;
        const SourceFeatures features = featuresOf(network, source, injection, 0, 301, keys);
        const Tensor& x = source.latents[0];
        QVERIFY(network.noise(x, input, injecting(injection, features, {0}))
                    .equal(network.noise(x, input)));
    }

    void valuesStayTheResultsOwn()
    {
        StableDiffusion model = tinyModel();
        const Source source = someSource(1, 1);
        Injection injection;
        ContextKeys keys;
        const Network network(model, source.start);
        const SourceFeatures features = featuresOf(network, source, injection, 0, 301, keys);
        const UNetInput input {.time = 301, .context = noise(3, {1, 5, 6})};
        const Tensor x = noise(7, {1, 4, 8, 8});
        const Tensor before = network.noise(x, input, injecting(injection, features, {0}));
        const auto with = [&](const char* projection) {
            Weights::Dict dict = TinyUNet().dict;
            Tensor& w = dict
                [std::string("up_blocks.2.attentions.1.transformer_blocks.0.attn1.") + projection
                 + ".weight"];
            w = w * 2;
            model.unet = Weights(dict);
            return network.noise(x, input, injecting(injection, features, {0}));
        };
        QVERIFY(distance(with("to_v"), before) > 1e-3);
        QVERIFY(with("to_q").equal(before)); // not even computed
        QVERIFY(with("to_k").equal(before));
    }

    void aBlockIsItsSkipWithTheSourcesFeatures()
    {
        const StableDiffusion model = tinyModel();
        const Source source = someSource(1, 1);
        const Network network(model, source.start);
        Injection injection {.attention = {}};
        ContextKeys keys;
        SourceFeatures features = featuresOf(network, source, injection, 0, 301, keys);
        const auto block = [&] {
            Tensor seen;
            Taps taps = injecting(injection, features, {0});
            taps.onModule([&](std::string_view name, const Tensor& x) {
                if (name == "up_blocks.1.resnets.1")
                    seen = x;
            });
            network.noise(
                noise(7, {1, 4, 8, 8}), {.time = 301, .context = noise(3, {1, 5, 6})}, taps);
            return seen;
        };
        const Tensor record = features.residual.at(14), with = block();
        features.residual[14] = at::zeros_like(record);
        QVERIFY(distance(with - block(), record) < 1e-5);
    }

    void anInversionThatWasStoppedGoesOnBitForBit()
    {
        const StableDiffusion model = tinyModel();
        const Tensor z = noise(0, {1, 4, 8, 8}), context = noise(1, {1, 5, 6});
        const Network network(model, z);
        const auto grid = inversionGrid(InversionRule::NextLevel, 20);
        Trajectory whole {.latents = {{0, z}}}, parts = whole, lastOnly = whole;
        QVERIFY(invert(network, grid, context, true, whole, [](int, int) { return true; }));
        QVERIFY(!invert(network, grid, context, true, parts, [](int n, int) { return n < 7; }));
        QCOMPARE(parts.done, 7);
        QVERIFY(invert(network, grid, context, true, parts, [](int, int) { return true; }));
        QCOMPARE(parts.latents.size(), size_t(21));
        for (const auto& [level, x] : whole.latents)
            QVERIFY(parts.latents.at(level).equal(x));
        QVERIFY(invert(network, grid, context, false, lastOnly, [](int, int) { return true; }));
        QCOMPARE(lastOnly.latents.size(), size_t(2));
        QVERIFY(lastOnly.latents.rbegin()->second.equal(whole.latents.rbegin()->second));
    }

    void aVelocityIsReadAsNoise()
    {
        StableDiffusion model = tinyModel();
        const Tensor x = noise(7, {1, 4, 8, 8});
        const UNetInput input {.time = 301, .context = noise(3, {1, 5, 6})};
        const Tensor raw = Network(model, x).noise(x, input);
        model.schedule.prediction = Prediction::Velocity;
        const double level = schedule().alphaBar(301);
        const Tensor wanted = std::sqrt(level) * raw + std::sqrt(1 - level) * x;
        QVERIFY(distance(Network(model, x).noise(x, input), wanted) < 1e-6);
    }

    void overwrittenWorkIsNotDone();
};

/// At the shapes of Stable Diffusion 1.5 and 512 pixels, 50 steps as diffusers' preset has them:
/// multiply-adds of the plain path, of a first edit and of a second one of the same source.
/// Tensors without data go through the network, so that the work is counted and not done.
void PlugAndPlayTest::overwrittenWorkIsNotDone()
{
    StableDiffusion model;
    Weights::Dict dict;
    const auto meta = at::TensorOptions(at::kFloat).device(at::kMeta);
    for (const auto& [name, shape] : unetShapes(model.unetConfig))
        dict[name] = at::empty(shape, meta);
    model.unet = Weights(dict);
    model.device = at::kMeta;
    const Tensor x = at::empty({1, 4, 64, 64}, meta), context = at::empty({1, 77, 768}, meta);
    const Source source {.start = x, .latents = std::vector<Tensor>(50, x), .context = context};
    const Network network(model, x);
    const Contexts contexts {.empty = context, .negative = context, .targets = {context}};
    const Injection injection;

    std::map<int, SourceFeatures> kept;
    ContextKeys keys;
    double sums[3] = {};
    qInfo("step   plain   first edit   second edit (G multiply-adds)");
    Translation plain(network, source, contexts, {}, injection, true);
    Translation first(network, source, contexts, {}, injection, false);
    Translation second(network, source, contexts, {}, injection, false);
    const std::vector<int> times = samplingGrid(50);
    for (int step = 0; step < 50; ++step) {
        double counts[3];
        const auto counted = [&](int way, const auto& work) {
            resetMultiplyAdds();
            work();
            counts[way] = double(multiplyAdds()) / 1e9;
            sums[way] += counts[way];
        };
        counted(0, [&] { plain.noise(x, step, times[step], 50, {}); });
        counted(1, [&] {
            kept[step] = featuresOf(network, source, injection, step, times[step], keys);
            first.noise(x, step, times[step], 50, kept[step]);
        });
        counted(2, [&] { second.noise(x, step, times[step], 50, kept[step]); });
        qInfo("%4d %8.1f %8.1f %8.1f", step, counts[0], counts[1], counts[2]);
    }
    qInfo(
        " all %8.1f %8.1f (%.4f) %8.1f (%.4f)", sums[0], sums[1], sums[1] / sums[0], sums[2],
        sums[2] / sums[0]);
    QVERIFY(std::abs(sums[0] / (50 * 3 * 401.6) - 1) < 0.01); // as counted from the architecture
    QVERIFY(sums[1] / sums[0] <= 0.83);
    QVERIFY(sums[2] / sums[0] <= 0.62);
}

QTEST_GUILESS_MAIN(PlugAndPlayTest)
#include "tst_plugandplay.moc"
