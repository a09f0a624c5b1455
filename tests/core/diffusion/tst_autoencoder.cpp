// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/autoencoder.h"
#include "core/errors.h"
#include "tests/goldens.h"

#include <QTest>

namespace {

struct Network
{
    Golden golden {"vae-sd1"};
    AutoencoderConfig config = autoencoderConfigFromJson(golden.text("config.json"), "config.json");
    Weights::Dict dict = golden.tensors("weights.safetensors");

    Weights weights(at::ScalarType type = at::kFloat) const
    {
        Weights::Dict converted;
        for (const auto& [name, tensor] : dict)
            converted[name] = tensor.to(type);
        return Weights(converted, "vae");
    }
};

/// What the refusal of a configuration says; empty: it is taken.
std::string refusal(const std::string& json)
{
    try {
        autoencoderConfigFromJson(json, "vae/config.json");
        return {};
    } catch (const Error& error) {
        return error.what();
    }
}

} // namespace

class AutoencoderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void itComputesWhatTheReferenceComputes()
    {
        Network network;
        Golden& golden = network.golden;
        const Weights w = network.weights();
        std::vector<std::pair<std::string, Tensor>> modules;
        const Watch watch = [&](std::string_view module, const Tensor& x) {
            modules.push_back({"block:" + std::string(module), x});
        };
        const Posterior posterior = encode(network.config, w, golden.inputs.at("image"), watch);
        const Tensor sample = posterior.sample(golden.inputs.at("noise"));
        COMPARE_GOLDEN(golden, "moments", posterior.moments);
        COMPARE_GOLDEN(golden, "mean", posterior.mean);
        COMPARE_GOLDEN(golden, "logvar", posterior.logVariance);
        COMPARE_GOLDEN(golden, "sample", sample);
        COMPARE_GOLDEN(golden, "sample_scaled", sample * network.config.scalingFactor);
        const Tensor z = golden.inputs.at("z");
        const Tensor scaled = z * 0.3 / network.config.scalingFactor;
        COMPARE_GOLDEN(golden, "decoded_scaled", decode(network.config, w, scaled, watch));
        for (const auto& [module, x] : modules)
            COMPARE_GOLDEN(golden, module, x);
        QCOMPARE(golden.unchecked(), std::string());
    }

    void theLogarithmOfTheVarianceIsClamped()
    {
        Network network;
        network.dict["quant_conv.bias"].slice(0, 4, 6).fill_(-1e3);
        network.dict["quant_conv.bias"].slice(0, 6, 8).fill_(1e3);
        const Posterior posterior =
            encode(network.config, network.weights(), network.golden.inputs.at("image"));
        QCOMPARE(posterior.logVariance.min().item<float>(), -30.f);
        QCOMPARE(posterior.logVariance.max().item<float>(), 20.f);
        QVERIFY(posterior.moments.min().item<float>() < -900);
    }

    void withoutQuantisationTheirConvolutionsAreNotAskedFor()
    {
        Network network;
        for (const char* layer : {"quant_conv", "post_quant_conv"})
            for (const char* part : {".weight", ".bias"})
                network.dict.erase(std::string(layer) + part);
        const Tensor image = network.golden.inputs.at("image"), z = network.golden.inputs.at("z");
        QVERIFY_EXCEPTION_THROWN(encode(network.config, network.weights(), image), Error);
        QVERIFY_EXCEPTION_THROWN(decode(network.config, network.weights(), z), Error);
        network.config.quantConv = network.config.postQuantConv = false;
        Tensor out;
        const Watch watch = [&](std::string_view module, const Tensor& x) {
            if (module == "encoder.conv_out")
                out = x;
        };
        QVERIFY(encode(network.config, network.weights(), image, watch).moments.equal(out));
        QCOMPARE(decode(network.config, network.weights(), z).sizes().vec(), image.sizes().vec());
    }

    void halfPrecisionComesClose()
    {
        const Network network;
        const Tensor z = network.golden.inputs.at("z") * 0.3 / network.config.scalingFactor;
        const Tensor image = decode(network.config, network.weights(at::kBFloat16), z);
        QCOMPARE(image.scalar_type(), at::kFloat);
        const Tensor error = (image - network.golden.outputs.at("decoded_scaled")).abs();
        QVERIFY(error.max().item<double>() > 1e-4);
        QVERIFY(error.mean().item<double>() < 0.05);
    }

    void aResultThatOverflowsIsComputedAgainInFloat()
    {
        Network network;
        // Features beyond the largest fp16 number, which the next norm would bring back.
        for (const char* part : {"weight", "bias"})
            network.dict[std::string("decoder.conv_in.") + part] *= 3e4;
        const Tensor z = network.golden.inputs.at("z");
        std::vector<bool> finite;
        const Watch watch = [&](std::string_view module, const Tensor& x) {
            if (module == "decoder.conv_out")
                finite.push_back(at::isfinite(x).all().item<bool>());
        };
        bool again = false;
        const Tensor image = decode(network.config, network.weights(at::kHalf), z, watch, &again);
        QVERIFY(again);
        QCOMPARE(finite, (std::vector<bool> {false, true}));
        QVERIFY(at::isfinite(image).all().item<bool>());
        again = false;
        const Tensor exact = decode(network.config, network.weights(), z, {}, &again);
        QVERIFY(!again);
        QVERIFY((image - exact).abs().max().item<double>() < 0.05);
    }

    void alsoAPosteriorThatOverflowsIsComputedAgainInFloat()
    {
        Network network;
        for (const char* part : {"weight", "bias"})
            network.dict[std::string("encoder.conv_in.") + part] *= 3e4;
        const Tensor image = network.golden.inputs.at("image");
        int passes = 0;
        const Watch watch = [&](std::string_view module, const Tensor&) {
            passes += module == "encoder.conv_out";
        };
        bool again = false;
        const Posterior made =
            encode(network.config, network.weights(at::kHalf), image, watch, &again);
        QVERIFY(again);
        QCOMPARE(passes, 2);
        QVERIFY(at::isfinite(made.moments).all().item<bool>());
        again = false;
        const Posterior exact = encode(network.config, network.weights(), image, {}, &again);
        QVERIFY(!again);
        QVERIFY((made.mean - exact.mean).abs().max().item<double>() < 0.05);
    }

    void absentKeysTakeTheClassDefaults()
    {
        const AutoencoderConfig config = autoencoderConfigFromJson("{}", "config.json");
        QCOMPARE(config.blockChannels, std::vector<int> {64});
        QCOMPARE(config.layersPerBlock, 1);
        QCOMPARE(config.latentChannels, 4);
        QCOMPARE(config.groups, 32);
        QCOMPARE(config.scalingFactor, 0.18215);
        QVERIFY(config.quantConv && config.postQuantConv);
    }

    void whatIsNotSupportedIsRefusedByKey_data()
    {
        QTest::addColumn<QString>("json");
        QTest::addColumn<QString>("key");
        QTest::newRow("shift") << R"({"shift_factor": 0.1159})"
                               << "shift_factor";
        QTest::newRow("latent") << R"({"latent_channels": 16})"
                                << "latent_channels";
        QTest::newRow("means") << R"({"latents_mean": [0.1]})"
                               << "latents_mean";
        QTest::newRow("blocks") << R"({"down_block_types": ["AttnDownEncoderBlock2D"]})"
                                << "down_block_types";
        QTest::newRow("attention") << R"({"mid_block_add_attention": false})"
                                   << "mid_block_add_attention";
        QTest::newRow("groups") << R"({"norm_num_groups": 48})"
                                << "norm_num_groups";
        QTest::newRow("scale") << R"({"scaling_factor": 0})"
                               << "scaling_factor";
        QTest::newRow("channels") << R"({"block_out_channels": [64, -1]})"
                                  << "block_out_channels";
        QTest::newRow("type") << R"({"layers_per_block": "2"})"
                              << "layers_per_block";
    }

    void whatIsNotSupportedIsRefusedByKey()
    {
        QFETCH(QString, json);
        QFETCH(QString, key);
        const std::string text = refusal(json.toStdString());
        QVERIFY2(text.find(" for " + key.toStdString() + ",") != text.npos, text.c_str());
        QVERIFY2(text.starts_with("The file vae/config.json "), text.c_str());
    }
};

QTEST_GUILESS_MAIN(AutoencoderTest)
#include "tst_autoencoder.moc"
