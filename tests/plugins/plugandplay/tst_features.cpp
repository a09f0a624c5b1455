// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/plugandplay/look.h"
#include "tests/failure.h"
#include "tests/keptagain.h"
#include "tests/plugins/plugandplay/plugandplayfixture.h"
#include "tests/plugins/plugandplay/translatefixture.h"

#include <QTemporaryDir>
#include <QTest>

#include <cmath>

/// What is shown of the network: principal components, looks, the tool.
class FeaturesTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_cache;
    Models m_models {m_cache.path().toStdString()};

    /// The tool's request for figures, the components fitted on others.
    Request features(const std::vector<int>& shown, const std::vector<int>& others = {})
    {
        Request request = forTool(featuresTool(), shortTranslation());
        request.images.clear();
        for (const int number : shown)
            request.images["pictures"].push_back(figure(number));
        for (const int number : others)
            request.images["fitted_on"].push_back(figure(number));
        request.values["step"] = 2;
        request.values["layer"] = 17;
        return request;
    }
    Result shown(const Request& request) { return run(featuresTool(), request, m_models, goOn); }

private Q_SLOTS:
    void attentionThatIsTooLargeIsRefused()
    {
        const UNetConfig config; // of Stable Diffusion 1.x
        const auto refusal = [&](ViewKind kind, int layer, int64_t side) {
            const View view {.kind = kind, .layers = {{layer, layer + 1}}};
            return failure([&] { checkAttention(config, view, side, side); });
        };
        using enum ViewKind;
        QCOMPARE(refusal(AttentionRows, 15, 64), std::string()); // 512 pixels
        const std::string large = refusal(AttentionRows, 15, 96);
        QVERIFY2(large.find("attention-mean") != large.npos, large.c_str());
        QCOMPARE(refusal(AttentionRows, 8, 96), std::string()); // a smaller map
        QCOMPARE(refusal(AttentionMean, 15, 96), std::string());
        const std::string mean = refusal(AttentionMean, 15, 256);
        QVERIFY(!mean.empty() && mean.find("attention-mean") == mean.npos);
        QCOMPARE(refusal(Features, 15, 256), std::string());
    }

    void featuresOfSeveralPicturesShareTheirColours()
    {
        Request request = features({1, 2});
        const Result result = shown(request);
        QCOMPARE(result.candidates.size(), size_t(2));
        QCOMPARE(result.candidates[0].image->width, 64);
        // Components, mean, singular values, explained variance, and the scores of two.
        QCOMPARE(result.arrays.size(), size_t(6));
        QCOMPARE(result.arrays.at("scores of 2").shape.back(), 3);
        request.values["step"] = 4;
        QVERIFY(!failure([&] { shown(request); }).empty());
    }

    void componentsCanBeFittedOnOtherPictures()
    {
        const Result others = shown(features({2, 3}));
        const Result projected = shown(features({1, 2}, {2, 3}));
        QCOMPARE(projected.candidates.size(), size_t(2));
        for (const char* name :
             {"components of up 2.1", "mean of up 2.1", "singular values of up 2.1"})
            QCOMPARE(projected.arrays.at(name).values, others.arrays.at(name).values);
        QCOMPARE(projected.arrays.at("scores of 2").values, others.arrays.at("scores of 1").values);
        QVERIFY(!projected.arrays.contains("scores of 3"));
        double sum = 0, size = 0; // of a picture that the mean is not of
        for (const float score : projected.arrays.at("scores of 1").values)
            sum += score, size += std::abs(score);
        QVERIFY(std::abs(sum) > 1e-3 * size);
    }

    void rowsOfAttentionAreFittedToEachPicture()
    {
        Request request = features({1, 2});
        request.values["kind"] = std::string("attention");
        request.values["layer"] = 8;
        SharedImage& other = request.images["pictures"][1].image;
        other = crop(other, 0, 0, other->width, other->height / 2);
        const Result result = shown(request);
        QCOMPARE(result.candidates.size(), size_t(2));
        QCOMPARE(result.arrays.size(), size_t(2 * 5));
        request.images["fitted_on"] = request.images["pictures"];
        QVERIFY(failure([&] { shown(request); }).find("each picture alone") != std::string::npos);
    }

    void aPassIsKeptInSinglePrecision()
    {
        const StableDiffusion model = tinyModel();
        const Tensor x = noise(0, {1, 4, 16, 16}), context = noise(1, {2, 5, 6});
        const View view {.kind = ViewKind::Queries, .step = 3, .layers = {{8, 9}}};
        Tensor wanted;
        Taps taps;
        taps.onQueryKey({.layers = {{8, 9}}}, [&](const Site&, const Tensor& q, const Tensor&) {
            wanted = q[1].clone(); // of the last context
        });
        const Network network(model, x);
        const UNetInput input {.time = 301, .context = context};
        network.noise(x, input, taps);
        const auto trace = tracedLayer(network, x, input, view);
        QCOMPARE(trace->passes.size(), size_t(1));
        const AttentionTrace& seen =
            trace->passes.at({}).attention.at({SiteKind::SelfAttention, 8});
        QVERIFY(!seen.query.isHalf());
        QVERIFY(distance(toTensor(seen.query), wanted) == 0);
    }

    void cellsAreEnlargedToTheNearest()
    {
        Request request = features({1});
        const Image large = shown(request).candidates.at(0).image;
        request.values["picture"] = std::string("cells");
        const Image cells = shown(request).candidates.at(0).image;
        QVERIFY(cells.width < 64 && large.width == 64 && large.height == 64);
        for (int y = 0; y < 64; ++y)
            for (int x = 0; x < 64; ++x)
                QVERIFY(std::equal(
                    large.pixel(x, y), large.pixel(x, y) + 3,
                    cells.pixel(x * cells.width / 64, y * cells.height / 64)));
    }

    /// A run with what its steps held, and the same step traced again.
    void aTracedStepHoldsWhatTheRunHeld()
    {
        Request request = shortTranslation();
        std::map<int, std::shared_ptr<const StepTrace>> recorded;
        const auto keep = [&](const Event& event) {
            if (const auto* step = std::get_if<StepEvent>(&event); step && step->trace)
                recorded[step->trace->step] = step->trace;
            return Answer {};
        };
        const Result result = run(translate(), request, m_models, Report(keep, everything()));
        QCOMPARE(recorded.size(), size_t(4));
        request = resolved(translate(), request);
        for (const auto& [step, trace] : recorded)
            QCOMPARE(keptAgain(*trace), std::string());
        const auto traced = translate().trace(
            request, m_models, everything(), 1, *result.latents.at(1), StageReport());
        const PassTrace &was = recorded.at(1)->passes.at({}), &is = traced->passes.at({});
        QCOMPARE(is.attention.size(), size_t(32));
        QCOMPARE(was.attention.size(), size_t(32));
        for (const auto& [site, attention] : was.attention) {
            QVERIFY(is.attention.at(site).query == attention.query);
            QVERIFY(is.attention.at(site).key == attention.key);
            const bool injected = site.kind == SiteKind::SelfAttention && site.layer >= 8;
            QCOMPARE(attention.injected, injected);
            QCOMPARE(is.attention.at(site).injected, injected);
        }
        const TraceSite block {SiteKind::ResidualBlock, 14}, input {SiteKind::ResidualInput, 14};
        QVERIFY(is.features.at(block).injected);
        QVERIFY(!is.features.contains(input)); // it is not computed
        // Of the source all is computed, and what is injected is the source's.
        const PassTrace& source = traced->passes.at({.source = true});
        QCOMPARE(source.attention.size(), size_t(32));
        QVERIFY(source.features.contains(input));
        const auto values = [&](const PassTrace& pass) {
            return toTensor(pass.features.at(block).values);
        };
        const double most = values(source).abs().max().item<double>();
        QVERIFY(distance(values(source), values(is)) < 2e-3 * most); // halves, by another batch
        QVERIFY(!source.features.at(block).injected);
        // In the run itself its pass was in one batch with another step's.
        for (int step = 0; step < 3; ++step) {
            const auto& passes = recorded.at(step)->passes;
            QVERIFY(values(passes.at({.source = true})).equal(values(passes.at({}))));
        }
        QVERIFY(!recorded.at(3)->passes.contains({.source = true})); // nothing is injected there
    }

    void aMadeSourceIsTracedToo()
    {
        Request request = shortTranslation();
        request.images.clear();
        request.values["source_prompt"] = std::string("large red circle, white ground");
        request.values["inversion_steps"] = 7; // of no use here, so nothing to refuse
        const Result result = run(translate(), request, m_models, goOn);
        const auto traced = translate().trace(
            resolved(translate(), request), m_models, attentionOnly(), 1, *result.latents.at(1),
            StageReport());
        QVERIFY(traced->passes.contains({.source = true}));
        const auto& tokens = traced->setting->tokens.at({.source = true});
        QCOMPARE(tokens.at(1).text, std::string("large"));
    }

    void aTraceCanBeStopped()
    {
        const Request request = resolved(translate(), shortTranslation());
        const Latent latent {{1, 4, 8, 8}, std::vector<float>(256)};
        const StageReport no = [](const StageEvent&) { return false; };
        QVERIFY(!translate().trace(request, m_models, everything(), 1, latent, no));
    }
};

QTEST_GUILESS_MAIN(FeaturesTest)
#include "tst_features.moc"
