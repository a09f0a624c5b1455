// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/fastpaths.h"
#include "core/nn/kernels/kernels.h"
#include "core/nn/layers.h"
#include "tests/plainly.h"
#include "tests/wideunet.h"

#include <QTest>

namespace {

Tensor exactly(const Tensor& x)
{
    return x.to(at::kDouble);
}

/// Whether it is what the sum in double precision gives, rounded once: to eight bits, which is up
/// to .0039 of the number. Sums of both signs have an error of their own.
bool isRounded(const Tensor& is, const Tensor& right, double ofSums = 1e-4)
{
    if (is.scalar_type() != at::kBFloat16 || is.sizes() != right.sizes())
        return false;
    const Tensor most = right.abs() * .00391 + ofSums * right.std();
    return (exactly(is) - right).abs().le(most).all().item<bool>();
}

/// The same from the middle of a word on.
Tensor moved(const Tensor& x)
{
    const Tensor all = at::zeros({x.numel() + 1}, x.options());
    const Tensor y = all.as_strided(x.sizes(), x.strides(), 1);
    y.copy_(x);
    return y;
}

} // namespace

/// Layers in bf16, on this processor as it is; ctest runs it with narrower instruction sets as
/// well, where pairs of numbers are multiplied one after the other.
class HalfLayersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        at::manual_seed(3);
        if (!kernels::best())
            QSKIP("this processor has no kernels of ours");
    }

    void linearLayersAreRoundedOnce_data()
    {
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("inputs");
        QTest::addColumn<int>("outputs");
        QTest::newRow("whole panels") << 96 << 64 << 128;
        QTest::newRow("a rest of everything") << 53 << 38 << 83;
        QTest::newRow("several blocks of rows") << 1001 << 48 << 20;
        QTest::newRow("few rows") << 3 << 64 << 64;
    }

    void linearLayersAreRoundedOnce()
    {
        QFETCH(int, rows);
        QFETCH(int, inputs);
        QFETCH(int, outputs);
        const Tensor x = half(at::randn({1, rows, inputs})),
                     gated = half(at::randn({2 * outputs, inputs})),
                     gatedBias = half(at::randn({2 * outputs})),
                     added = half(at::randn({1, rows, outputs}));
        const Tensor weight = gated.narrow(0, outputs, outputs),
                     bias = gatedBias.narrow(0, outputs, outputs);
        const Tensor product = at::linear(exactly(x), exactly(weight));
        QVERIFY(isRounded(fastLinear(x, weight, {}, {}, false), product));
        QVERIFY(isRounded(
            fastLinear(x, weight, bias, added, false), product + exactly(bias) + exactly(added)));
        const Tensor both = at::linear(exactly(x), exactly(gated), exactly(gatedBias));
        const Tensor right = plainly([&] { return geglu(both); });
        QVERIFY(isRounded(fastLinear(x, gated, gatedBias, {}, true), right));
        QVERIFY(isRounded(fastLinear(moved(x), moved(weight), {}, {}, false), product));
    }

    void halfAWordIsLeftToLibtorch()
    {
        const Tensor x = half(at::randn({2, 37})), weight = half(at::randn({16, 37}));
        QVERIFY(!fastLinear(x, weight, {}, {}, false).defined());
        QVERIFY(
            difference(linear(x, weight, Tensor()), exactly(x).matmul(exactly(weight).t())) < .03);
    }

    void convolutionsAreRoundedOnce_data()
    {
        QTest::addColumn<int>("height");
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("inputs");
        QTest::addColumn<int>("outputs");
        QTest::newRow("whole tiles") << 8 << 16 << 64 << 64;
        QTest::newRow("a rest of everything") << 9 << 6 << 112 << 80;
        QTest::newRow("several bands") << 50 << 70 << 16 << 32;
        QTest::newRow("an odd number of channels") << 33 << 21 << 9 << 16;
        QTest::newRow("to a picture's channels") << 20 << 18 << 32 << 3;
        QTest::newRow("odd numbers of channels") << 12 << 7 << 9 << 3;
        QTest::newRow("few pixels") << 4 << 4 << 32 << 320;
    }

    void convolutionsAreRoundedOnce()
    {
        QFETCH(int, height);
        QFETCH(int, width);
        QFETCH(int, inputs);
        QFETCH(int, outputs);
        const Tensor x = channelsLast(half(at::randn({3, inputs, height, width}))),
                     weight = half(at::randn({outputs, inputs, 3, 3})),
                     bias = half(at::randn({outputs}));
        const Tensor ordered = inOrder(weight);
        QVERIFY(ordered.equal(weight) && ordered.stride(0) == 1);
        for (const Convolution& how : std::vector<Convolution> {
                 {.padding = 1},
                 {.stride = 2, .padding = 1},
                 {.stride = 2, .paddingAfter = 1},
                 {.padding = 1, .doubled = true}}) {
            const Tensor right = plainly([&] {
                Convolution exact = how;
                exact.bias = exactly(bias);
                return conv2d(exactly(x), exactly(weight), exact);
            });
            const Tensor added = channelsLast(half(at::randn(right.sizes())));
            for (const Tensor& more : {Tensor(), added}) {
                Convolution with = how;
                with.bias = bias;
                with.added = more;
                const Tensor is = conv2d(x, ordered, with);
                QVERIFY(is.is_contiguous(at::MemoryFormat::ChannelsLast));
                QVERIFY(isRounded(is, more.defined() ? right + exactly(more) : right));
            }
        }
        for (const int64_t stride : {1, 2}) {
            const Window window = {
                .stride = stride,
                .before = 1,
                .height = (height - 1) / stride + 1,
                .width = (width - 1) / stride + 1};
            const Tensor is = fastConvolution(x, ordered, bias, {}, window);
            QVERIFY(is.defined());
            QVERIFY(is.equal(fastConvolution(moved(x), ordered, moved(bias), {}, window)));
        }
    }

    void aPixelsChannelsAreALinearLayer()
    {
        const Tensor x = channelsLast(half(at::randn({2, 48, 9, 7}))),
                     weight = half(at::randn({20, 48, 1, 1}));
        const Window window = {.height = 9, .width = 7};
        const Tensor is = fastConvolution(x, weight, {}, {}, window);
        QVERIFY(isRounded(
            is, plainly([&] { return conv2d(exactly(x), exactly(weight), Convolution()); })));
    }

    void channelsAreJoined()
    {
        const Tensor a = channelsLast(half(at::randn({2, 5, 17, 19}))),
                     b = channelsLast(half(at::randn({2, 8, 17, 19})));
        QVERIFY(fastJoin(a, b).equal(at::cat({a, b}, 1)));
        QVERIFY(!fastJoin(a, b.to(at::kFloat)).defined());
    }

    void aBatchAndThreadsChangeNoBit()
    {
        const Tensor x = channelsLast(half(at::randn({3, 64, 12, 20}))),
                     weight = inOrder(half(at::randn({64, 64, 3, 3}))),
                     rows = half(at::randn({80, 64}));
        const auto made = [&](const Tensor& in) {
            const Tensor h = conv2d(in, weight, {.padding = 1});
            return linear(h.permute({0, 2, 3, 1}), rows, Tensor());
        };
        const Tensor all = made(x);
        QVERIFY(made(x.narrow(0, 1, 1)).equal(all.narrow(0, 1, 1)));
        at::set_num_threads(3);
        const Tensor again = made(x);
        at::set_num_threads(1);
        QVERIFY(again.equal(all));
    }
};

QTEST_GUILESS_MAIN(HalfLayersTest)
#include "tst_halflayers.moc"
