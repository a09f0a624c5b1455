// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/fastpaths.h"

#include "core/diffusion/autoencoder.h"
#include "core/nn/kernels/kernels.h"
#include "core/nn/layers.h"
#include "tests/plainly.h"
#include "tests/tiles.h"
#include "tests/wideunet.h"

#include <ATen/Version.h>

#include <QTest>

namespace {

Weights laidOut(Weights::Dict dict)
{
    for (auto& [name, tensor] : dict)
        tensor = inOrder(tensor);
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
        if (qgetenv("ONEDNN_MAX_CPU_ISA") == "avx512_core")
            QVERIFY(!kernels::best() || kernels::best() != kernels::avx512bf16());
        if (!none)
            QCOMPARE(
                kernels::best() != nullptr, at::get_cpu_capability() != std::string("DEFAULT"));
    }

    void halfTypesOnAGpuHaveTheirChannelsLast()
    {
        const at::Device gpu("cuda");
        const auto last = at::MemoryFormat::ChannelsLast;
        QCOMPARE(activationFormat(gpu, at::kHalf), last);
        QCOMPARE(activationFormat(gpu, at::kBFloat16), last);
        QCOMPARE(activationFormat(gpu, at::kFloat), at::MemoryFormat::Contiguous);
        const Plainly all;
        QCOMPARE(activationFormat(gpu, at::kHalf), at::MemoryFormat::Contiguous);
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
        QCOMPARE(fastLinear(x, half, halfBias, added, false).defined(), kernels::best() != nullptr);
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
        QTest::newRow("several blocks of tiles") << 50 << 70 << 64 << 32;
        QTest::newRow("few channels, several bands") << 50 << 70 << 16 << 32;
        QTest::newRow("a picture's channels") << 33 << 21 << 3 << 16;
        QTest::newRow("to a picture's channels") << 20 << 18 << 32 << 3;
        QTest::newRow("few pixels") << 4 << 4 << 32 << 320;
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
        const Tensor ordered = inOrder(weight);
        QVERIFY(ordered.equal(weight));
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
            for (Convolution how : std::vector<Convolution> {
                     {.stride = 2, .padding = 1},
                     {.stride = 2, .paddingAfter = 1},
                     {.stride = 2, .padding = 1, .doubled = true},
                     {.padding = 1, .doubled = true}}) {
                if (how.paddingAfter > 0 && height + how.paddingAfter < 3)
                    continue;
                how.bias = bias;
                const Tensor is = conv2d(in, ordered, how);
                how.bias = bias.to(at::kDouble);
                const Tensor exact =
                    plainly([&] { return conv2d(x.to(at::kDouble), weight.to(at::kDouble), how); });
                QVERIFY(difference(is, exact) < 1e-4);
            }
        }
        for (const bool halves : {false, true}) {
            const int64_t to = halves ? 2 : 1;
            const Window window = {
                .stride = to,
                .before = 1,
                .height = (height - 1) / to + 1,
                .width = (width - 1) / to + 1};
            QCOMPARE(
                fastConvolution(channelsLast(x), ordered, bias, {}, window).defined(),
                kernels::best() != nullptr);
        }
    }

    void channelsAreJoined()
    {
        const Tensor a = at::randn({2, 5, 17, 19}), b = at::randn({2, 8, 17, 19});
        const Tensor right = at::cat({a, b}, 1);
        QVERIFY(joined(a, b).equal(right));
        QVERIFY(joined(channelsLast(a), channelsLast(b)).equal(right));
        QVERIFY(fastJoin(channelsLast(a), channelsLast(b)).defined());
        QVERIFY(!fastJoin(a, channelsLast(b)).defined());
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

    /// Statistics are of fp32, so only what comes out is rounded.
    void normsInBFloat16AreThePlainOnes()
    {
        const Tensor x = half(at::randn({2, 54, 13, 17}) + 3), shift = half(at::randn({1, 54}));
        const Weights w({{"weight", half(at::randn({54}))}, {"bias", half(at::randn({54}))}});
        const Weights exact(
            {{"weight", w("weight").to(at::kFloat)}, {"bias", w("bias").to(at::kFloat)}});
        const Tensor right = plainly(
            [&] { return groupNormSilu(exact, x.to(at::kFloat), 6, 1e-5, shift.to(at::kFloat)); });
        const Tensor is = groupNormSilu(w, channelsLast(x), 6, 1e-5, shift);
        QCOMPARE(is.scalar_type(), at::kBFloat16);
        if (!kernels::best())
            return;
        QVERIFY(is.is_contiguous(at::MemoryFormat::ChannelsLast));
        QVERIFY((is - right).abs().div(right.abs() + 1e-3).max().item<double>() < .0045);
        Tensor broken = channelsLast(x.clone());
        broken.select(1, 0).fill_(std::nan(""));
        QVERIFY(groupNorm(w, broken, 6, 1e-5).narrow(1, 0, 9).isnan().all().item<bool>());
        QVERIFY(!groupNorm(w, broken, 6, 1e-5).narrow(1, 9, 45).isnan().any().item<bool>());
    }

    void layerNormsAreThePlainOnes_data()
    {
        QTest::addColumn<int>("width");
        for (const int width : {1, 5, 40, 320})
            QTest::addRow("%d features", width) << width;
    }

    void layerNormsAreThePlainOnes()
    {
        QFETCH(int, width);
        const Tensor x = at::randn({2, 70, width}) * 2 + 30, weight = at::randn({width}),
                     bias = at::randn({width});
        const Weights w({{"weight", weight}, {"bias", bias}}),
            halves({{"weight", half(weight)}, {"bias", half(bias)}});
        const auto exact = [&](const Weights& of, const Tensor& from) {
            return plainly([&] {
                return at::layer_norm(
                    from.to(at::kDouble), {width}, of("weight").to(at::kDouble),
                    of("bias").to(at::kDouble), 1e-5);
            });
        };
        const Tensor right = exact(w, x), right16 = exact(halves, half(x));
        QVERIFY((layerNorm(w, x) - right).abs().max().item<double>() < 1e-4);
        const Tensor is = layerNorm(halves, half(x));
        QCOMPARE(is.scalar_type(), at::kBFloat16);
        QVERIFY((is - right16).abs().max().item<double>() < .04);
        const auto taken = [](const Tensor& y) {
            return y.defined() == (kernels::best() != nullptr);
        };
        QVERIFY(taken(fastLayerNorm(x, weight, bias, 1e-5)));
        QVERIFY(taken(fastLayerNorm(half(x), half(weight), half(bias), 1e-5)));
        const Tensor across = x.transpose(0, 1);
        QVERIFY((layerNorm(w, across) - right.transpose(0, 1)).abs().max().item<double>() < 1e-4);
    }

    /// Rounded once, not for the gates and again.
    void gatesInBFloat16AreThePlainOnes()
    {
        const Tensor x = half(at::randn({2, 19, 2 * 37}) * 3);
        const Tensor right = plainly([&] { return geglu(x.to(at::kDouble)); }), is = geglu(x);
        QCOMPARE(is.scalar_type(), at::kBFloat16);
        QVERIFY(difference(is, right) < .03);
        QCOMPARE(fastGate(x).defined(), kernels::best() != nullptr);
        if (kernels::best())
            QVERIFY((is - right).abs().div(right.abs() + 1e-3).max().item<double>() < .0045);
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

    /// Each layer is rounded to eight bits either way, and other roundings go through the network.
    void aWholeUNetInBFloat16IsThePlainOne()
    {
        const TinyUNet wide = wideUNet();
        Weights::Dict dict;
        for (const auto& [name, tensor] : wide.dict)
            dict[name] = inOrder(half(tensor));
        const Weights halves(dict);
        const Tensor x = at::randn({1, 4, 12, 20}), context = at::randn({2, 7, 24});
        const auto made = [&](const Weights& w) {
            return unet(wide.config, w, x, {.time = 300, .context = context});
        };
        const Tensor exact = plainly([&] { return made(wide.weights()); });
        QVERIFY(difference(plainly([&] { return made(halves); }), exact) < .15);
        for (const auto multiply : {multiplyByLoops, tileProducts().multiply}) {
            const TilesBy tiles(multiply, tileProducts().release);
            QVERIFY(difference(made(halves), exact) < .15);
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
