// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/plugandplay/look.h"
#include "tests/failure.h"
#include "tests/plugins/plugandplay/plugandplayfixture.h"
#include "tests/plugins/plugandplay/translatefixture.h"

#include <QTemporaryDir>
#include <QTest>

#include <cmath>

namespace {

constexpr double amplitudes[] = {9, 6, 4, 1}; ///< of the planted directions

/// Entry @p i of the @p k-th of @p n orthonormal waves, whose mean is zero.
double wave(int k, int i, int n)
{
    return std::sqrt(2. / n) * std::cos(M_PI * (k + 1) * (i + 0.5) / n);
}

/// Two maps of 12 x 12 cells whose rows, taken together, are four waves along four directions.
std::vector<FeatureMap> plantedMaps(int channels)
{
    constexpr int cells = 144;
    std::vector<FeatureMap> maps;
    for (int map = 0; map < 2; ++map) {
        std::vector<float> rows;
        for (int i = 0; i < cells; ++i)
            for (int j = 0; j < channels; ++j) {
                double x = 3 + 0.1 * j;
                for (int k = 0; k < 4; ++k)
                    x += amplitudes[k] * wave(k, map * cells + i, 2 * cells) * wave(k, j, channels);
                rows.push_back(float(x));
            }
        maps.push_back({at::tensor(rows).reshape({cells, channels}), 12, 12});
    }
    return maps;
}

/// How far the space that components span is from that of the first three directions.
double distanceOfSpaces(const std::vector<float>& components, int channels)
{
    double most = 0;
    for (int a = 0; a < channels; ++a)
        for (int b = 0; b < channels; ++b) {
            double difference = 0;
            for (int k = 0; k < 3; ++k)
                difference +=
                    components[size_t(k * channels + a)] * components[size_t(k * channels + b)]
                    - wave(k, a, channels) * wave(k, b, channels);
            most = std::max(most, std::abs(difference));
        }
    return most;
}

/// The least and the largest value of a picture's channel.
std::pair<int, int> span(const Image& picture, size_t channel)
{
    std::pair<int, int> all = {255, 0};
    for (size_t i = channel; i < picture.rgb.size(); i += 3)
        all = {std::min(all.first, int(picture.rgb[i])), std::max(all.second, int(picture.rgb[i]))};
    return all;
}

} // namespace

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
    void plantedDirectionsAreFound_data()
    {
        QTest::addColumn<int>("channels");
        QTest::newRow("few channels") << 10;
        QTest::newRow("many") << 200;
        QTest::newRow("more than rows") << 400;
    }

    void plantedDirectionsAreFound()
    {
        QFETCH(int, channels);
        const Inspection seen = componentPictures(plantedMaps(channels), {"a", "b"});
        QVERIFY(distanceOfSpaces(seen.arrays.at("components").values, channels) < 1e-5);
        for (size_t k = 0; k < 3; ++k) {
            QVERIFY(std::abs(seen.arrays.at("singular_values").values[k] - amplitudes[k]) < 1e-4);
            double least = 0, largest = 0;
            for (const char* label : {"scores of a", "scores of b"})
                for (size_t i = k; i < 3 * 144; i += 3) {
                    least = std::min(least, double(seen.arrays.at(label).values[i]));
                    largest = std::max(largest, double(seen.arrays.at(label).values[i]));
                }
            QVERIFY(largest > -least - 1e-4); // the largest score of all is positive
            for (const Inspection::Picture& picture : seen.pictures)
                QCOMPARE(span(picture.image, k), std::pair(0, 255)); // each over its own cells
        }
    }

    void theHeadsOfOneItemCountTwice()
    {
        const StableDiffusion model = tinyModel();
        const Tensor x = noise(0, {1, 4, 16, 16}), context = noise(1, {1, 5, 6});
        const Network network(model, x);
        const auto seen = [&](const Tensor& contexts, const char* kind) {
            Inspection inspection;
            addAlone(
                inspection,
                featureMap(network, x, {.time = 301, .context = contexts}, {}, {kind, 8}), "x");
            return inspection;
        };
        const Inspection one = seen(context, "attention");
        const Inspection two = seen(at::cat({context, context}), "attention"); // the original's
        QCOMPARE(one.arrays.at("components of x").shape, (std::vector<int64_t> {3, 4 * 16}));
        for (const auto& [name, wanted] : two.arrays) {
            const Array& is = one.arrays.at(name);
            QCOMPARE(is.shape, wanted.shape);
            for (size_t i = 0; i < wanted.values.size(); ++i)
                QVERIFY2(std::abs(is.values[i] - wanted.values[i]) < 1e-4, name.c_str());
        }
        QVERIFY(farthest(one.pictures[0].image, two.pictures[0].image) <= 1);
        const Inspection mean = seen(context, "attention-mean");
        QCOMPARE(mean.arrays.at("components of x").shape, (std::vector<int64_t> {3, 16}));
    }

    void theMeanOfHeadsIsTheirMean()
    {
        const Tensor q = noise(0, {3, 6, 4}), k = noise(1, {3, 6, 4});
        const Tensor all = attentionRows(q, k, false).reshape({6, 3, 6});
        QVERIFY(distance(all.sum(2), at::ones({6, 3})) < 1e-6);
        QVERIFY(distance(attentionRows(q, k, true), all.mean(1)) < 1e-6);
    }

    void attentionThatIsTooLargeIsRefused()
    {
        const UNetConfig config; // of Stable Diffusion 1.x
        const auto refusal = [&](const char* kind, int layer, int64_t side, int64_t items = 1) {
            return failure([&] { checkAttention(config, {kind, layer}, {side, side, items}); });
        };
        QCOMPARE(refusal("attention", 15, 64), std::string()); // 512 pixels
        for (const std::string& large :
             {refusal("attention", 15, 96), refusal("attention", 15, 64, 2)})
            QVERIFY2(large.find("attention-mean") != large.npos, large.c_str());
        QCOMPARE(refusal("attention", 8, 96), std::string()); // a smaller map
        QCOMPARE(refusal("attention-mean", 15, 96), std::string());
        const std::string mean = refusal("attention-mean", 15, 256);
        QVERIFY(!mean.empty() && mean.find("attention-mean") == mean.npos);
        QCOMPARE(refusal("features", 15, 256), std::string());
    }

    void featuresOfSeveralPicturesShareTheirColours()
    {
        Request request = features({1, 2});
        const Result result = shown(request);
        QCOMPARE(result.candidates.size(), size_t(2));
        QCOMPARE(result.candidates[0].image->width, 64);
        QCOMPARE(result.arrays.size(), size_t(5)); // components, mean, singular values, two scores
        request.values["step"] = 4;
        QVERIFY(!failure([&] { shown(request); }).empty());
    }

    void componentsCanBeFittedOnOtherPictures()
    {
        const Result others = shown(features({2, 3}));
        const Result projected = shown(features({1, 2}, {2, 3}));
        QCOMPARE(projected.candidates.size(), size_t(2));
        for (const char* name : {"components", "mean", "singular_values"})
            QCOMPARE(projected.arrays.at(name).values, others.arrays.at(name).values);
        QCOMPARE(projected.arrays.at("scores of 2").values, others.arrays.at("scores of 1").values);
        QVERIFY(!projected.arrays.contains("scores of 3"));
        double sum = 0, size = 0; // of a picture that the mean is not of
        for (const float score : projected.arrays.at("scores of 1").values)
            sum += score, size += std::abs(score);
        QVERIFY(std::abs(sum) > 1e-3 * size);
    }

    void attentionOfDifferentSizesHasNoCommonComponents()
    {
        Request request = features({1}, {2});
        request.values["kind"] = std::string("attention");
        request.values["layer"] = 8;
        QCOMPARE(shown(request).candidates.size(), size_t(1));
        SharedImage& other = request.images["fitted_on"][0].image;
        other = crop(other, 0, 0, other->width, other->height / 2);
        QVERIFY(failure([&] { shown(request); }).find("different sizes") != std::string::npos);
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
        QVERIFY(source.features.at(block).values == is.features.at(block).values);
        QVERIFY(!source.features.at(block).injected);
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
