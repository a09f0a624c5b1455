// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/modelfamily.h"

#include "core/convert.h"
#include "core/diffusion/controlnet.h"
#include "core/file/files.h"
#include "core/model/loadpart.h"
#include "core/model/prediction.h"
#include "core/models.h"
#include "core/weights/naming.h"
#include "core/weights/safetensors.h"
#include "tests/failure.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <limits>
#include <tuple>

namespace fs = std::filesystem;

namespace {

using Tensors = std::map<std::string, Tensor>;
using Metadata = std::map<std::string, std::string>;

const std::string ldm = "model.diffusion_model.";

/// The names by which a single file of Stable Diffusion is known.
Tensors minimal(const std::string& prefix = ldm, int width = 768)
{
    return {
        {prefix + "input_blocks.0.0.weight", at::zeros({8, 4, 3, 3})},
        {prefix + "input_blocks.1.1.transformer_blocks.0.attn2.to_k.weight", at::zeros({8, width})},
        {"first_stage_model.encoder.conv_in.weight", at::zeros({8, 3, 3, 3})},
        {"cond_stage_model.transformer.text_model.final_layer_norm.bias", at::zeros({8})}};
}

void write(const fs::path& path, const std::string& text)
{
    fs::create_directories(path.parent_path());
    writeFileAtomically(path, std::as_bytes(std::span(text)));
}

} // namespace

/// Models as people have them.
class ModelFamilyTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    const StageReport m_goOn;

    fs::path path(const char* name)
    {
        return m_folder.filePath(QString::fromLatin1(name)).toStdString();
    }
    fs::path saved(const char* name, const Tensors& tensors)
    {
        saveSafetensors(path(name), tensors);
        return path(name);
    }

private Q_SLOTS:
    void wrappersAroundNamesAreTakenOff_data()
    {
        QTest::addColumn<QByteArray>("prefix");
        QTest::newRow("torch.compile") << QByteArray("model.diffusion_model._orig_mod.");
        QTest::newRow("DataParallel") << QByteArray("module.model.diffusion_model.");
        QTest::newRow("twice") << QByteArray("model.diffusion_model.model.diffusion_model.");
    }

    void wrappersAroundNamesAreTakenOff()
    {
        QFETCH(const QByteArray, prefix);
        QCOMPARE(
            unwrapped(prefix.toStdString() + "out.2.weight"),
            std::string("model.diffusion_model.out.2.weight"));
        const auto card =
            describeModel(saved("wrapped.safetensors", minimal(prefix.toStdString())));
        QCOMPARE(english(card.problem), std::string());
        QCOMPARE(card.channels, 4);
        QCOMPARE(card.contextWidth, 768);
    }

    void aUNetOfUnknownNamesIsRefused()
    {
        const auto card = describeModel(saved("odd.safetensors", minimal("odd.")));
        QVERIFY2(
            english(card.problem).find("named in a way that is not known") != std::string::npos,
            english(card.problem).c_str());
    }

    void scaledFloat8IsMultipliedOnce()
    {
        const Tensor weight = at::tensor({1.f, -2.f, 4.f, 8.f}).reshape({2, 2});
        const auto load = [&](const Tensor& scale, const Tensors& more = {}) {
            Tensors tensors = {{"a.weight", weight.to(at::kHalf)}, {"a.scale_weight", scale}};
            tensors.insert(more.begin(), more.end());
            const fs::path file = saved("scaled.safetensors", tensors);
            const auto opened = std::make_shared<const SafetensorsFile>(file);
            PartFiles part = {.paths = {file}, .shown = file.string()};
            for (const auto& [name, entry] : opened->entries())
                part.tensors[name] = {opened, name};
            Loading loading = {at::kCPU, at::kFloat, m_goOn};
            return loadPart(part, {{"a.weight", {2, 2}}}, "part", loading)["a"]("weight");
        };
        QVERIFY(load(at::tensor(0.3f)).equal(weight * 0.3f));
        QVERIFY(
            load(at::tensor({0.3f, 2.f})).equal(weight * at::tensor({0.3f, 2.f}).reshape({2, 1})));
        QVERIFY(
            failure([&] { load(at::ones({3})); }).find("scale of another shape")
            != std::string::npos);
        // Of a tensor that the network has not, and that has nothing in it.
        const Tensors none = {{"b.weight", at::zeros({0, 2})}, {"b.scale_weight", at::zeros({0})}};
        QVERIFY(
            failure([&] { load(at::ones({1}), none); }).find("scale of another shape")
            != std::string::npos);
        const auto names = mapNames(
            {ldm + "out.2.weight", ldm + "out.2.scale_weight", ldm + "out.2.scale_input",
             ldm + "scaled_fp8"});
        QCOMPARE(names.unet.at("conv_out.scale_weight"), ldm + "out.2.scale_weight");
        QVERIFY(names.unexpected.empty());
    }

    void whatCannotBeComputedWithIsRefused()
    {
        const auto said = [&](const Tensor& tensor, at::ScalarType type = at::kFloat) {
            const fs::path file = saved("numbers.safetensors", {{"a.weight", tensor}});
            const auto opened = std::make_shared<const SafetensorsFile>(file);
            const PartFiles part {
                .tensors = {{"a.weight", {opened, "a.weight"}}}, .shown = file.string()};
            Loading loading = {at::kCPU, type, m_goOn};
            return failure([&] { loadPart(part, {{"a.weight", {2, 2}}}, "part", loading); });
        };
        const std::string kind = said(at::ones({2, 2}, at::kInt));
        QVERIFY2(kind.find("is of type I32, where a floating-point") != kind.npos, kind.c_str());
        for (const at::ScalarType type : {at::kHalf, at::kBFloat16, at::kFloat, at::kDouble}) {
            Tensor tensor = at::ones({2, 2}, type);
            QCOMPARE(said(tensor), std::string());
            tensor[1][0] = std::numeric_limits<double>::infinity();
            const std::string damaged = said(tensor);
            QVERIFY2(damaged.find("the file is damaged") != damaged.npos, damaged.c_str());
        }
        const std::string large = said(at::full({2, 2}, 1e6), at::kHalf);
        QVERIFY2(large.find("too large for fp16") != large.npos, large.c_str());
    }

    void aConfigurationBesideSaysWhatIsPredicted()
    {
        const fs::path file = saved("v.safetensors", minimal());
        QVERIFY(!describeModel(file).velocity);
        // Of 2.x it is guessed by a tensor that is not there.
        QVERIFY(!describeModel(saved("2.safetensors", minimal(ldm, 1024))).velocity);
        QVERIFY(!endsWithoutSignal(openModel(MINI_MODEL), MINI_MODEL)); // its scheduler says it
        write(
            path("v.yaml"), "model:\n  params:\n    parameterization: \"v\" # noise is \"eps\"\n");
        const ModelCard card = describeModel(file);
        QVERIFY(card.velocity && !card.guessesPrediction);
        QCOMPARE(
            english(card.notes.at(0)),
            std::string("The file v.yaml beside it says that it predicts velocity."));
        write(path("v.yaml"), "parameterization: eps\n");
        QVERIFY(!describeModel(file).velocity && !describeModel(file).guessesPrediction);
        write(path("v.yaml"), "parameterizations: v\n#parameterization: v\n");
        QVERIFY(describeModel(file).guessesPrediction);
    }

    void aConfigurationOfVeryLongLinesIsRead()
    {
        const fs::path file = saved("long.safetensors", minimal());
        const std::string blanks(500'000, ' ');
        write(path("long.yaml"), blanks + "\n" + std::string(400'000, '\n'));
        QVERIFY(describeModel(file).guessesPrediction);
        write(
            path("long.yaml"), "parameterization: 'v'" + blanks + "#" + std::string(400'000, 'x'));
        QVERIFY(describeModel(file).velocity && !describeModel(file).guessesPrediction);
        write(path("long.yaml"), "a: b\r\n\tparameterization:v#\r\n");
        QVERIFY(describeModel(file).velocity);
        write(path("long.yaml"), "parameterization: very\nparameterization: v v\n");
        QVERIFY(describeModel(file).guessesPrediction);
    }

    void theContentDecidesWhatIsPickled()
    {
        const fs::path named = saved("really.ckpt", minimal());
        QVERIFY(!isPickled(named));
        QCOMPARE(english(describeModel(named).problem), std::string());
        fs::copy_file(TEST_DATA "/pickles/set.ckpt", path("zip.safetensors"));
        QVERIFY(isPickled(path("zip.safetensors")));
        QVERIFY(isPickled(path("none.ckpt")) && !isPickled(path("none.safetensors")));
    }

    void aRepositoryInTheCacheIsItsSnapshot()
    {
        const fs::path root = path("models--owner--name"),
                       snapshot = root / "snapshots" / "0123abc";
        write(root / "refs" / "main", "0123abc\n");
        fs::create_directories(snapshot);
        fs::copy(MINI_MODEL, snapshot, fs::copy_options::recursive);
        QCOMPARE(snapshotOf(root), snapshot);
        const ModelCard card = describeModel(root);
        QCOMPARE(english(card.problem), std::string());
        QCOMPARE(card.path, snapshot);
        write(root / "refs" / "main", "../../elsewhere");
        QCOMPARE(snapshotOf(root), root);
    }

    void whatAFolderHasIsNamed()
    {
        fs::create_directories(path("flax/unet"));
        write(path("flax/model_index.json"), R"({"_class_name": "StableDiffusionPipeline"})");
        write(path("flax/unet/diffusion_flax_model.msgpack"), "x");
        const std::string said = english(describeModel(path("flax")).problem);
        QVERIFY2(said.find("no weights in its folder unet") != said.npos, said.c_str());
        const fs::path unet = path("bf16/unet");
        fs::create_directories(unet);
        saveSafetensors(unet / "diffusion_pytorch_model.bf16.safetensors", {{"a", at::zeros({1})}});
        QCOMPARE(weightFiles(unet).size(), size_t(1));
    }

    void marksSayWhatIsPredicted()
    {
        const auto described = [&](const Tensors& more, const Metadata& metadata = {}) {
            Tensors tensors = minimal();
            tensors.insert(more.begin(), more.end());
            saveSafetensors(path("marked.safetensors"), tensors, metadata);
            const ModelFiles files = openModel(path("marked.safetensors"));
            const ModelCard card = describeModel(path("marked.safetensors"));
            return std::tuple(
                card.velocity, endsWithoutSignal(files, card.path), card.guessesPrediction);
        };
        const Tensor none = at::zeros({0});
        QCOMPARE(described({}), std::tuple(false, false, true));
        QCOMPARE(described({{"v_pred", none}}), std::tuple(true, false, false));
        QCOMPARE(described({{"v_pred", none}, {"ztsnr", none}}), std::tuple(true, true, false));
        QCOMPARE(described({{"ztsnr", none}}), std::tuple(true, true, false));
        QCOMPARE(
            described({}, {{"modelspec.prediction_type", "v"}}), std::tuple(true, false, false));
        QCOMPARE(
            described({{"ztsnr", none}}, {{"modelspec.prediction_type", "epsilon"}}),
            std::tuple(false, false, false));
        QCOMPARE(
            described({}, {{"ss_v_parameterization", "True"}, {"ss_zero_terminal_snr", "True"}}),
            std::tuple(true, true, false));
        write(path("marked.yaml"), "model:\n  rescale_betas_zero_snr: true\n");
        QCOMPARE(described({{"v_pred", none}}), std::tuple(true, true, false));
        write(path("marked.yaml"), "parameterization: eps\nztsnr: True\n");
        QCOMPARE(described({{"v_pred", none}}), std::tuple(false, false, false));
        fs::remove(path("marked.yaml"));
        saveSafetensors(path("marked.safetensors"), minimal());
        const auto notes = english(describeModel(path("marked.safetensors")).notes);
        QVERIFY(std::ranges::none_of(notes, [](const std::string& note) {
            return note.find("v_pred") != note.npos || note.find("not known") != note.npos;
        }));
    }

    void theMovingAverageAloneIsTheUNet()
    {
        const std::vector<std::string> tails = {
            "input_blocks.0.0.weight",
            "input_blocks.1.1.transformer_blocks.0.attn2.to_k.weight",
            "input_blocks.10.0.in_layers.2.bias",
            "output_blocks.11.1.transformer_blocks.0.ff.net.0.proj.weight",
            "output_blocks.8.2.conv.weight",
            "middle_block.1.proj_in.weight",
            "time_embed.2.bias",
            "out.2.weight"};
        std::vector<std::string> own, averages;
        for (const std::string& tail : tails) {
            own.push_back(ldm + tail);
            std::string dotless = "diffusion_model" + tail;
            std::erase(dotless, '.');
            averages.push_back("model_ema." + dotless);
        }
        const SingleFileNames alone = mapNames(averages), beside = [&] {
            std::vector<std::string> both = own;
            both.insert(both.end(), averages.begin(), averages.end());
            return mapNames(both);
        }();
        const SingleFileNames plain = mapNames(own);
        QCOMPARE(alone.unet.size(), tails.size());
        QVERIFY(alone.ignored.empty());
        for (size_t i = 0; i < tails.size(); ++i) {
            const auto name = std::ranges::find(
                plain.unet, own[i], &std::pair<const std::string, std::string>::second);
            QCOMPARE(alone.unet.at(name->first), averages[i]);
        }
        QVERIFY(beside.unet == plain.unet && beside.ignored.size() == tails.size());
    }

    void halfAnAutoencoderIsNone()
    {
        Tensors tensors = minimal();
        const ModelCard half = describeModel(saved("half.safetensors", tensors));
        QVERIFY(half.needsAutoencoder);
        QVERIFY(english(half.notes.at(0)).find("only a half") != std::string::npos);
        tensors["first_stage_model.decoder.conv_in.weight"] = at::zeros({8, 4, 3, 3});
        QVERIFY(!describeModel(saved("whole.safetensors", tensors)).needsAutoencoder);
        tensors.erase("first_stage_model.decoder.conv_in.weight");
        tensors.erase("first_stage_model.encoder.conv_in.weight");
        const ModelCard none = describeModel(saved("none.safetensors", tensors));
        QVERIFY(none.needsAutoencoder);
        QVERIFY(english(none.notes.at(0)).find("has no autoencoder") != std::string::npos);
    }

    void whatIsNoModelIsNamed_data()
    {
        QTest::addColumn<QByteArrayList>("names");
        QTest::addColumn<QByteArray>("kind");
        const auto row = [](const char* kind, const QByteArrayList& names) {
            QTest::newRow(kind) << names << QByteArray(kind);
        };
        row("Flux", {"model.diffusion_model.double_blocks.0.img_attn.qkv.weight"});
        row("Stable Diffusion 3", {"model.diffusion_model.joint_blocks.0.x_block.attn.qkv.weight"});
        row("IP-Adapter", {"image_proj.proj.weight", "ip_adapter.1.to_k_ip.weight"});
        row("motion module", {"down_blocks.0.motion_modules.0.temporal_transformer.norm.weight"});
        row("T2I-Adapter", {"body.0.block1.weight"});
        row("LoRA",
            {"lora_unet_conv_in.diff", "lora_unet_conv_in.diff_b",
             "lora_unet_down_blocks_0_attentions_0_proj_in.lora_down.weight"});
        row("TAESD", {"1.weight", "3.conv.0.weight"});
        row("textual inversion", {"emb_params"});
        row("autoencoder", {"encoder.conv_in.weight", "decoder.conv_in.weight"});
        row("text encoder", {"text_model.embeddings.token_embedding.weight"});
    }

    void whatIsNoModelIsNamed()
    {
        QFETCH(const QByteArrayList, names);
        QFETCH(const QByteArray, kind);
        Tensors tensors;
        for (const QByteArray& name : names)
            tensors[name.toStdString()] = at::zeros({1});
        const ModelCard card = describeModel(saved("other.safetensors", tensors));
        QCOMPARE(card.kind, kind.toStdString());
        QVERIFY(!card.problem.empty());
    }

    void otherModelsAreNamed()
    {
        Tensors refiner = minimal(ldm, 1280);
        refiner[ldm + "label_emb.0.0.weight"] = at::zeros({8, 8});
        QCOMPARE(
            describeModel(saved("refiner.safetensors", refiner)).kind, std::string("SDXL refiner"));
        Tensors xl = minimal(ldm, 2048);
        xl["conditioner.embedders.1.model.ln_final.bias"] = at::zeros({8});
        const fs::path sdxl = saved("xl.safetensors", xl);
        const std::string vae = failure([&] { openAutoencoder(sdxl); });
        QVERIFY2(vae.find("is an SDXL model, where an autoencoder") != vae.npos, vae.c_str());
        const std::string whole =
            failure([&] { openAutoencoder(saved("sd.safetensors", minimal())); });
        QCOMPARE(whole, std::string());
    }

    void controlNetsOfAnotherKindAreNamed()
    {
        const auto load = [&](const fs::path& file) {
            return failure([&] { loadControlNet(file, UNetConfig(), at::kCPU, at::kFloat, {}); });
        };
        const Tensors lora = {
            {"lora_controlnet", at::zeros({1})},
            {"input_hint_block.0.weight", at::zeros({16, 3, 3, 3})},
            {"middle_block_out.0.weight", at::zeros({8, 8, 1, 1})}};
        const std::string said = load(saved("control-lora.safetensors", lora));
        QVERIFY2(said.find("is a ControlLoRA") != said.npos, said.c_str());
    }
};

QTEST_GUILESS_MAIN(ModelFamilyTest)
#include "tst_modelfamily.moc"
