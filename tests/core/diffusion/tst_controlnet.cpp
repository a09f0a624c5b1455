// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/controlnet.h"

#include "core/diffusion/autoencoder.h"
#include "core/errors.h"
#include "core/nn/layers.h"
#include "tests/failure.h"
#include "tests/goldens.h"
#include "tests/publishednames.h"
#include "tests/summary.h"
#include "tests/tinyunet.h"

#include <QTemporaryDir>
#include <QTest>

namespace {

/// The UNet and the ControlNet of a recorded run, filled by their published names.
struct Networks
{
    UNetConfig config = {
        .blockChannels = {32, 64, 128, 128}, .heads = {8, 8, 8, 8}, .contextWidth = 64};
    ControlNetConfig control = {.unet = config};
    Weights unetWeights = Weights(filledByFile(
        unetShapes(config), publishedNames(unetShapes(config), mapNames(diffuserNames()).unet)));
    Weights::Dict controlDict = filledByFile(
        controlNetShapes(control),
        publishedNames(controlNetShapes(control), mapControlNetNames(controlNetNames())));
    Weights controlWeights = Weights(controlDict);
};

const Networks& networks()
{
    static const Networks all;
    return all;
}

/// As a file of the original's names.
std::map<std::string, Tensor> ldmFile(const std::string& prefix)
{
    std::map<std::string, Tensor> file;
    for (const auto& [name, old] : mapControlNetNames(controlNetNames()))
        if (const auto found = networks().controlDict.find(name);
            found != networks().controlDict.end())
            file[prefix + old] = found->second;
    return file;
}

bool equal(const Tensor& a, const Tensor& b)
{
    return a.sizes() == b.sizes() && (a - b).abs().max().item<double>() < 2e-6;
}

} // namespace

class TestControlNet : public QObject
{
    Q_OBJECT

    const c10::InferenceMode m_noGradients;

private Q_SLOTS:
    void theRecordedRunIsReproduced()
    {
        Golden golden("pfd-portable-fill");
        const Networks& n = networks();
        const Tensor x = portableNormal("latent", {1, 4, 8, 16});
        UNetInput input = {.time = 981, .context = portableNormal("context", {1, 20, 64})};
        COMPARE_GOLDEN(golden, "eps", unet(n.config, n.unetWeights, x, input));
        const Tensor hint =
            encodeHint(n.control, n.controlWeights, portableUniform("hint", {1, 3, 64, 128}));
        const Residuals residuals = controlNet(n.control, n.controlWeights, x, hint, input);
        QCOMPARE(residuals.down.size(), size_t(12));
        for (size_t i = 0; i < 12; ++i)
            COMPARE_GOLDEN(
                golden, "control." + std::string(i < 10 ? "0" : "") + std::to_string(i),
                residuals.down[i]);
        COMPARE_GOLDEN(golden, "control.12", residuals.middle);
        input.residuals = &residuals;
        COMPARE_GOLDEN(golden, "eps_control", unet(n.config, n.unetWeights, x, input));
    }

    void hintAndTimeAreEncodedAsInTheOriginal()
    {
        const Networks& n = networks();
        const Summary hint {
            {32, 8, 16},
            0.008865,
            0.055480,
            {-0.04792, -0.07686, -0.07914, -0.08224},
            {0.03260, 0.04122}};
        const Tensor picture = portableUniform("hint", {1, 3, 64, 128});
        QVERIFY(differenceFrom(hint, encodeHint(n.control, n.controlWeights, picture)[0]) <= 1e-4);
        const Summary time {
            {32}, 0.035737, 0.706203, {0.67996, 0.30253, -0.69796, 0.09069}, {0.30527, 0.17357}};
        const Tensor features = timeFeatures(981, 32);
        QVERIFY(differenceFrom(time, features) <= 1e-4);
        const Summary embedded {
            {128},
            0.059014,
            0.308608,
            {-0.16771, -0.09092, -0.01024, 0.15749},
            {0.14321, -0.13022}};
        for (const Weights& network : {n.unetWeights, n.controlWeights}) {
            const Weights w = network["time_embedding"];
            const Tensor hidden = at::silu(linear(w["linear_1"], features.unsqueeze(0)));
            QVERIFY(differenceFrom(embedded, linear(w["linear_2"], hidden)[0]) <= 1e-4);
        }
    }

    void noContextIsAContextOfZeros()
    {
        const Networks& n = networks();
        const Tensor x = portableNormal("latent", {1, 4, 8, 16});
        const UNetInput none = {.time = 501},
                        zeros = {.time = 501, .context = at::zeros({1, 7, 64})};
        QVERIFY(
            equal(unet(n.config, n.unetWeights, x, none), unet(n.config, n.unetWeights, x, zeros)));
        const Tensor hint =
            encodeHint(n.control, n.controlWeights, portableUniform("hint", {1, 3, 64, 128}));
        QVERIFY(equal(
            controlNet(n.control, n.controlWeights, x, hint, none).middle,
            controlNet(n.control, n.controlWeights, x, hint, zeros).middle));
    }

    void guessModeGrowsTowardsTheMiddle()
    {
        QCOMPARE(controlScales(13, 0.5, false), std::vector<double>(13, 0.5));
        const std::vector<double> scales = controlScales(13, 1, true);
        QCOMPARE(scales.front(), 0.1);
        QCOMPARE(scales[6], std::sqrt(0.1));
        QCOMPARE(scales.back(), 1.0);
    }

    void severalControlsAddUp()
    {
        const Tensor one = at::ones({1, 1, 2, 2});
        Residuals sum;
        addScaled(sum, {.down = {one, one}, .middle = one}, 0.5, false);
        addScaled(sum, {.down = {one, one * 2}, .middle = one}, 1, false);
        QVERIFY(equal(sum.down[0], one * 1.5));
        QVERIFY(equal(sum.down[1], one * 2.5));
        QVERIFY(equal(sum.middle, one * 1.5));
    }

    void everyNamingIsLoaded_data()
    {
        QTest::addColumn<QString>("prefix");
        QTest::addColumn<bool>("diffusers");
        QTest::newRow("slimmed") << "" << false;
        QTest::newRow("control_model.") << "control_model." << false;
        QTest::newRow("diffusers") << "" << true;
    }

    void everyNamingIsLoaded()
    {
        QFETCH(QString, prefix);
        QFETCH(bool, diffusers);
        const QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath("c.safetensors").toStdString();
        auto tensors = ldmFile(prefix.toStdString());
        if (diffusers)
            tensors = {networks().controlDict.begin(), networks().controlDict.end()};
        if (!prefix.isEmpty()) // a whole training checkpoint: the model is beside it
            tensors["model.diffusion_model.input_blocks.0.0.weight"] = at::zeros({32, 4, 3, 3});
        saveSafetensors(file, tensors);
        const ControlNet loaded = loadControlNet(file, networks().config, at::kCPU, at::kFloat);
        QCOMPARE(loaded.weights.dict().size(), networks().controlDict.size());
        for (const auto& [name, tensor] : networks().controlDict)
            QVERIFY2(equal(loaded.weights(name), tensor), name.c_str());
    }

    void anEmptyConfigurationIsNotTakenForNone()
    {
        const QTemporaryDir folder;
        saveSafetensors(
            folder.filePath("diffusion_pytorch_model.safetensors").toStdString(),
            {networks().controlDict.begin(), networks().controlDict.end()});
        QFile config(folder.filePath("config.json"));
        QVERIFY(config.open(QFile::WriteOnly));
        const std::string told = failure([&] {
            loadControlNet(folder.path().toStdString(), networks().config, at::kCPU, at::kFloat);
        });
        QVERIFY2(told.find("config.json is empty") != told.npos, told.c_str());
    }

    void aConfigurationSaysTheOrderOfChannels()
    {
        const std::string json = R"({"controlnet_conditioning_channel_order": "bgr",
            "block_out_channels": [32, 64, 128, 128], "cross_attention_dim": 64})";
        const ControlNetConfig config = controlNetConfigFromJson(json, "config.json");
        QVERIFY(config.bgr);
        const Tensor hint = portableUniform("hint", {1, 3, 64, 64});
        QVERIFY(equal(
            encodeHint(config, networks().controlWeights, hint.flip(1)),
            encodeHint(networks().control, networks().controlWeights, hint)));
        const std::string refused = failure([] {
            controlNetConfigFromJson(
                R"({"controlnet_conditioning_channel_order": "gbr"})", "config.json");
        });
        QVERIFY(refused.find("channel_order") != refused.npos);
    }

    /// ControlNet 1.1 for shuffled pictures: each output is its mean over all places.
    void whatIsForShuffledPicturesIsPooled()
    {
        const Networks& n = networks();
        ControlNetConfig pooling = n.control;
        pooling.pooled = true;
        const Tensor x = portableNormal("latent", {1, 4, 8, 16});
        const Tensor hint =
            encodeHint(n.control, n.controlWeights, portableUniform("hint", {1, 3, 64, 128}));
        UNetInput input = {.time = 981, .context = portableNormal("context", {1, 20, 64})};
        const Residuals plain = controlNet(n.control, n.controlWeights, x, hint, input);
        const Residuals pooled = controlNet(pooling, n.controlWeights, x, hint, input);
        Residuals everywhere; // the means, by plain loops, in each place
        const auto mean = [](const Tensor& of) {
            Tensor made = at::empty_like(of).contiguous();
            const Tensor from = of.contiguous();
            const int64_t places = of.size(2) * of.size(3);
            for (int64_t c = 0; c < of.size(1); ++c) {
                double sum = 0;
                for (int64_t i = 0; i < places; ++i)
                    sum += double(from.data_ptr<float>()[c * places + i]);
                for (int64_t i = 0; i < places; ++i)
                    made.data_ptr<float>()[c * places + i] = float(sum / double(places));
            }
            return made;
        };
        for (size_t i = 0; i < plain.down.size(); ++i) {
            everywhere.down.push_back(mean(plain.down[i]));
            QCOMPARE(pooled.down[i].numel(), plain.down[i].size(1));
            QVERIFY(equal(pooled.down[i].expand_as(plain.down[i]), everywhere.down[i]));
        }
        everywhere.middle = mean(plain.middle);
        QVERIFY(equal(pooled.middle.expand_as(plain.middle), everywhere.middle));
        const auto with = [&](const Residuals& residuals) {
            input.residuals = &residuals;
            return unet(n.config, n.unetWeights, x, input);
        };
        QVERIFY((with(pooled) - with(everywhere)).abs().max().item<double>() < 1e-5);
        QVERIFY((with(pooled) - with(plain)).abs().max().item<double>() > 1e-3);

        // A folder's configuration says so, of a single file its name.
        const std::string json = R"({"global_pool_conditions": true,
            "block_out_channels": [32, 64, 128, 128], "cross_attention_dim": 64})";
        QVERIFY(controlNetConfigFromJson(json, "config.json").pooled);
        const QTemporaryDir folder;
        for (const char* name :
             {"control_v11e_sd15_Shuffle.safetensors", "control_canny.safetensors"}) {
            const std::filesystem::path file =
                folder.filePath(QString::fromLatin1(name)).toStdString();
            saveSafetensors(file, ldmFile(""));
            QCOMPARE(
                loadControlNet(file, n.config, at::kCPU, at::kFloat).config.pooled,
                std::string(name).find("Shuffle") != std::string::npos);
        }
    }

    void whatDoesNotFitIsRefused()
    {
        const QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath("c.safetensors").toStdString();
        const auto load = [&](const UNetConfig& base) {
            return failure([&] { loadControlNet(file, base, at::kCPU, at::kFloat); });
        };
        saveSafetensors(file, ldmFile(""));
        UNetConfig other = networks().config;
        other.contextWidth = 1024;
        QVERIFY(load(other).find("1024") != std::string::npos);

        auto tensors = ldmFile("");
        tensors["difference"] = at::zeros({1});
        saveSafetensors(file, tensors);
        QVERIFY(load(networks().config).find("only the difference") != std::string::npos);

        tensors = ldmFile("");
        tensors.erase("zero_convs.3.0.weight");
        saveSafetensors(file, tensors);
        QVERIFY(
            load(networks().config).find("controlnet_down_blocks.3.weight") != std::string::npos);

        tensors = ldmFile("");
        tensors["input_hint_block.0.weight"] = at::zeros({}); // a number, of no dimension
        saveSafetensors(file, tensors);
        const std::string number = load(networks().config);
        QVERIFY2(
            number.find("controlnet_cond_embedding.conv_in.weight ([] instead of") != number.npos,
            number.c_str());

        tensors = ldmFile("");
        tensors["input_blocks.0.0.weight"] = at::zeros({32, 5, 3, 3});
        saveSafetensors(file, tensors);
        const std::string five = load(networks().config);
        QVERIFY2(five.find("takes 5 channels") != five.npos, five.c_str());

        saveSafetensors(file, {{"imencoder.norm0.weight", at::zeros({1})}});
        QVERIFY(load(networks().config).find("SeeCoder") != std::string::npos);
        std::filesystem::remove(file);
        QVERIFY(load(networks().config).find("There is no file or folder") != std::string::npos);
        const std::string three = failure([] {
            controlNetConfigFromJson(
                R"({"conditioning_embedding_out_channels": [16, 32, 96]})", "config.json");
        });
        QVERIFY2(
            three.find("for conditioning_embedding_out_channels") != three.npos, three.c_str());
    }
};

QTEST_GUILESS_MAIN(TestControlNet)
#include "tst_controlnet.moc"
