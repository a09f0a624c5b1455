// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/inspect/curves.h"
#include "tests/randomtrace.h"

#include <QTest>

namespace {

/// Layers 3 and 5 of self-attention and 3 of cross-attention, with figures that tell where they
/// are from.
std::shared_ptr<StepTrace> stepOf(int step)
{
    auto trace = std::make_shared<StepTrace>();
    trace->step = step;
    PassTrace& pass = trace->passes[{}];
    pass.guidanceNorm = 10 + step;
    for (const int layer : {3, 5}) {
        AttentionTrace attention = randomAttention(2, 2, 1, 2, 1);
        attention.figures = {.entropy = layer + .1 * step, .rows = 4};
        for (int i = 0; i < 16; ++i)
            attention.figures.shares.push_back(float(layer * 100 + step * 20 + i));
        pass.attention[{SiteKind::SelfAttention, layer}] = attention;
    }
    pass.attention[{SiteKind::CrossAttention, 3}] = randomAttention(2, 2, 1, 2, 1, 7);
    pass.features[{SiteKind::ResidualBlock, 1}] = {.values = Numbers({1, 1, 1}, std::vector {1.f})};
    return trace;
}

using Steps = std::vector<std::shared_ptr<const StepTrace>>;

} // namespace

class CurvesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void entropyIsACurveALayerWithItsKeys()
    {
        const auto curves =
            entropyOverSteps({stepOf(0), nullptr, stepOf(2)}, SiteKind::SelfAttention, {});
        QCOMPARE(curves.size(), size_t(2));
        QCOMPARE(curves[1].x, (std::vector<double> {0, 2}));
        QCOMPARE(curves[1].y, (std::vector<double> {5, 5.2}));
        QCOMPARE(english(curves[1].label), "up 2.1, 4 keys");
        // No row that is not zero: no entropy.
        QVERIFY(entropyOverSteps({stepOf(0)}, SiteKind::CrossAttention, {}).empty());
        const Curve layers = entropyOverLayers(*stepOf(2), SiteKind::SelfAttention, {});
        QCOMPARE(layers.x, (std::vector<double> {3, 5}));
        QCOMPARE(layers.y, (std::vector<double> {3.2, 5.2}));
    }

    void sharesAreTheMeanOfTheLayersThatAreLookedAt()
    {
        const Steps steps {stepOf(0), stepOf(1)};
        const auto both = sharesOverSteps(steps, {.kind = ViewKind::Shares});
        QCOMPARE(both.size(), size_t(16));
        QCOMPARE(english(both[6].label), "A′ to B");
        QCOMPARE(both[6].x, (std::vector<double> {0, 1}));
        QCOMPARE(both[6].y, (std::vector<double> {406, 426}));
        const auto one = sharesOverSteps(steps, {.kind = ViewKind::Shares, .layers = {{5, 6}}});
        QCOMPARE(one[0].y, (std::vector<double> {500, 520}));
        const auto layers = sharesOverLayers(*steps[1], {.kind = ViewKind::Shares});
        QCOMPARE(layers[2].x, (std::vector<double> {3, 5}));
        QCOMPARE(layers[2].y, (std::vector<double> {322, 522}));
        QVERIFY(sharesOverSteps(steps, {.subject = {.candidate = 1}})[0].x.empty());
    }

    void whatCurvesNeedIsKeptWithoutTheRest()
    {
        const auto small = figuresOnly(*stepOf(2));
        QCOMPARE(small->step, 2);
        QVERIFY(small->passes.at({}).features.empty());
        const auto curves = entropyOverSteps({small}, SiteKind::SelfAttention, {});
        QCOMPARE(curves.at(0).y, std::vector<double> {3.2});
        QVERIFY(small->bytes() < stepOf(2)->bytes());
        QCOMPARE(small->bytes(), int64_t(2 * 16 * 4));
        QCOMPARE(guidanceOverSteps({small}, {}).y, std::vector<double> {12});
    }

    void guidanceAndLatentHaveALength()
    {
        const Steps steps {stepOf(0), nullptr, stepOf(4)};
        QCOMPARE(guidanceOverSteps(steps, {}).x, (std::vector<double> {0, 4}));
        QVERIFY(guidanceOverSteps(steps, {.candidate = 3}).x.empty());
        const Latent latent {.shape = {2, 1, 1, 2}, .values = {1, 1, 3, 4}};
        QCOMPARE(normOf(latent, 1), 5.);
        QVERIFY(std::isnan(normOf(latent, 2)));
    }

    void whatIsFarFromTheMedianStandsOut()
    {
        const auto out = standingOut({.50, .52, .49, .51, .9, .48, .1});
        QCOMPARE(out, (std::vector<bool> {false, false, false, false, true, false, true}));
        // 1.4826 times the median deviation 1, times 3.5, is 5.19.
        QCOMPARE(standingOut({-1, 0, 1, 5.1}, 3.5)[3], false);
        QCOMPARE(standingOut({0, -1, 1, -1, 1, 0, 5.2})[6], true);
        QCOMPARE(standingOut({0, -1, 1, -1, 1, 0, 5.1})[6], false);
        QCOMPARE(standingOut({1, 1, 1, 9}), std::vector<bool>(4));
        QVERIFY(standingOut({}).empty());
    }

    void aTableHasALineForEveryX()
    {
        const std::vector<Curve> curves = {
            {.label = std::string("a \"b\", c"), .x = {0, 2}, .y = {.1, 1e-9}},
            {.label = "d", .x = {1, 2}, .y = {-3, 4}}};
        QCOMPARE(
            toCsv("step", curves), "\"step\",\"a \"\"b\"\", c\",\"d\"\n0,0.1,\n1,,-3\n2,1e-09,4\n");
    }
};

QTEST_APPLESS_MAIN(CurvesTest)
#include "tst_curves.moc"
