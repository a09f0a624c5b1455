// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/inspect/principalcomponents.h"
#include "core/inspect/view.h"
#include "tests/randomtrace.h"

#include <QTest>

#include <cmath>
#include <numeric>

namespace {

constexpr int cells = 12, channels = 5;

/// Features [channels, 3, 4] with a few strong directions, that differ by step and subject.
Numbers featuresOf(uint32_t stream)
{
    std::vector<float> values = randomNumbers(cells * channels, stream);
    for (size_t i = 0; i < values.size(); ++i)
        values[i] *= float(6 - i / cells);
    return Numbers({channels, 3, 4}, std::move(values));
}

std::shared_ptr<const StepTrace> stepOf(int step)
{
    auto trace = std::make_shared<StepTrace>();
    trace->step = step;
    for (const Subject& subject :
         {Subject {.source = true}, Subject {}, Subject {.negative = true}})
        trace->passes[subject].features[{SiteKind::ResidualBlock, 4}] = {
            .name = "up_blocks.1.resnets.0",
            .values = featuresOf(uint32_t(step * 3 + subject.source + 2 * subject.negative))};
    return trace;
}

TraceSource steps(int count)
{
    return {count, [](int i) { return i == 1 ? nullptr : stepOf(i); }};
}

/// [cells, channels] of source and result of a step.
std::vector<float> plainRows(const StepTrace& step)
{
    std::vector<float> rows;
    for (const bool source : {false, true}) {
        const auto values = step.passes.at({.source = source})
                                .features.at({SiteKind::ResidualBlock, 4})
                                .values.all();
        for (size_t i = 0; i < cells; ++i)
            for (size_t c = 0; c < channels; ++c)
                rows.push_back(values[c * cells + i]);
    }
    return rows;
}

template<typename A, typename B>
double farthest(const A& a, const B& b)
{
    double most = a.size() == b.size() ? 0 : INFINITY;
    for (size_t i = 0; i < a.size() && i < b.size(); ++i)
        most = std::max(most, std::abs(double(a[i]) - double(b[i])));
    return most;
}

constexpr double amplitudes[] = {9, 6, 4, 1}; ///< of the planted directions

/// Entry @p i of the @p k-th of @p n orthonormal waves, whose mean is zero.
double wave(int k, int i, int n)
{
    return std::sqrt(2. / n) * std::cos(M_PI * (k + 1) * (i + 0.5) / n);
}

/// Features of 12 x 12 cells; the rows of both maps together are four waves along four directions.
std::shared_ptr<const StepTrace> plantedStep(int map, int planted)
{
    constexpr int side = 12, each = side * side;
    std::vector<float> values;
    for (int j = 0; j < planted; ++j)
        for (int i = 0; i < each; ++i) {
            double x = 3 + 0.1 * j;
            for (int k = 0; k < 4; ++k)
                x += amplitudes[k] * wave(k, map * each + i, 2 * each) * wave(k, j, planted);
            values.push_back(float(x));
        }
    auto trace = std::make_shared<StepTrace>();
    trace->passes[{}].features[{SiteKind::ResidualBlock, 4}] = {
        .name = "up_blocks.1.resnets.0",
        .values = Numbers({planted, side, side}, std::move(values))};
    return trace;
}

/// How far the space that components span is from that of the first three directions.
double distanceOfSpaces(const std::vector<double>& components, int channels)
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

const View features {.kind = ViewKind::Features};

} // namespace

class ComponentsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void plantedDirectionsAreFound_data()
    {
        QTest::addColumn<int>("planted");
        QTest::newRow("few channels") << 10;
        QTest::newRow("many") << 200;
        QTest::newRow("more than rows") << 400;
    }

    void plantedDirectionsAreFound()
    {
        QFETCH(int, planted);
        const auto at = [&](int i) { return plantedStep(i, planted); };
        const Fits fits = fitted(features, {2, at});
        const FittedComponents& fit = fits.at(4);
        QVERIFY(distanceOfSpaces(fit.components.components, planted) < 1e-5);
        for (size_t k = 0; k < 3; ++k) {
            QVERIFY(std::abs(fit.components.singularValues[k] - amplitudes[k]) < 1e-4);
            QVERIFY(fit.most[k] >= -fit.least[k]); // the largest score of all is positive
            float least = 0, most = 0;
            for (int map = 0; map < 2; ++map) {
                const Seen seen = see(features, {.trace = at(map)}, fits);
                const std::vector<float>& scores = seen.maps.at(0).values;
                for (size_t i = k; i < scores.size(); i += 3) {
                    least = std::min(least, scores[i]);
                    most = std::max(most, scores[i]);
                }
            }
            QCOMPARE(least, fit.least[k]); // the range is that of both
            QCOMPARE(most, fit.most[k]);
        }
    }

    void sumsGiveWhatAllRowsTogetherGive()
    {
        ComponentSums sums(channels);
        std::vector<float> all;
        for (uint32_t part = 0; part < 4; ++part) {
            const std::vector<float> rows = randomNumbers(channels * (part + 2), part);
            sums.add(rows);
            all.insert(all.end(), rows.begin(), rows.end());
        }
        const PrincipalComponents a = sums.fit(), b = fitComponents(all, channels);
        QVERIFY(farthest(a.mean, b.mean) < 1e-9);
        QVERIFY(farthest(a.singularValues, b.singularValues) < 1e-9);
        QVERIFY(std::abs(a.total - b.total) < 1e-9);
        for (size_t c = 0; c < 3; ++c) {
            double product = 0;
            for (size_t i = 0; i < channels; ++i)
                product += a.components[c * channels + i] * b.components[c * channels + i];
            QVERIFY(std::abs(std::abs(product) - 1) < 1e-9);
        }
    }

    void theFirstStepsAxesAreThoseOfSourceAndResultTogether()
    {
        const FittedComponents fit = fitted(features, steps(1)).at(4);
        const PrincipalComponents plain = fitComponents(plainRows(*stepOf(0)), channels);
        QVERIFY(farthest(fit.components.components, plain.components) < 1e-9);
        const std::vector<float> scores = project(plain, plainRows(*stepOf(0)));
        for (size_t c = 0; c < 3; ++c) {
            float least = 0, most = 0;
            for (size_t i = c; i < scores.size(); i += 3) {
                least = std::min(least, scores[i]);
                most = std::max(most, scores[i]);
            }
            QVERIFY(std::abs(fit.least[c] - least) < 1e-5f);
            QVERIFY(std::abs(fit.most[c] - most) < 1e-5f);
            QVERIFY(fit.most[c] >= -fit.least[c]); // the sign
            QVERIFY(
                std::abs(
                    fit.explained[c]
                    - plain.singularValues[c] * plain.singularValues[c] / plain.total)
                < 1e-9);
        }
        QCOMPARE(fit.steps, 1);
    }

    void allStepsHaveTheSameColours()
    {
        const Fits fits = fitted(features, steps(4)); // one of them is missing
        QCOMPARE(fits.at(4).steps, 3);
        std::vector<float> all;
        for (const int i : {0, 2, 3}) {
            const std::vector<float> rows = plainRows(*stepOf(i));
            all.insert(all.end(), rows.begin(), rows.end());
        }
        const PrincipalComponents plain = fitComponents(all, channels);
        QVERIFY(farthest(fits.at(4).components.components, plain.components) < 1e-6);
        const Seen first = see(features, {.trace = stepOf(0)}, fits);
        View source = features;
        source.subject.source = true;
        const Seen last = see(source, {.trace = stepOf(3)}, fits);
        QCOMPARE(first.maps.at(0).from, last.maps.at(0).from);
        QCOMPARE(first.maps[0].to, last.maps[0].to);
        const std::vector<float> rows = plainRows(*stepOf(0));
        const std::vector<float> result(rows.begin(), rows.begin() + cells * channels);
        QVERIFY(farthest(first.maps[0].values, project(plain, result)) < 1e-4);
        QCOMPARE(first.maps[0].channels, 3);
        QVERIFY(
            english(first.notes.at(0)).starts_with("up 1.0: red, green and blue are ")
            && english(first.notes[0]).ends_with("fitted to 3 steps."));
    }

    void fittedAtEveryStepIsTheOtherChoice()
    {
        const Fits fits = fitted(features, steps(4));
        View each = features;
        each.fitEachStep = true;
        const Seen own = see(each, {.trace = stepOf(3)}, fits);
        const Seen plain = see(features, {.trace = stepOf(3)}, {});
        QCOMPARE(own.maps.at(0).values, plain.maps.at(0).values);
        QVERIFY(own.maps[0].values != see(features, {.trace = stepOf(3)}, fits).maps.at(0).values);
    }

    void theHalfThatGuidanceLeadsAwayFromHasAFitOfItsOwn()
    {
        View negative = features;
        negative.subject.negative = true;
        const FittedComponents fit = fitted(negative, steps(1)).at(4);
        QVERIFY(
            fit.components.components != fitted(features, steps(1)).at(4).components.components);
    }

    void queriesAndKeysHaveTheirHeadsSideBySide()
    {
        auto trace = std::make_shared<StepTrace>();
        const AttentionTrace attention = randomAttention(3, 4, 2, 3, 1);
        trace->passes[{}].attention[{SiteKind::SelfAttention, 8}] = attention;
        for (const ViewKind kind : {ViewKind::Queries, ViewKind::Keys}) {
            const std::vector<float> numbers =
                (kind == ViewKind::Keys ? attention.key : attention.query).all();
            std::vector<float> rows;
            for (size_t token = 0; token < 12; ++token)
                for (size_t head = 0; head < 2; ++head)
                    for (size_t f = 0; f < 3; ++f)
                        rows.push_back(numbers[(head * 12 + token) * 3 + f]);
            const PrincipalComponents plain = fitComponents(rows, 6);
            const Seen seen = see({.kind = kind}, {.trace = trace});
            QVERIFY(farthest(seen.maps.at(0).values, project(plain, rows)) < 1e-5);
            QCOMPARE(seen.numbers.at("components of up 2.1").shape, (std::vector<int64_t> {3, 6}));
        }
    }

    void rowsOfAttentionAreFittedAlone()
    {
        auto trace = std::make_shared<StepTrace>();
        const AttentionTrace attention = randomAttention(3, 4, 2, 3, 1);
        trace->passes[{}].attention[{SiteKind::SelfAttention, 8}] = attention;
        trace->passes[{.source = true}].attention[{SiteKind::SelfAttention, 8}] =
            randomAttention(3, 4, 2, 3, 2);
        QVERIFY(fitted({.kind = ViewKind::AttentionRows}, {1, [&](int) { return trace; }}).empty());
        std::vector<float> rows;
        const auto p = plainMatrix(attention, 0), q = plainMatrix(attention, 1);
        for (size_t i = 0; i < 12; ++i) {
            rows.insert(rows.end(), p[i].begin(), p[i].end());
            rows.insert(rows.end(), q[i].begin(), q[i].end());
        }
        const Seen seen = see({.kind = ViewKind::AttentionRows}, {.trace = trace});
        QVERIFY(farthest(seen.maps.at(0).values, project(fitComponents(rows, 24), rows)) < 1e-4);
    }
};

QTEST_APPLESS_MAIN(ComponentsTest)
#include "tst_components.moc"
