// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/errors.h"
#include "core/nn/layers.h"
#include "tests/failure.h"

#include <ATen/ops/randn.h>

#include <QTest>

#include <cmath>

namespace {

double distance(const Tensor& a, const Tensor& b)
{
    return (a.to(at::kDouble) - b.to(at::kDouble)).abs().max().item<double>();
}

/// softmax(q k^T scale) v in double, by its definition.
Tensor byDefinition(const Tensor& q, const Tensor& k, const Tensor& v, double scale)
{
    const Tensor scores =
        at::matmul(q.to(at::kDouble), k.to(at::kDouble).transpose(-1, -2)) * scale;
    return at::matmul(scores.softmax(-1), v.to(at::kDouble));
}

struct Heads
{
    Tensor q, k, v;
};

Heads heads(int queries, int keys, int d, int valueWidth, at::ScalarType type = at::kFloat)
{
    at::manual_seed(1);
    return {
        at::randn({2, 3, queries, d}).to(type), at::randn({2, 3, keys, d}).to(type),
        at::randn({2, 3, keys, valueWidth}).to(type)};
}

} // namespace

class LayersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void linearWorksWithAndWithoutBias()
    {
        const Tensor weight = at::tensor({1.f, 2.f, 3.f, 4.f}).reshape({2, 2});
        const Tensor x = at::tensor({1.f, 10.f}).reshape({1, 2});
        QVERIFY(linear(Weights({{"weight", weight}}), x)
                    .equal(at::tensor({21.f, 43.f}).reshape({1, 2})));
        const Weights biased({{"weight", weight}, {"bias", at::tensor({100.f, 200.f})}});
        QVERIFY(linear(biased, x).equal(at::tensor({121.f, 243.f}).reshape({1, 2})));
    }

    void aMissingWeightIsNamed()
    {
        QVERIFY_EXCEPTION_THROWN(linear(Weights()["conv_in"], at::ones({1, 1})), Error);
    }

    void pointwiseTakesBothRanks()
    {
        const Tensor weight = at::randn({5, 4}), bias = at::randn({5}), x = at::randn({2, 3, 4});
        const Tensor flat = pointwise(Weights({{"weight", weight}, {"bias", bias}}), x);
        const Weights w({{"weight", weight.reshape({5, 4, 1, 1})}, {"bias", bias}});
        QVERIFY(pointwise(w, x).equal(flat));
        const Tensor convolved = conv2d(w, x.transpose(1, 2).unsqueeze(-1));
        QVERIFY(distance(convolved.squeeze(-1).transpose(1, 2), flat) < 1e-6);
    }

    void convolutionHasStrideAndPadding()
    {
        const Weights w({{"weight", at::ones({1, 1, 3, 3})}});
        const Tensor y = conv2d(w, at::ones({1, 1, 4, 4}), 2, 1);
        QVERIFY(y.flatten().equal(at::tensor({4.f, 6.f, 6.f, 9.f})));
    }

    void normsHaveMeanZeroAndVarianceOne()
    {
        const Weights w({{"weight", at::full({8}, 2.)}, {"bias", at::full({8}, 3.)}});
        const Tensor x = at::randn({2, 8, 3, 3}) * 5 + 1;
        const Tensor grouped = ((groupNorm(w, x, 4, 0) - 3) / 2).reshape({2, 4, -1});
        QVERIFY(grouped.mean(-1).abs().max().item<double>() < 1e-5);
        QVERIFY(distance(grouped.square().mean(-1), at::ones({2, 4})) < 1e-5);
        QCOMPARE(
            failure([&] { groupNorm(w, x, 3, 0); }),
            std::string("The network has 8 channels at , which 3 groups do not divide: its file is "
                        "damaged or of a model that is not known."));
        const Tensor tokens = x.flatten(2).transpose(1, 2);
        const Tensor normed = (layerNorm(w, tokens) - 3) / 2;
        const Tensor mean = tokens.mean(-1, true), variance = tokens.var(-1, false, true);
        QVERIFY(distance(normed, (tokens - mean) / (variance + 1e-5).sqrt()) < 1e-5);
    }

    void theSecondHalfGates()
    {
        const Tensor y = geglu(at::tensor({2.f, 3.f, 0.f, 1.f}));
        QCOMPARE(y[0].item<float>(), 0.f);
        const double gate = 0.5 * (1 + std::erf(1 / std::sqrt(2.))); // Φ(1)
        QVERIFY(std::abs(y[1].item<double>() - 3 * gate) < 1e-6);
    }

    void headsAreSplitAndMerged()
    {
        const Tensor x = at::arange(24, at::kFloat).reshape({1, 3, 8});
        const Tensor split = splitHeads(x, 2);
        QCOMPARE(split.sizes().vec(), (std::vector<int64_t> {1, 2, 3, 4}));
        QCOMPARE(split[0][1][2][0].item<float>(), 20.f);
        QVERIFY(mergeHeads(split).equal(x));
    }

    void attentionFollowsItsDefinition()
    {
        const auto [q, k, v] = heads(7, 5, 8, 8);
        QVERIFY(distance(attention(q, k, v, 0.3), byDefinition(q, k, v, 0.3)) < 1e-6);
    }

    void theMatrixCanBeSeenAndChanged()
    {
        const auto [q, k, v] = heads(7, 5, 8, 8);
        Tensor scores, probabilities;
        const Tensor looked = attention(
            q, k, v, 0.3, [&](Tensor& s) { scores = s.clone(); },
            [&](Tensor& p) { probabilities = p.clone(); });
        QVERIFY(distance(looked, byDefinition(q, k, v, 0.3)) < 1e-6);
        QVERIFY(distance(scores[4], at::matmul(q[1][1], k[1][1].t()) * 0.3) < 1e-6);
        QVERIFY(distance(probabilities, scores.softmax(-1)) < 1e-6);
        const Tensor masked = attention(
            q, k, v, 0.3, [](Tensor&) {}, [](Tensor& p) { p[4].zero_(); });
        QCOMPARE(masked[1][1].abs().max().item<float>(), 0.f);
        QVERIFY(masked[0].equal(looked[0]));
    }

    void partsMergeToTheWhole_data()
    {
        QTest::addColumn<int>("type");
        QTest::addColumn<int>("queries");
        QTest::addColumn<int>("valueWidth"); // another than the keys': without the fused attention
        QTest::addColumn<double>("tolerance");
        QTest::newRow("fp32") << int(at::kFloat) << 100 << 8 << 1e-5;
        QTest::newRow("fp32, plain") << int(at::kFloat) << 100 << 6 << 1e-5;
        QTest::newRow("fp32, plain, several blocks") << int(at::kFloat) << 600 << 6 << 1e-5;
        QTest::newRow("bf16") << int(at::kBFloat16) << 100 << 8 << 0.03;
        QTest::newRow("bf16, plain") << int(at::kBFloat16) << 100 << 6 << 0.03;
    }

    void partsMergeToTheWhole()
    {
        QFETCH(int, type);
        QFETCH(int, queries);
        QFETCH(int, valueWidth);
        QFETCH(double, tolerance);
        const auto [q, k, v] = heads(queries, 90, 8, valueWidth, at::ScalarType(type));
        const PartialAttention a = partialAttention(q, k.narrow(2, 0, 30), v.narrow(2, 0, 30), 0.5);
        const PartialAttention b =
            partialAttention(q, k.narrow(2, 30, 60), v.narrow(2, 30, 60), 0.5);
        const Tensor merged = merge(a, b);
        QCOMPARE(merged.scalar_type(), at::ScalarType(type));
        QVERIFY(distance(merged, byDefinition(q, k, v, 0.5)) < tolerance);
    }

    void theLogSumIsOfTheScaledScores()
    {
        for (const int valueWidth : {8, 6}) {
            const auto [q, k, v] = heads(40, 30, 8, valueWidth);
            const PartialAttention part = partialAttention(q, k, v, 0.5);
            QCOMPARE(part.logSum.scalar_type(), at::kFloat);
            QCOMPARE(part.logSum.sizes().vec(), (std::vector<int64_t> {2, 3, 40}));
            const Tensor scores = at::matmul(q, k.transpose(-1, -2)) * 0.5;
            QVERIFY(distance(part.logSum, scores.logsumexp(-1)) < 1e-5);
        }
    }

    void farPartsDoNotOverflow()
    {
        auto [q, k, v] = heads(4, 6, 8, 8);
        k *= 300;
        const PartialAttention a = partialAttention(q, k.narrow(2, 0, 3), v.narrow(2, 0, 3), 1);
        const PartialAttention b = partialAttention(q, k.narrow(2, 3, 3), v.narrow(2, 3, 3), 1);
        QVERIFY(distance(merge(a, b), byDefinition(q, k, v, 1)) < 1e-5);
    }

    void viewsOfAnyStrideAreTaken()
    {
        const auto [q, k, v] = heads(7, 5, 8, 8);
        const auto strided = [](const Tensor& x) {
            return x.transpose(2, 3).contiguous().transpose(2, 3);
        };
        const PartialAttention part = partialAttention(strided(q), strided(k), strided(v), 0.3);
        QVERIFY(distance(part.output, byDefinition(q, k, v, 0.3)) < 1e-6);
        QVERIFY(distance(attention(strided(q), strided(k), strided(v), 0.3), part.output) < 1e-6);
    }

    void oneQueryServesTheValuesOfSeveralItems_data()
    {
        QTest::addColumn<int>("tokens");
        QTest::newRow("in one piece") << 30;
        QTest::newRow("in several") << 1200;
    }

    void oneQueryServesTheValuesOfSeveralItems()
    {
        QFETCH(int, tokens);
        const auto [q, k, v] = heads(tokens, tokens, 8, 8);
        const Tensor one = q.narrow(0, 0, 1), key = k.narrow(0, 0, 1);
        const Tensor shared = sharedAttention(one, key, v, 0.5);
        const auto forAll = [&](const Tensor& x) { return x.expand_as(v); };
        QVERIFY(distance(shared, byDefinition(forAll(one), forAll(key), v, 0.5)) < 1e-5);
    }

    void multiplyAddsAreCounted()
    {
        resetMultiplyAdds();
        linear(Weights({{"weight", at::ones({5, 4})}}), at::ones({2, 3, 4}));
        QCOMPARE(multiplyAdds(), int64_t(2 * 3 * 4 * 5));
        pointwise(Weights({{"weight", at::ones({5, 4, 1, 1})}}), at::ones({2, 3, 4}));
        QCOMPARE(multiplyAdds(), int64_t(2 * 2 * 3 * 4 * 5));
        resetMultiplyAdds();
        conv2d(Weights({{"weight", at::ones({7, 2, 3, 3})}}), at::ones({1, 2, 6, 6}), 2, 1);
        QCOMPARE(multiplyAdds(), int64_t(7 * 3 * 3 * 2 * 9));
        resetMultiplyAdds();
        const auto [q, k, v] = heads(7, 5, 8, 6);
        const int64_t each = 2 * 3 * 7 * 5 * (8 + 6);
        attention(q, k, v, 1);
        QCOMPARE(multiplyAdds(), each);
        partialAttention(q, k, v, 1);
        attention(
            q, k, v, 1, [](Tensor&) {}, [](Tensor&) {});
        QCOMPARE(multiplyAdds(), 3 * each);
    }
};

QTEST_GUILESS_MAIN(LayersTest)
#include "tst_layers.moc"
