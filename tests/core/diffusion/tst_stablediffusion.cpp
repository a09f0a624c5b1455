// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/samplingrun.h"
#include "core/diffusion/stablediffusion.h"
#include "core/errors.h"
#include "core/file/files.h"
#include "core/weights/safetensors.h"
#include "tests/goldens.h"
#include "tests/singlefile.h"

#include <QScopeGuard>
#include <QTemporaryDir>
#include <QTest>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace fs = std::filesystem;

namespace {

const fs::path singleFile = TEST_DATA "/single-file-sd1";
const fs::path mini = MINI_MODEL;

Architecture architecture()
{
    const auto json = nlohmann::json::parse(readText(singleFile / "architecture.json"));
    return {json["unet"].dump(), json["vae"].dump(), json["text_encoder"].dump(), {}};
}

using Tensors = std::map<std::string, Tensor>;

Tensors unetTensors()
{
    const auto tensors = loadSafetensors(TEST_DATA "/unet-sd1/weights.safetensors");
    return {tensors.begin(), tensors.end()};
}

double largestDifference(const Tensor& a, const Tensor& b)
{
    return (a.to(at::kDouble) - b.to(at::kDouble)).abs().max().item<double>();
}

/// What is said against loading; empty: it loads.
QString problem(
    const fs::path& path, const std::string& precision = "fp32", const Architecture& a = {})
{
    try {
        loadStableDiffusion(path, "cpu", precision, {}, a);
        return {};
    } catch (const Error& error) {
        return QString::fromUtf8(error.what());
    }
}

StableDiffusion loadMini(const std::string& precision = "fp32")
{
    return loadStableDiffusion(mini, "cpu", precision);
}

} // namespace

class StableDiffusionTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    fs::path path(const char* name)
    {
        return m_folder.filePath(QString::fromLatin1(name)).toStdString();
    }

private Q_SLOTS:
    void aSingleFileGivesTheReferencesResult()
    {
        saveSingleFiles(TEST_DATA, path(""));
        const StableDiffusion model =
            loadStableDiffusion(path("model-bf16.safetensors"), "cpu", "fp32", {}, architecture());
        QVERIFY(model.vae.empty());
        QVERIFY(model.textEncoder.empty());
        const auto inputs = loadSafetensors(singleFile / "inputs.safetensors");
        const auto outputs = loadSafetensors(singleFile / "outputs.safetensors");
        const UNetInput input = {.time = 301, .context = outputs.at("context")};
        const Tensor eps = unet(model.unetConfig, model.unet, inputs.at("latent"), input);
        QVERIFY(largestDifference(eps, outputs.at("eps_bf16")) < 2e-5);
        QVERIFY_EXCEPTION_THROWN(encodePrompts(model, {"a"}), Error);
    }

    void aSingleFileOfOpenClipsNamesGivesTheReferencesResult_data()
    {
        QTest::addColumn<int>("layers");
        QTest::addColumn<QString>("state");
        QTest::newRow("all layers") << 4 << "last_hidden_state";
        QTest::newRow("the last of 24 is not used") << 24 << "penultimate_normed";
    }

    void aSingleFileOfOpenClipsNamesGivesTheReferencesResult()
    {
        QFETCH(int, layers);
        QFETCH(QString, state);
        Golden unetCase("unet-sd2"), textCase("clip-text-sd2");
        const auto encoder = textCase.tensors("weights.safetensors");
        saveSecondSingleFile(
            TEST_DATA, layers == 24 ? with24Layers(encoder) : encoder, path("x.safetensors"));
        auto config = nlohmann::json::parse(textCase.text("config.json"));
        config["num_hidden_layers"] = layers == 24 ? 23 : layers;
        const StableDiffusion model = loadStableDiffusion(
            path("x.safetensors"), "cpu", "fp32", {},
            {.unet = unetCase.text("config.json"),
             .vae = readText(TEST_DATA "/vae-sd1/config.json"),
             .textEncoder = config.dump()});
        QCOMPARE(english(model.card.notes), std::vector<std::string>()); // every name is known
        QVERIFY(!model.vae.empty());
        for (const int time : unetCase.description["params"]["timesteps"]) {
            const Tensor eps = unet(
                model.unetConfig, model.unet, unetCase.inputs.at("latent"),
                {.time = double(time), .context = unetCase.inputs.at("context")});
            COMPARE_GOLDEN(unetCase, "eps_t" + std::to_string(time), eps);
        }
        const Tensor& ids = textCase.inputs.at("input_ids");
        const std::string name = state.toStdString();
        COMPARE_GOLDEN(textCase, name, encodeText(model.textConfig, model.textEncoder, ids));
        QVERIFY(unetCase.checked.size() == 3 && textCase.checked.size() == 1);
    }

    void theDefaultModelLoads()
    {
        std::vector<std::string> stages;
        const StableDiffusion model =
            loadStableDiffusion(mini, "cpu", "fp32", [&](const StageEvent& event) {
                stages.push_back(english(event.stage));
                return true;
            });
        QCOMPARE(model.unetConfig.inChannels, 9);
        QCOMPARE(model.unetConfig.contextWidth, 192);
        QVERIFY(model.schedule.prediction == Prediction::Velocity);
        QVERIFY(model.preview.has_value());
        QVERIFY(model.vaeConfig.scalingFactor > 0 && model.vaeConfig.scalingFactor != 0.18215);
        QCOMPARE(model.unet("conv_in.weight").scalar_type(), at::kFloat);
        QVERIFY(stages.size() >= 20);
        QCOMPARE(stages.front(), std::string("Loading the UNet (0 %)"));
        const Tensor context = encodePrompts(model, {"", "large red circle, green ground"});
        QCOMPARE(context.sizes().vec(), (std::vector<int64_t> {2, 77, 192}));
        QVERIFY(largestDifference(context[0], context[1]) > 0.01);
    }

    void whatTheUNetPredictsCanBeSaidWithoutLoadingAnew()
    {
        Models models;
        int stages = 0;
        const auto count = [&](const StageEvent&) { return ++stages > 0; };
        const auto predicted = [&](const char* said) {
            return models.stableDiffusion({}, "cpu", "fp32", count, {}, said)->schedule.prediction;
        };
        QVERIFY(predicted("epsilon") == Prediction::Epsilon);
        const int loaded = stages;
        QVERIFY(predicted("auto") == Prediction::Velocity); // as its files say
        QVERIFY(predicted("sample") == Prediction::Sample);
        QVERIFY(predicted("v_prediction") == Prediction::Velocity);
        QCOMPARE(stages, loaded);
        QVERIFY_EXCEPTION_THROWN(predicted("velocity"), ValueError);
    }

    void everythingIsInTheModelsType()
    {
        const StableDiffusion model = loadMini("bf16");
        QVERIFY(model.type == at::kBFloat16);
        for (const Weights* part : {&model.unet, &model.vae, &model.textEncoder})
            for (const auto& [name, tensor] : part->dict())
                QVERIFY2(tensor.scalar_type() == at::kBFloat16, name.c_str());
        QVERIFY(encodePrompts(model, {"a"}).scalar_type() == at::kBFloat16);
    }

    void aStopLeavesNothing()
    {
        for (int after : {0, 1, 2}) { // each part tells at least its beginning
            int calls = 0;
            const StableDiffusion model = loadStableDiffusion(
                mini, "cpu", "fp32", [&](const StageEvent&) { return calls++ < after; });
            QVERIFY(model.unet.empty());
            QCOMPARE(calls, after + 1);
        }
    }

    void modelsKeepsOneAndNoHalfOne()
    {
        Models models;
        const auto stop = [](const StageEvent&) { return false; };
        QVERIFY(!models.stableDiffusion(mini.string(), "cpu", "fp32", stop));
        int calls = 0;
        const auto count = [&](const StageEvent&) { return ++calls > 0; };
        QVERIFY(models.stableDiffusion(mini.string(), "cpu", "fp32", count));
        QVERIFY(calls > 0);
        calls = 0;
        QVERIFY(models.stableDiffusion({}, "cpu", "fp32", count)->type == at::kFloat);
        QCOMPARE(calls, 0);
        QVERIFY(models.stableDiffusion({}, "cpu", "bf16", count)->type == at::kBFloat16);
        QVERIFY(calls > 0);
        models.release();
        calls = 0;
        models.stableDiffusion({}, "cpu", "bf16", count);
        QVERIFY(calls > 0);
    }

    void aReplacedModelIsLoadedAgain()
    {
        fs::copy(mini, path("mini"), fs::copy_options::recursive);
        Models models;
        const std::string copy = path("mini").string();
        models.stableDiffusion(copy, "cpu", "fp32");
        const fs::path file = path("mini") / "unet" / "diffusion_pytorch_model.safetensors";
        auto tensors = loadSafetensors(file);
        tensors.at("conv_out.bias").fill_(3);
        saveSafetensors(file, {tensors.begin(), tensors.end()});
        const auto again = models.stableDiffusion(copy, "cpu", "fp32");
        QCOMPARE(again->unet("conv_out.bias")[0].item<float>(), 3.f);
        fs::remove_all(path("mini"));
    }

    void whatAFileLacksIsListed()
    {
        Tensors tensors = unetTensors();
        tensors.erase("mid_block.resnets.1.conv2.weight");
        saveSafetensors(path("x.safetensors"), tensors);
        const QString said = problem(path("x.safetensors"), "fp32", architecture());
        QVERIFY2(
            said.contains(QLatin1String("mid_block.resnets.1.conv2.weight")), qPrintable(said));
        tensors = unetTensors();
        tensors["conv_in.weight"] = at::zeros({8, 5, 3, 3});
        saveSafetensors(path("x.safetensors"), tensors);
        QVERIFY(problem(path("x.safetensors"), "fp32", architecture())
                    .contains(QLatin1String("[8, 5, 3, 3]")));
    }

    void valuesThatAreNoNumbersAreRefused_data()
    {
        QTest::addColumn<double>("value");
        QTest::addColumn<int>("type");
        for (const at::ScalarType type : {at::kFloat, at::kHalf, at::kBFloat16, at::kDouble}) {
            QTest::addRow("NaN %s", c10::toString(type)) << std::nan("") << int(type);
            QTest::addRow("-inf %s", c10::toString(type))
                << -std::numeric_limits<double>::infinity() << int(type);
        }
    }

    void valuesThatAreNoNumbersAreRefused()
    {
        QFETCH(double, value);
        QFETCH(int, type);
        Tensors tensors = unetTensors();
        Tensor changed = tensors.at("conv_out.weight").to(at::ScalarType(type));
        changed[3][7][2][2] = value;
        tensors["conv_out.weight"] = changed;
        saveSafetensors(path("x.safetensors"), tensors);
        const QString said = problem(path("x.safetensors"), "fp32", architecture());
        QVERIFY2(said.contains(QLatin1String("conv_out.weight")), qPrintable(said));
        QVERIFY(said.contains(QLatin1String("infinite or no numbers")));
    }

    void aPartOfZerosRunsAndIsSaid_data()
    {
        QTest::addColumn<std::string>("file");
        QTest::newRow("UNet") << std::string("unet/diffusion_pytorch_model.safetensors");
        QTest::newRow("autoencoder") << std::string("vae/diffusion_pytorch_model.safetensors");
        QTest::newRow("text encoder") << std::string("text_encoder/model.safetensors");
    }

    void aPartOfZerosRunsAndIsSaid()
    {
        QFETCH(std::string, file);
        fs::copy(mini, path("zeros"), fs::copy_options::recursive);
        const auto read = loadSafetensors(path("zeros") / file);
        Tensors tensors {read.begin(), read.end()};
        for (auto& [key, tensor] : tensors)
            tensor = tensor.is_floating_point() ? at::zeros_like(tensor).neg() : tensor; // -0
        saveSafetensors(path("zeros") / file, tensors);
        const std::string expected = "All values of the " + std::string(QTest::currentDataTag());
        const auto after = qScopeGuard([] { setStagingRule(StagingRule::WhereShort); });
        for (const StagingRule rule : {StagingRule::WhereShort, StagingRule::Always}) {
            setStagingRule(rule);
            const StableDiffusion model = loadStableDiffusion(path("zeros"), "cpu", "fp32");
            const UNetInput input = {.time = 301, .context = encodePrompts(model, {"a"})};
            QVERIFY(input.context.isfinite().all().item<bool>());
            const Tensor x = at::ones({1, model.unetConfig.inChannels, 8, 8});
            const Tensor made = unet(model.unetConfig, unetOf(model), x, input);
            QVERIFY(made.isfinite().all().item<bool>());
            Notes notes; // of what is not finite there is no picture
            QCOMPARE(picturesOf(model, made, Rounding::Nearest, {}, &notes).size(), size_t(1));
            QCOMPARE(
                std::ranges::count_if(
                    notes,
                    [&](const Sentence& note) { return english(note).starts_with(expected); }),
                1);
        }
        fs::remove_all(path("zeros"));
        QVERIFY(loadMini().loadingNotes.empty());
    }

    void valuesTooLargeForHalfPrecisionAreRefusedInIt()
    {
        Tensors tensors = unetTensors();
        tensors.at("conv_out.bias").fill_(1e6);
        saveSafetensors(path("x.safetensors"), tensors);
        QVERIFY(problem(path("x.safetensors"), "fp16", architecture())
                    .contains(QLatin1String("too large for fp16")));
        QCOMPARE(problem(path("x.safetensors"), "bf16", architecture()), QString());
    }

    void weightsOfIntegersAreRefused()
    {
        Tensors tensors = unetTensors();
        tensors["conv_out.bias"] = at::zeros({4}, at::kLong);
        saveSafetensors(path("x.safetensors"), tensors);
        QVERIFY(
            problem(path("x.safetensors"), "fp32", architecture()).contains(QLatin1String("I64")));
    }

    void shardsAndOldNamesLoadLikeOneFile()
    {
        fs::copy(mini, path("sharded"), fs::copy_options::recursive);
        const fs::path unet = path("sharded") / "unet";
        const fs::path whole = unet / "diffusion_pytorch_model.safetensors";
        const auto tensors = loadSafetensors(whole);
        fs::remove(whole);
        Tensors parts[2];
        nlohmann::json map;
        for (const auto& [name, tensor] : tensors) {
            const int part = name < "m" ? 0 : 1;
            parts[part][name] = tensor;
            map["weight_map"][name] = part == 0 ? "a.safetensors" : "b.safetensors";
        }
        saveSafetensors(unet / "a.safetensors", parts[0]);
        saveSafetensors(unet / "b.safetensors", parts[1]);
        const std::string index = map.dump();
        writeFileAtomically(
            unet / "diffusion_pytorch_model.safetensors.index.json",
            std::as_bytes(std::span(index)));
        QCOMPARE(problem(path("sharded")), QString());
        parts[0]["mid_block.resnets.1.conv2.bias"] = at::zeros({128});
        saveSafetensors(unet / "a.safetensors", parts[0]);
        QVERIFY(problem(path("sharded")).contains(QLatin1String("does not hold exactly")));
        fs::remove_all(path("sharded"));
    }

    void precisionsAndDevicesAreChecked()
    {
        QVERIFY(problem(mini, "fp8").contains(QLatin1String("auto, fp32, bf16, fp16")));
        for (const char* device : {"tpu", "", "cuda:", "cuda:x", "cuda:99999999999"})
            QVERIFY_EXCEPTION_THROWN(loadStableDiffusion(mini, device, "fp32"), Error);
        if (!at::globalContext().hasCUDA())
            QVERIFY_EXCEPTION_THROWN(loadStableDiffusion(mini, "cuda", "fp32"), Error);
    }

    void longPromptsAreCutIntoTheSameNumberOfChunks()
    {
        const StableDiffusion model = loadMini();
        std::string words;
        for (int i = 0; i < 100; ++i)
            words += "red ";
        const Tensor context = encodePrompts(model, {words, "blue"});
        QCOMPARE(context.sizes().vec(), (std::vector<int64_t> {2, 154, 192}));
        const Tensor nothing = encodePrompts(model, {""});
        QVERIFY(largestDifference(context[1].slice(0, 77), nothing[0]) < 1e-5);
        const Tensor cut =
            encodePrompts(model, {words, "blue"}, {.longPrompts = LongPrompts::Truncate});
        QCOMPARE(cut.sizes().vec(), (std::vector<int64_t> {2, 77, 192}));
        QVERIFY(largestDifference(cut[0], context[0].slice(0, 0, 77)) < 1e-5);
    }

    void aCommaNearTheEndMovesTheBreak()
    {
        const StableDiffusion model = loadMini();
        const auto row = [](const char* word, int n) {
            std::string text;
            for (int i = 0; i < n; ++i)
                text += std::string(word) + " ";
            return text;
        };
        // 69 words and a comma; of the next ten, five would still have fitted.
        const Tensor near = encodePrompts(model, {row("red", 69) + ", " + row("blue", 10)});
        const Tensor first = encodePrompts(model, {row("red", 69) + ","});
        const Tensor second = encodePrompts(model, {row("blue", 10)});
        QVERIFY(largestDifference(near[0], at::cat({first[0], second[0]})) < 1e-5);
        // A comma further away does not count.
        const Tensor far = encodePrompts(model, {row("red", 50) + ", " + row("blue", 30)});
        const Tensor full = encodePrompts(model, {row("red", 50) + ", " + row("blue", 24)});
        QVERIFY(largestDifference(far[0].slice(0, 0, 77), full[0]) < 1e-5);
    }
};

QTEST_GUILESS_MAIN(StableDiffusionTest)
#include "tst_stablediffusion.moc"
