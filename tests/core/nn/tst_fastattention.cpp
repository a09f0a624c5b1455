// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/fastpaths.h"

#include "core/nn/kernels/kernels.h"
#include "core/nn/layers.h"
#include "tests/plainly.h"
#include "tests/tiles.h"
#include "tests/wideunet.h"

#include <ATen/native/CPUBlas.h>

#include <QTest>

#include <atomic>
#include <stdexcept>

namespace {

/// As oneDNN does it where it has no bf16.
void multiplyInFloats(
    const kernels::TileProduct& p, const kernels::BFloat16* a, const kernels::BFloat16* b, float* c)
{
    std::vector<float> rows(size_t(p.rows * p.aStride)), columns(size_t(p.k * p.bStride));
    for (size_t i = 0; i < rows.size(); ++i)
        rows[i] = numberOf(a[i]);
    for (int64_t i = 0; i < p.k * p.bStride; ++i)
        columns[size_t((i / 2 / p.bStride * 2 + i % 2) * p.bStride + i / 2 % p.bStride)] =
            numberOf(b[i]);
    at::native::cpublas::brgemm(
        p.rows, p.columns, p.k, p.aStride, p.bStride, p.cStride, p.adds, rows.data(),
        columns.data(), c, false);
}

} // namespace

/// On this processor as it is; ctest runs it with narrower instruction sets as well.
class FastAttentionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { at::manual_seed(3); }

    void attentionIsThePlainOne_data()
    {
        QTest::addColumn<int>("queries");
        QTest::addColumn<int>("keys");
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("valueWidth");
        QTest::newRow("of the first level") << 130 << 130 << 40 << 40;
        QTest::newRow("to a text") << 100 << 77 << 80 << 80;
        QTest::newRow("shared by three") << 96 << 96 << 160 << 480;
        QTest::newRow("of an autoencoder") << 49 << 260 << 512 << 512;
        QTest::newRow("narrow values") << 7 << 1000 << 24 << 3;
        QTest::newRow("one key") << 5 << 1 << 64 << 64;
    }

    void attentionIsThePlainOne()
    {
        QFETCH(int, queries);
        QFETCH(int, keys);
        QFETCH(int, width);
        QFETCH(int, valueWidth);
        // Tokens lie as linear layers give them, heads beside each other; the scores are wide.
        const Tensor q = splitHeads(at::randn({2, queries, 3 * width}) * 4, 3);
        const Tensor k = splitHeads(at::randn({2, keys, 3 * width}), 3);
        const Tensor v = splitHeads(at::randn({2, keys, 3 * valueWidth}), 3);
        const double scale = 1 / std::sqrt(double(width));
        const Tensor scores =
            at::matmul(q.to(at::kDouble), k.to(at::kDouble).transpose(-1, -2)) * scale;
        const Tensor right = at::matmul(scores.softmax(-1), v.to(at::kDouble));
        QVERIFY(difference(attention(q, k, v, scale), right) < 5e-5);
        const PartialAttention part = partialAttention(q, k, v, scale);
        QVERIFY(difference(part.output, right) < 5e-5);
        const Tensor sums = scores.logsumexp(-1);
        QVERIFY((part.logSum - sums).abs().max().item<double>() < 1e-4);
        QCOMPARE(fastAttention(q, k, v, scale).defined(), kernels::best() != nullptr);
        // One key for all items, as an expanded tensor.
        const Tensor one = k.narrow(0, 0, 1).expand({2, -1, -1, -1});
        const auto shared = [&] { return attention(q, one, v, scale); };
        QVERIFY(difference(shared(), plainly(shared)) < 5e-5);
    }

    void attentionInBFloat16IsThePlainOne_data() { attentionIsThePlainOne_data(); }

    /// Whoever multiplies the tiles; what comes out is rounded to eight bits, half of a 256th.
    void attentionInBFloat16IsThePlainOne()
    {
        QFETCH(int, queries);
        QFETCH(int, keys);
        QFETCH(int, width);
        QFETCH(int, valueWidth);
        const Tensor q = splitHeads(half(at::randn({2, queries, 3 * width}) * 4), 3);
        const Tensor k = splitHeads(half(at::randn({2, keys, 3 * width})), 3);
        const Tensor v = splitHeads(half(at::randn({2, keys, 3 * valueWidth})), 3);
        const double scale = 1 / std::sqrt(double(width));
        const Tensor scores =
            at::matmul(q.to(at::kDouble), k.to(at::kDouble).transpose(-1, -2)) * scale;
        const Tensor right = at::matmul(scores.softmax(-1), v.to(at::kDouble));
        const auto isRight = [&] {
            const PartialAttention part = partialAttention(q, k, v, scale);
            const Tensor sums = scores.logsumexp(-1), y = attention(q, k, v, scale);
            return y.scalar_type() == at::kBFloat16 && difference(y, right) < .04
                && part.output.equal(y) && part.logSum.scalar_type() == at::kFloat
                && (part.logSum - sums).abs().max().item<double>() < 1e-4;
        };
        for (const auto multiply : {multiplyByLoops, multiplyInFloats}) {
            const TilesBy tiles(multiply);
            QCOMPARE(fastAttention(q, k, v, scale).defined(), kernels::best() != nullptr);
            if (kernels::best())
                QVERIFY(isRight());
        }
        if (fastAttention(q, k, v, scale).defined()) // this processor can
            QVERIFY(isRight());
        else if (width == valueWidth) // libtorch's has no others
            QVERIFY(difference(attention(q, k, v, scale), right) < .04);
    }

    void tilesThatAreNotRightAreNotTaken()
    {
        const Tensor x = half(at::randn({1, 2, 30, 16}));
        const auto isTaken = [&] { return fastAttention(x, x, x, 1).defined(); };
        {
            const TilesBy tiles([](const auto& p, const auto* a, const auto* b, float* c) {
                multiplyByLoops(p, a, b, c);
                c[p.cStride + p.columns - 1] += 1;
            });
            QVERIFY(!isTaken());
        }
        {
            const TilesBy tiles([](const auto& p, const auto* a, const auto* b, float* c) {
                multiplyByLoops(p, a, b, c);
                if (p.cStride > p.columns)
                    c[p.columns] = 0; // is not of the tile
            });
            QVERIFY(!isTaken());
        }
        {
            const TilesBy tiles([](const auto&, const auto*, const auto*, float*) {
                throw std::runtime_error("could not generate a kernel");
            });
            QVERIFY(!isTaken());
            QVERIFY(difference(attention(x, x, x, .25), attention(x, x, x, .25)) == 0);
        }
    }

    void eachTaskGivesItsTilesBack()
    {
        if (!kernels::best())
            QSKIP("there is no attention of ours");
        static thread_local bool holds = false;
        static std::atomic<int> times = 0, without = 0;
        const TilesBy tiles(
            [](const auto& p, const auto* a, const auto* b, float* c) {
                holds = true;
                multiplyByLoops(p, a, b, c);
            },
            [] {
                ++(holds ? times : without);
                holds = false;
            });
        const Tensor x = half(at::randn({1, 4, 200, 16}));
        at::set_num_threads(3);
        attention(x, x, x, .25);
        at::set_num_threads(1);
        QVERIFY(times >= 4 * 4);
        QCOMPARE(int(without), 0);
        QVERIFY(!holds);
    }

    /// Scores of a size whose exponentials have no number.
    void largeScoresDoNotOverflow()
    {
        const Tensor q = at::full({1, 1, 3, 16}, 100.), k = at::randn({1, 1, 70, 16}) * 100;
        const Tensor v = at::randn({1, 1, 70, 16});
        const auto made = [&] { return attention(q, k, v, 1); };
        QVERIFY(at::isfinite(made()).all().item<bool>());
        QVERIFY(difference(made(), plainly(made)) < 1e-5);
    }
};

QTEST_GUILESS_MAIN(FastAttentionTest)
#include "tst_fastattention.moc"
