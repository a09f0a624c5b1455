// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/shapes.h"
#include "core/nn/layers.h"
#include "plugins/plugandplay/plugandplay.h"
#include "plugins/plugandplay/settings.h"
#include "tests/failure.h"
#include "tests/plugins/plugandplay/plugandplayfixture.h"

#include <QFile>
#include <QTest>

#include <cmath>

namespace {

/// The tensors that a pass has at the layers of an injection, by layer.
SourceFeatures seenIn(
    const Network& network, const Injection& injection, const Tensor& x, const UNetInput& input,
    Taps taps)
{
    SourceFeatures seen;
    taps.onFeatures(
        {.kind = Site::ResidualBlock, .layers = injection.features},
        [&](const Site& site, Tensor& h) { seen.residual[site.layer] = h; });
    taps.onQueryKey(
        {.kind = Site::SelfAttention, .layers = injection.attention},
        [&](const Site& site, Tensor& q, Tensor& k) {
            seen.attention[site.layer] = {q, k};
        });
    network.noise(x, input, taps);
    return seen;
}

const auto meta = at::TensorOptions(at::kFloat).device(at::kMeta);

/// A UNet of full size whose tensors have no data: work goes through it, and is not done.
StableDiffusion withoutData()
{
    StableDiffusion model;
    Weights::Dict dict;
    for (const auto& [name, shape] : unetShapes(model.unetConfig))
        dict[name] = at::empty(shape, meta);
    model.unet = Weights(dict);
    model.device = at::kMeta;
    return model;
}

/// Whether rows are the unconditional half of a record twice, then the conditional one twice.
bool areBothHalves(const Tensor& rows, const Tensor& record)
{
    const Tensor u = record.narrow(0, 0, 1), c = record.narrow(0, 1, 1);
    return !u.equal(c) && rows.equal(at::cat({u, u, c, c}));
}

int64_t workOf(const std::function<void()>& work)
{
    resetMultiplyAdds();
    work();
    return multiplyAdds();
}

} // namespace

/// What is injected, how a step's noise is put together, and how much work that is.
class PlugAndPlayTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
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
        const Injection exclusive = injectedBy(presetValues("diffusers-2.1"));
        QCOMPARE(exclusive.featureSteps, (Range {0, 40}));
        QCOMPARE(exclusive.attentionSteps, (Range {0, 25}));
        const Injection inclusive = injectedBy(presetValues("compvis-1.4"));
        QCOMPARE(inclusive.featureSteps, (Range {0, 41}));
        QCOMPARE(inclusive.attentionSteps, (Range {0, 26}));
    }

    void theLayersThatThereAreAreSaid()
    {
        QCOMPARE(parameter(translate(), "feature_layers").maximum, 21.);
        QCOMPARE(parameter(translate(), "attention_layers").maximum, 15.);
        const auto refusal = [](const char* id, int layer) {
            const Value value = Layers {{layer, layer + 1}};
            return failure([&] { checkValue(parameter(translate(), id), value); });
        };
        QCOMPARE(refusal("feature_layers", 21), std::string());
        QCOMPARE(refusal("attention_layers", 15), std::string());
        QVERIFY(!refusal("feature_layers", 22).empty());
        QVERIFY(!refusal("attention_layers", 16).empty());
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
            const SourceFeatures features =
                featuresOf(network, source, injection, {step, step + 1}, keys).front();
            QCOMPARE(features.residual.size(), size_t(step < 3 ? 1 : 0));
            QCOMPARE(features.attention.size(), size_t(step < 2 ? 8 : 0));
            const Tensor a = ours.noise(x, step, features);
            const Tensor wanted = plain.noise(x, step, {});
            QVERIFY(distance(a, wanted) < 1e-3); // guidance enlarges what rounding does
            if (step < 3)
                QVERIFY(distance(a, none.noise(x, step, {})) > 0.05);
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
        const SourceFeatures features =
            featuresOf(network, source, injection, {0, 1}, keys).front();
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
        const SourceFeatures features =
            featuresOf(network, source, injection, {0, 1}, keys).front();
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
        SourceFeatures features = featuresOf(network, source, injection, {0, 1}, keys).front();
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

    void theRowsOfTwoPromptsAreBothHalvesInTheirOrder()
    {
        const StableDiffusion model = tinyModel();
        const Source source = someSource(1, 2); // of both halves
        const Network network(model, source.start);
        const Injection injection;
        ContextKeys keys;
        const SourceFeatures record = featuresOf(network, source, injection, {0, 1}, keys).front();
        const Tensor x = noise(7, {1, 4, 8, 8}), empty = noise(3, {1, 5, 6});
        const Tensor contexts = at::cat({empty, empty, noise(5, {1, 5, 6}), noise(6, {1, 5, 6})});
        const std::vector<int> halves = {0, 0, 1, 1};
        const SourceFeatures given = seenIn(
            network, injection, x, {.time = 301, .context = contexts},
            injecting(injection, record, halves));
        const Tensor batch =
            at::cat({source.latents[0].expand({2, -1, -1, -1}), x.expand({4, -1, -1, -1})});
        const SourceFeatures plain = seenIn(
            network, injection, batch,
            {.time = 301, .context = at::cat({source.context, contexts})},
            overwriting(injection, halves));
        QCOMPARE(given.attention.size(), size_t(8));
        for (const auto& [layer, pair] : record.attention) {
            QVERIFY(areBothHalves(given.attention.at(layer).query, pair.query));
            QVERIFY(areBothHalves(given.attention.at(layer).key, pair.key));
            const QueryKey& there = plain.attention.at(layer);
            QVERIFY(areBothHalves(there.query.narrow(0, 2, 4), there.query.narrow(0, 0, 2)));
            QVERIFY(areBothHalves(there.key.narrow(0, 2, 4), there.key.narrow(0, 0, 2)));
        }
        QVERIFY(areBothHalves(given.residual.at(14), record.residual.at(14)));
        const Tensor& there = plain.residual.at(14);
        QVERIFY(areBothHalves(there.narrow(0, 2, 4), there.narrow(0, 0, 2)));
    }

    void anEmptyNegativePromptIsNotComputedTwice()
    {
        const StableDiffusion model = tinyModel();
        const Source source = someSource(1, 1);
        const Network network(model, source.start);
        const Injection injection;
        ContextKeys keys;
        const SourceFeatures features =
            featuresOf(network, source, injection, {0, 1}, keys).front();
        const Tensor x = noise(7, {1, 4, 8, 8}), empty = noise(3, {1, 5, 6});
        const Contexts none {.empty = empty, .targets = {noise(5, {1, 5, 6})}};
        Contexts twice = none;
        twice.negative = empty;
        Tensor given[3];
        int64_t work[3] = {};
        const auto make = [&](int way, const Contexts& contexts, double alpha) {
            Translation translation(
                network, source, contexts, {.scale = 7.5, .alpha = alpha}, injection, false);
            work[way] = workOf([&] { given[way] = translation.noise(x, 0, features); });
        };
        make(0, none, 0.5);
        make(1, twice, 0);
        make(2, twice, 0.5);
        QCOMPARE(work[0], work[1]); // two contexts
        QVERIFY(work[2] > work[0]); // three
        QVERIFY(given[0].equal(given[1]));
        QVERIFY(distance(given[0], given[2]) < 1e-4);
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
    void theLargestSizeFitsItself();
};

/// At the shapes of Stable Diffusion 1.5 and 512 pixels, as diffusers' preset has them:
/// multiply-adds of the plain path, of a first edit and of a second one of the same source. Tensors
/// without data go through the network, so that the work is counted and not done. Prints a table,
/// and writes it to the file that MULTIPLY_ADDS names.
void PlugAndPlayTest::overwrittenWorkIsNotDone()
{
    const StableDiffusion model = withoutData();
    const TranslateSettings settings = translateSettings(presetValues("diffusers-2.1"));
    const std::vector<int> times = samplingTimes(settings.inversion.samplingSteps);
    const int steps = int(times.size()), side = settings.inversion.size / 8;
    QCOMPARE(steps, 50);
    const Tensor x = at::empty({1, 4, side, side}, meta), context = at::empty({1, 77, 768}, meta);
    const Source source {
        .times = times, .latents = std::vector<Tensor>(50, x), .start = x, .context = context};
    const Network network(model, x);
    const Contexts contexts {.empty = context, .negative = context, .targets = {context}};
    const auto translation = [&](bool plain) {
        return Translation(network, source, contexts, settings.guidance, settings.injection, plain);
    };
    Translation ways[] = {translation(true), translation(false), translation(false)};

    QString table = QStringLiteral(
        "# Multiply-adds of Translate\n\nIn G, by step: at the shapes of Stable Diffusion 1.5 and "
        "512 pixels, with the values of the preset diffusers-2.1, the inversion left out. *Plain* "
        "computes source and result in one batch and overwrites, as the authors' program does. A "
        "first edit has the source's passes of some steps in one batch, when the first of them "
        "asks; a second edit of the same source has its features in memory. The first step has "
        "the prompts' keys and values. Made by\n\n"
        "    MULTIPLY_ADDS=docs/multiply-adds.md build-release/tests/tst_plugandplay "
        "overwrittenWorkIsNotDone\n\n"
        "| step | plain | first edit | second edit |\n|---|---|---|---|\n");
    const auto row = [&](const QString& name, const double(&counts)[3]) {
        table += QStringLiteral("| %1 | %2 | %3 | %4 |\n")
                     .arg(name)
                     .arg(counts[0], 0, 'f', 1)
                     .arg(counts[1], 0, 'f', 1)
                     .arg(counts[2], 0, 'f', 1);
    };
    double sums[3] = {};
    ContextKeys keys;
    std::map<int, SourceFeatures> kept;
    for (int step = 0; step < steps; ++step) {
        double counts[3] = {};
        for (int way = 0; way < 3; ++way) {
            counts[way] = double(workOf([&] {
                              if (way == 1 && !kept.contains(step)) {
                                  const Range these = stepsAtOnce(settings.injection, step, steps);
                                  const auto made =
                                      featuresOf(network, source, settings.injection, these, keys);
                                  for (int i = these.begin; i < these.end; ++i)
                                      kept[i] = made[size_t(i - these.begin)];
                              }
                              ways[way].noise(x, step, way == 0 ? SourceFeatures {} : kept[step]);
                          }))
                / 1e9;
            sums[way] += counts[way];
        }
        row(QString::number(step), counts);
    }
    row(QStringLiteral("all"), sums);
    table += QStringLiteral("| of plain | 1 | %1 | %2 |\n")
                 .arg(sums[1] / sums[0], 0, 'f', 3)
                 .arg(sums[2] / sums[0], 0, 'f', 3);
    qInfo("%s", qPrintable(table));
    if (QFile file(qEnvironmentVariable("MULTIPLY_ADDS")); !file.fileName().isEmpty()) {
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(table.toUtf8()), qint64(table.toUtf8().size()));
    }
    QVERIFY(std::abs(sums[0] / (50 * 3 * 401.6) - 1) < 0.01); // as counted from the architecture
    QVERIFY(sums[1] / sums[0] <= 0.83);
    QVERIFY(sums[2] / sums[0] <= 0.62);
}

/// Of its 256 x 256 cells a single matrix of scores has 16 GiB in fp32.
void PlugAndPlayTest::theLargestSizeFitsItself()
{
    const StableDiffusion model = withoutData();
    const auto side = int64_t(parameter(translate(), Role::Size)->maximum) / 8;
    const Tensor x = at::empty({1, 4, side, side}, meta), context = at::empty({1, 77, 768}, meta);
    const TranslateSettings settings = translateSettings(presetValues("diffusers-2.1"));
    const Source source {
        .times = samplingTimes(50),
        .latents = std::vector<Tensor>(50, x),
        .start = x,
        .context = context};
    const Network network(model, x);
    const Contexts contexts {.empty = context, .negative = context, .targets = {context}};
    for (const bool plain : {true, false}) {
        Translation translation(
            network, source, contexts, settings.guidance, settings.injection, plain);
        ContextKeys keys;
        const auto made = featuresOf(network, source, settings.injection, {0, 1}, keys).at(0);
        QCOMPARE(translation.noise(x, 0, plain ? SourceFeatures {} : made).sizes(), x.sizes());
    }
}

QTEST_GUILESS_MAIN(PlugAndPlayTest)
#include "tst_plugandplay.moc"
