// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/fastpaths.h"

#include "core/diffusion/autoencoder.h"
#include "core/nn/kernels/kernels.h"
#include "core/nn/layers.h"
#include "tests/wideunet.h"

#include <ATen/Version.h>

#include <QTest>

namespace {

/// While it lives, everything is computed by libtorch's operators.
struct Plainly
{
    const FastPaths before = fastPaths();
    Plainly() { fastPaths() = {false, false, false, false, false}; }
    ~Plainly() { fastPaths() = before; }
    Plainly(const Plainly&) = delete;
    Plainly& operator=(const Plainly&) = delete;
};

Tensor plainly(const std::function<Tensor()>& compute)
{
    const Plainly all;
    return compute();
}

Weights laidOut(Weights::Dict dict)
{
    for (auto& [name, tensor] : dict)
        tensor = inOrder(tensor, name);
    return Weights(std::move(dict));
}

} // namespace

/// On this processor as it is; ctest runs it with narrower instruction sets as well.
class FastPathsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { at::manual_seed(3); }

    void whatIsAllowedIsTaken()
    {
        const bool none = qgetenv("ATEN_CPU_CAPABILITY") == "default";
        const bool narrow = qgetenv("ATEN_CPU_CAPABILITY") == "avx2";
        if (none)
            QVERIFY(!kernels::best());
        if (narrow && kernels::best())
            QCOMPARE(kernels::best(), kernels::avx2());
        if (!none)
            QCOMPARE(
                kernels::best() != nullptr, at::get_cpu_capability() != std::string("DEFAULT"));
    }

    void linearLayersAreThePlainOnes_data()
    {
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("inputs");
        QTest::addColumn<int>("outputs");
        QTest::newRow("whole panels") << 96 << 64 << 128;
        QTest::newRow("a rest of everything") << 53 << 37 << 83;
        QTest::newRow("several blocks of rows") << 1001 << 48 << 20;
        QTest::newRow("few rows") << 3 << 64 << 64;
    }

    void linearLayersAreThePlainOnes()
    {
        QFETCH(int, rows);
        QFETCH(int, inputs);
        QFETCH(int, outputs);
        const Tensor x = at::randn({1, rows, inputs}), weight = at::randn({2 * outputs, inputs}),
                     bias = at::randn({2 * outputs}), added = at::randn({1, rows, outputs});
        const Weights biased({{"weight", weight}, {"bias", bias}}), bare({{"weight", weight}});
        const Tensor half = weight.narrow(0, 0, outputs), halfBias = bias.narrow(0, 0, outputs);
        for (const std::function<Tensor()>& compute : std::vector<std::function<Tensor()>> {
                 [&] { return linear(bare, x); }, [&] { return linear(biased, x); },
                 [&] { return linear(x, half, halfBias, added); },
                 [&] { return gatedLinear(biased, x); }, [&] { return gatedLinear(bare, x); }})
            QVERIFY(difference(compute(), plainly(compute)) < 1e-5);
        QCOMPARE(
            fastLinear(x, half, halfBias, added, false).defined(), kernels::best() && rows > 3);
    }

    void convolutionsAreThePlainOnes_data()
    {
        QTest::addColumn<int>("height");
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("inputs");
        QTest::addColumn<int>("outputs");
        QTest::newRow("whole tiles") << 8 << 16 << 64 << 64;
        QTest::newRow("a rest of everything") << 9 << 6 << 112 << 80;
        QTest::newRow("smaller than a tile") << 1 << 3 << 16 << 16;
        QTest::newRow("three vectors of outputs") << 5 << 5 << 48 << 176;
        QTest::newRow("several blocks of tiles") << 50 << 70 << 32 << 32;
    }

    /// Winograd's sums are rounded otherwise than the direct ones, and a little more.
    void convolutionsAreThePlainOnes()
    {
        QFETCH(int, height);
        QFETCH(int, width);
        QFETCH(int, inputs);
        QFETCH(int, outputs);
        const Tensor x = at::randn({3, inputs, height, width}), bias = at::randn({outputs}),
                     weight = at::randn({outputs, inputs, 3, 3}),
                     pixel = at::randn({outputs, inputs, 1, 1}),
                     added = at::randn({3, outputs, height, width});
        const Tensor ordered = inOrder(weight, "a.conv1.weight");
        QVERIFY(ordered.equal(weight));
        QVERIFY(inOrder(weight, "downsamplers.0.conv.weight").is_same(weight));
        for (const Tensor& in : {x, channelsLast(x)}) {
            const Tensor three = conv2d(in, ordered, {.bias = bias, .padding = 1, .added = added});
            const Tensor right = plainly([&] {
                return conv2d(
                    x.to(at::kDouble), weight.to(at::kDouble),
                    {.bias = bias.to(at::kDouble), .padding = 1, .added = added});
            });
            QVERIFY(difference(three, right) < 1e-5);
            const auto one = [&] { return conv2d(in, pixel, {.bias = bias, .added = added}); };
            QVERIFY(difference(one(), plainly(one)) < 1e-5);
            const auto halved = [&] {
                return conv2d(in, ordered, {.bias = bias, .stride = 2, .padding = 1});
            };
            QVERIFY(difference(halved(), plainly(halved)) < 1e-5);
        }
        QCOMPARE(
            fastConvolution(channelsLast(x), ordered, bias, added).defined(),
            kernels::best() != nullptr);
    }

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

    /// Scores of a size whose exponentials have no number.
    void largeScoresDoNotOverflow()
    {
        const Tensor q = at::full({1, 1, 3, 16}, 100.), k = at::randn({1, 1, 70, 16}) * 100;
        const Tensor v = at::randn({1, 1, 70, 16});
        const auto made = [&] { return attention(q, k, v, 1); };
        QVERIFY(at::isfinite(made()).all().item<bool>());
        QVERIFY(difference(made(), plainly(made)) < 1e-5);
    }

    void normsAreThePlainOnes_data()
    {
        QTest::addColumn<double>("mean");
        QTest::addColumn<double>("tolerance");
        QTest::newRow("of noise") << 0. << 1e-5;
        QTest::newRow("far from zero") << 1000. << 1e-3; // the last place of 1000 is 6e-5
    }

    void normsAreThePlainOnes()
    {
        QFETCH(double, mean);
        QFETCH(double, tolerance);
        if (!kernels::best() && mean != 0)
            QSKIP("libtorch's own norms are less exact with the channels last");
        const Tensor x = at::randn({2, 54, 13, 17}) + mean, shift = at::randn({1, 54});
        const Weights w({{"weight", at::randn({54})}, {"bias", at::randn({54})}});
        const Tensor last = channelsLast(x);
        const auto exact = [&](const Tensor& y) {
            const Tensor grouped = y.to(at::kDouble).reshape({2, 6, -1});
            const Tensor normed =
                ((grouped - grouped.mean(-1, true)) / (grouped.var(-1, false, true) + 1e-5).sqrt())
                    .reshape(y.sizes());
            return normed * w("weight").reshape({1, -1, 1, 1}) + w("bias").reshape({1, -1, 1, 1});
        };
        QVERIFY(difference(groupNorm(w, last, 6, 1e-5), exact(x)) < tolerance);
        QVERIFY(difference(groupNormSilu(w, last, 6, 1e-5), at::silu(exact(x))) < tolerance);
        const Tensor shifted = exact(x.to(at::kDouble) + shift.reshape({1, -1, 1, 1}));
        for (const Tensor& each : {shift, shift.expand({2, -1})})
            QVERIFY(
                difference(groupNormSilu(w, last, 6, 1e-5, each), at::silu(shifted)) < tolerance);
        QVERIFY(difference(groupNormSilu(w, x, 6, 1e-5, shift), at::silu(shifted)) < tolerance);
    }

    /// What a flat picture's features are: the same everywhere but at the border.
    void theVarianceOfFlatFeaturesIsExact()
    {
        if (!kernels::best())
            QSKIP("libtorch's own norms are less exact with the channels last");
        Tensor x = at::full({1, 16, 40, 40}, 1.3f);
        x.select(2, 0).fill_(.2f);
        x.narrow(2, 0, 1).narrow(3, 0, 1).fill_(-5.f); // a corner
        const Weights w({{"weight", at::ones({16})}, {"bias", at::zeros({16})}});
        const Tensor exact = x.to(at::kDouble);
        const Tensor inner = channelsLast(x.narrow(2, 1, 39)), all = channelsLast(x);
        const Tensor normed =
            (exact - exact.mean()) / (exact.flatten().var(0, false) + 1e-6).sqrt();
        QVERIFY(difference(groupNorm(w, all, 1, 1e-6), normed) < 1e-5);
        QVERIFY(groupNorm(w, inner, 1, 1e-6).abs().max().item<double>() < 1e-3);
    }

    void aWholeUNetIsThePlainOne()
    {
        const TinyUNet wide = wideUNet();
        const Weights fast = laidOut(wide.dict), plain = wide.weights();
        const Tensor x = at::randn({1, 4, 12, 20}), context = at::randn({2, 7, 24});
        const auto made = [&](const Weights& w) {
            return unet(wide.config, w, x, {.time = 300, .context = context});
        };
        const Tensor right = plainly([&] { return made(plain); });
        QVERIFY(difference(made(fast), right) < 1e-4);
        // Each by itself.
        for (int path = 0; path < 4; ++path) {
            const Plainly others;
            FastPaths& paths = fastPaths();
            (path == 0       ? paths.convolutions
                 : path == 1 ? paths.linears
                 : path == 2 ? paths.attention
                             : paths.norms) = true;
            QVERIFY(difference(made(fast), right) < 1e-4);
        }
    }

    void aBatchAndThreadsChangeNoBit()
    {
        if (!kernels::best())
            QSKIP("libtorch's own operators do not promise it");
        const TinyUNet wide = wideUNet();
        const Weights w = laidOut(wide.dict);
        const Tensor x = channelsLast(at::randn({3, 32, 12, 20}));
        const Weights block = w["down_blocks"][0]["resnets"][0];
        const auto made = [&](const Tensor& in) {
            return conv2d(block["conv1"], groupNormSilu(block["norm1"], in, 8, 1e-5), 1, 1);
        };
        const Tensor all = made(x);
        QVERIFY(made(channelsLast(x.narrow(0, 1, 1))).equal(all.narrow(0, 1, 1)));
        at::set_num_threads(3);
        const Tensor again = made(x);
        at::set_num_threads(1);
        QVERIFY(again.equal(all));
    }

    void anAutoencoderIsThePlainOne()
    {
        const AutoencoderConfig config {
            .blockChannels = {16, 32}, .layersPerBlock = 1, .groups = 8};
        Weights::Dict dict;
        for (const auto& [name, shape] : autoencoderShapes(config)) {
            const std::vector<int64_t> size = shape;
            const Tensor values = at::randn(size);
            dict[name] = size.size() == 1
                ? values * .1 + (name.ends_with(".weight") ? 1 : 0)
                : values / std::sqrt(double(c10::multiply_integers(size) / size[0]));
        }
        const Weights fast = laidOut(dict), plain(dict);
        const Tensor z = at::randn({1, 4, 9, 6}), image = at::randn({1, 3, 24, 16});
        QVERIFY(
            difference(decode(config, fast, z), plainly([&] { return decode(config, plain, z); }))
            < 1e-4);
        QVERIFY(
            difference(encode(config, fast, image).mean, plainly([&] {
                           return encode(config, plain, image).mean;
                       }))
            < 1e-4);
    }
};

QTEST_GUILESS_MAIN(FastPathsTest)
#include "tst_fastpaths.moc"
