// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/fastpaths.h"
#include "core/nn/layers.h"
#include "plugins/analogist/attention.h"
#include "tests/tiles.h"

#include <QTest>

#include <ATen/ops/randn.h>

namespace {

double difference(const Tensor& a, const Tensor& b)
{
    return (a - b).abs().max().item<double>();
}

/// The row-major token indices of a cell in a grid of side r, as the original's table has them.
std::vector<int64_t> tokens(int r, Cell cell)
{
    std::vector<int64_t> indices;
    for (int y = 0; y < r / 2; ++y)
        for (int x = 0; x < r / 2; ++x)
            indices.push_back((y + cell / 2 * r / 2) * r + x + cell % 2 * r / 2);
    return indices;
}

Tensor plainAttention(const Tensor& q, const Tensor& k, const Tensor& v, bool cloned, bool masked)
{
    const Tensor scores = (q.matmul(k.transpose(-1, -2)) * 0.3).flatten(0, 1).contiguous();
    Tensor s = scores;
    if (cloned)
        cloneScores(s, 1.3);
    Tensor p = s.softmax(-1);
    if (masked)
        maskProbabilities(p);
    return p.matmul(v.flatten(0, 1)).unflatten(0, {q.size(0), q.size(1)});
}

} // namespace

class AttentionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void partsAreTheQuadrants()
    {
        const Tensor x = at::arange(64).reshape({1, 64});
        for (const Cell cell : {A, APrime, B, BPrime}) {
            const auto expected = tokens(8, cell);
            const Tensor found = part(x, 1, cell).reshape({16});
            for (int i = 0; i < 16; ++i)
                QCOMPARE(found[i].item<int64_t>(), expected[i]);
        }
    }

    void cloningChangesTheTwoBlocksAndNothingElse()
    {
        const Tensor before = at::randn({2, 64, 64});
        Tensor after = before.clone();
        cloneScores(after, 1.3);
        const auto a = tokens(8, A), a1 = tokens(8, APrime), b = tokens(8, B),
                   b1 = tokens(8, BPrime);
        Tensor expected = before.clone();
        for (int h = 0; h < 2; ++h)
            for (int i = 0; i < 16; ++i)
                for (int j = 0; j < 16; ++j) {
                    expected[h][a1[i]][b1[j]] = before[h][a[i]][b[j]] * 1.3;
                    expected[h][b1[j]][a1[i]] = before[h][b[j]][a[i]] * 1.3;
                }
        QVERIFY(after.equal(expected));
        QCOMPARE((after != before).sum().item<int64_t>(), int64_t(2 * 2 * 16 * 16));
    }

    void maskingLeavesOnlyTheAnswer()
    {
        Tensor p = at::ones({1, 64, 5});
        maskProbabilities(p);
        QCOMPARE(p.sum().item<double>(), 16. * 5);
        QCOMPARE(part(p, 1, BPrime).sum().item<double>(), 16. * 5);
    }

    void cloningWithoutTheMatrixIsTheSame_data()
    {
        QTest::addColumn<int>("side");
        for (const int side : {2, 4, 8, 16, 24, 32})
            QTest::addRow("%d x %d tokens", side, side) << side;
    }

    void cloningWithoutTheMatrixIsTheSame()
    {
        QFETCH(int, side);
        const std::vector<int64_t> shape {2, 3, int64_t(side) * side, 8};
        const Tensor q = at::randn(shape) * 2, k = at::randn(shape) * 2, v = at::randn(shape);
        const Tensor right = plainAttention(q, k, v, true, false);
        QVERIFY(difference(clonedAttention(q, k, v, 0.3, 1.3), right) < 1e-5);
        fastPaths().attention = false; // as where no kernel of ours takes it
        QVERIFY(difference(clonedAttention(q, k, v, 0.3, 1.3), right) < 1e-5);
        fastPaths().attention = true;
    }

    void cloningInBFloat16IsTheSame_data() { cloningWithoutTheMatrixIsTheSame_data(); }

    /// Rounded to eight bits: by our kernel once, by libtorch's before it is merged, too.
    void cloningInBFloat16IsTheSame()
    {
        QFETCH(int, side);
        const auto half = [](const Tensor& x) { return x.to(at::kBFloat16); };
        const std::vector<int64_t> shape {2, 3, int64_t(side) * side, 8};
        const Tensor q = half(at::randn(shape) * 2), k = half(at::randn(shape) * 2),
                     v = half(at::randn(shape));
        const auto exact = [](const Tensor& x) { return x.to(at::kFloat); };
        const Tensor right = plainAttention(exact(q), exact(k), exact(v), true, false);
        const auto cloned = [&] { return exact(clonedAttention(q, k, v, 0.3, 1.3)); };
        {
            const TilesBy tiles(multiplyByLoops);
            QVERIFY(difference(cloned(), right) < .02);
        }
        QVERIFY(difference(cloned(), right) < .02); // as this processor does it
        fastPaths().attention = false;
        QVERIFY(difference(cloned(), right) < .03);
        fastPaths().attention = true;
    }

    void maskingWithoutTheMatrixIsTheSame()
    {
        const Tensor q = at::randn({2, 3, 64, 8}), k = at::randn({2, 3, 77, 8});
        const Tensor v = at::randn({2, 3, 77, 8});
        QVERIFY(
            difference(maskedAttention(q, k, v, 0.3), plainAttention(q, k, v, false, true)) < 1e-5);
    }

    void cloningCostsNoMoreThanPlainAttention()
    {
        const Tensor x = at::randn({2, 2, 1024, 16});
        resetMultiplyAdds();
        attention(x, x, x, 0.25);
        const int64_t plain = multiplyAdds();
        resetMultiplyAdds();
        clonedAttention(x, x, x, 0.25, 1.3);
        QCOMPARE(multiplyAdds(), plain);
    }

    void offIsNoTapAtAll()
    {
        const Site self {.kind = Site::SelfAttention, .layer = 5};
        const Site cross {.kind = Site::CrossAttention, .layer = 5};
        const Taps none = analogistTaps({.cloning = {}, .masking = {}}, true);
        QVERIFY(!none.wantsMatrix(self) && !none.wantsMatrix(cross));
        const Taps quick = analogistTaps({.cloning = {}}, false);
        QVERIFY(!quick.attend(self));
        QVERIFY(quick.attend(cross));
    }

    void layersAndStepsAreHalfOpen()
    {
        const Taps taps = analogistTaps({.cloningSteps = {2, 5}}, true);
        for (int layer = 0; layer < 16; ++layer)
            for (int step = 0; step < 7; ++step)
                QCOMPARE(
                    taps.wantsMatrix({.kind = Site::SelfAttention, .layer = layer, .step = step}),
                    layer >= 3 && layer < 11 && step >= 2 && step < 5);
    }
};

QTEST_GUILESS_MAIN(AttentionTest)
#include "tst_attention.moc"
