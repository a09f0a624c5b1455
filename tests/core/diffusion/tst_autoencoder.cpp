// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/autoencoder.h"
#include "core/errors.h"
#include "core/nn/weights.h"
#include "tests/goldens.h"

#include <QTest>

namespace {

const AutoencoderConfig& config()
{
    static const AutoencoderConfig c =
        autoencoderConfigFromJson(Golden("vae-sd1").text("config.json"), "config.json");
    return c;
}

} // namespace

class AutoencoderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agreesWithTheReference()
    {
        Golden golden("vae-sd1");
        const Weights w(golden.tensors("weights.safetensors"), "vae");
        const auto compare = [&](const std::string& name, const Tensor& x) {
            const std::string problem = golden.problem(name, x);
            QVERIFY2(problem.empty(), problem.c_str());
        };
        const Watch watch = [&](std::string_view module, const Tensor& x) {
            compare("block:" + std::string(module), x);
        };
        const Posterior posterior = encode(config(), w, golden.inputs.at("image"), watch);
        compare("moments", posterior.moments);
        compare("mean", posterior.mean);
        compare("logvar", posterior.logVariance);
        const Tensor sample = posterior.sample(golden.inputs.at("noise"));
        compare("sample", sample);
        compare("sample_scaled", sample * 0.18215);
        const Tensor z = golden.inputs.at("z");
        compare("decoded", decode(config(), w, z));
        compare("decoded_scaled", decode(config(), w, z * 0.3 / 0.18215, watch));
        QCOMPARE(golden.unchecked(), std::string());
    }

    void anOverflowInHalfPrecisionIsComputedAgain()
    {
        Golden golden("vae-sd1");
        Weights::Dict dict;
        for (const auto& [name, tensor] : golden.tensors("weights.safetensors"))
            dict[name] = tensor.to(at::kHalf);
        // Beyond half precision's 65504 on the way, brought back by the norm that follows.
        dict.at("decoder.up_blocks.0.resnets.0.conv1.weight").mul_(3e4);
        const Tensor image =
            decode(config(), Weights(std::move(dict), "vae"), golden.inputs.at("z"));
        QVERIFY(image.isfinite().all().item<bool>());
    }

    void absentKeysTakeTheClassDefaults()
    {
        const AutoencoderConfig c = autoencoderConfigFromJson("{}", "config.json");
        QCOMPARE(c.blockChannels, std::vector<int> {64});
        QCOMPARE(c.layersPerBlock, 1);
        QCOMPARE(c.scalingFactor, 0.18215);
        QVERIFY_EXCEPTION_THROWN(
            autoencoderConfigFromJson(R"({"latent_channels": 16})", ""), Error);
        QVERIFY_EXCEPTION_THROWN(autoencoderConfigFromJson(R"({"scaling_factor": 0})", ""), Error);
    }
};

QTEST_GUILESS_MAIN(AutoencoderTest)
#include "tst_autoencoder.moc"
