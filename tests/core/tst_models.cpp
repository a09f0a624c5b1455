// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/stablediffusion.h"
#include "core/file/files.h"
#include "core/file/hash.h"
#include "core/models.h"
#include "core/stopping.h"
#include "core/weights/safetensors.h"
#include "tests/failure.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <nlohmann/json.hpp>

namespace fs = std::filesystem;

namespace {

using Tensors = std::map<std::string, Tensor>;

const std::string ldm = "model.diffusion_model.";

/// The names by which a single file of Stable Diffusion is known.
Tensors minimal(int channels, int width)
{
    return {
        {ldm + "input_blocks.0.0.weight", at::zeros({8, channels, 3, 3})},
        {ldm + "input_blocks.1.1.transformer_blocks.0.attn2.to_k.weight", at::zeros({8, width})},
        {ldm + "output_blocks.11.1.transformer_blocks.0.norm1.bias", at::arange(4) * 0.05},
        {"first_stage_model.encoder.conv_in.weight", at::zeros({8, 3, 3, 3})},
        {"first_stage_model.decoder.conv_in.weight", at::zeros({8, 4, 3, 3})},
        {"cond_stage_model.transformer.text_model.final_layer_norm.bias", at::zeros({8})},
    };
}

void write(const fs::path& path, const std::string& text)
{
    fs::create_directories(path.parent_path());
    QFile file(QString::fromStdString(path.string()));
    file.open(QFile::WriteOnly);
    file.write(text.data(), qint64(text.size()));
}

} // namespace

class ModelsTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    fs::path path(const char* name)
    {
        return m_folder.filePath(QString::fromLatin1(name)).toStdString();
    }

    ModelCard card(const Tensors& tensors, const std::map<std::string, std::string>& metadata = {})
    {
        saveSafetensors(path("x.safetensors"), tensors, metadata);
        return describeModel(path("x.safetensors"));
    }

private Q_SLOTS:
    void theDefaultModelIsDescribed()
    {
        const ModelCard card = describeModel(MINI_MODEL);
        QCOMPARE(english(card.problem), std::string());
        QCOMPARE(card.name, std::string("mini"));
        QCOMPARE(card.kind, std::string("Stable Diffusion (own size) inpainting"));
        QCOMPARE(card.channels, 9);
        QCOMPARE(card.contextWidth, 192);
        QCOMPARE(card.size, 256);
        QVERIFY(card.velocity);
        QVERIFY(card.bytes > 30'000'000);
        QCOMPARE(card.recommended.at("analogy").at("size"), std::string("256"));
        for (const char* value : {"strength", "guidance", "sac"})
            QVERIFY(card.recommended.at("analogy").contains(value));
        QVERIFY(card.notes.empty());
    }

    void aSlashAtTheEndDoesNotMatter()
    {
        QCOMPARE(describeModel(MINI_MODEL "/").name, std::string("mini"));
    }

    void singleFilesAreRecognised()
    {
        const ModelCard inpainting = card(minimal(9, 768));
        QCOMPARE(english(inpainting.problem), std::string());
        QCOMPARE(inpainting.kind, std::string("Stable Diffusion 1.x inpainting"));
        QCOMPARE(inpainting.channels, 9);
        QCOMPARE(inpainting.size, 512);
        QVERIFY(!inpainting.velocity);
        QCOMPARE(inpainting.bytes, uint64_t(fs::file_size(path("x.safetensors"))));
        QCOMPARE(card(minimal(4, 1024)).kind, std::string("Stable Diffusion 2.x"));
    }

    void velocityIsGuessedByTheSpreadOfANorm()
    {
        Tensors tensors = minimal(4, 1024); // spread .056
        QVERIFY(!card(tensors).velocity);
        tensors[ldm + "output_blocks.11.1.transformer_blocks.0.norm1.bias"] *= 2;
        const ModelCard wide = card(tensors);
        QVERIFY(wide.velocity);
        QCOMPARE(wide.size, 768);
        QCOMPARE(wide.notes.size(), 1u);
        QVERIFY(!card(tensors, {{"modelspec.prediction_type", "epsilon"}}).velocity);
        QVERIFY(card(minimal(4, 768), {{"modelspec.prediction_type", "v"}}).velocity);
        QVERIFY(!card(minimal(4, 768), {{"modelspec.prediction_type", "v"}}).guessesPrediction);
        QVERIFY(card(minimal(4, 768)).guessesPrediction);
    }

    void whatCannotBeUsedIsNamed_data()
    {
        QTest::addColumn<QString>("tensor");
        QTest::addColumn<QString>("kind");
        const auto row = [](const char* tensor, const char* kind) {
            QTest::newRow(tensor) << QString::fromLatin1(tensor) << QString::fromLatin1(kind);
        };
        row("lora_unet_down_blocks_0.lora_down.weight", "LoRA");
        row("unet.down_blocks.0.attn1.processor.to_q_lora.down.weight", "LoRA");
        row("ctx.image.imencoder.patch_embed.proj.weight", "SeeCoder");
        row("control_model.input_blocks.0.0.weight", "ControlNet");
        row("controlnet_cond_embedding.conv_in.weight", "ControlNet");
        row("body.0.block1.weight", "T2I-Adapter");
        row("conditioner.embedders.1.model.ln_final.weight", "SDXL");
        row("down_blocks.1.attentions.0.transformer_blocks.0.attn2.to_k.weight", "SDXL");
        row("model.diffusion_model.label_emb.0.0.weight", "unCLIP");
        row("model.diffusion_model.double_blocks.0.img_attn.qkv.weight", "Flux");
        row("model.diffusion_model.joint_blocks.0.x_block.attn.qkv.weight", "Stable Diffusion 3");
        row("text_model.embeddings.token_embedding.weight", "text encoder");
        row("transformer.resblocks.0.ln_1.weight", "text encoder");
        row("emb_params", "textual inversion");
        row("decoder.layers.0.weight", "TAESD");
        row("something", "unknown");
    }

    void whatCannotBeUsedIsNamed()
    {
        QFETCH(QString, tensor);
        QFETCH(QString, kind);
        const ModelCard found = card({{tensor.toStdString(), at::zeros({2, 2048})}});
        QCOMPARE(QString::fromStdString(found.kind), kind);
        const QString problem = QString::fromStdString(english(found.problem));
        QVERIFY2(problem.contains(QLatin1String("x.safetensors")), qPrintable(problem));
        QVERIFY2(
            problem.contains(QLatin1String("Please choose a Stable Diff")), qPrintable(problem));
    }

    void channelsWithoutAUseAreNamed()
    {
        QVERIFY(english(card(minimal(5, 768)).problem).find("depth") != std::string::npos);
        QVERIFY(english(card(minimal(7, 1024)).problem).find("upscaling") != std::string::npos);
        QVERIFY(
            english(card(minimal(8, 768)).problem).find("InstructPix2Pix") != std::string::npos);
        QVERIFY(
            english(card(minimal(6, 768)).problem).find("6 input channels") != std::string::npos);
    }

    void aPartAloneIsNamed()
    {
        Tensors tensors = minimal(4, 768);
        tensors.erase("first_stage_model.encoder.conv_in.weight");
        QVERIFY(card(tensors).needsAutoencoder);
        tensors = minimal(4, 768);
        tensors.erase("cond_stage_model.transformer.text_model.final_layer_norm.bias");
        QCOMPARE(english(card(tensors).problem), std::string());
        QCOMPARE(
            english(card(tensors).notes.front()).substr(0, 22),
            std::string("It has no text encoder"));
        QCOMPARE(
            card({{"encoder.conv_in.weight", at::zeros({1})},
                  {"decoder.conv_in.weight", at::zeros({1})}})
                .kind,
            std::string("autoencoder"));
        QVERIFY(english(card({}).problem).find("no tensors") != std::string::npos);
    }

    void whatIsNoModelIsRefusedInASentence()
    {
        QVERIFY(english(describeModel(path("none")).problem).find("There is no file") == 0);
        write(path("a.ckpt"), "PK");
        const ModelCard pickle = describeModel(path("a.ckpt"));
        QCOMPARE(pickle.kind, std::string("checkpoint (pickle)"));
        QVERIFY(english(pickle.problem).find("must be converted") != std::string::npos);
        write(path("page.safetensors"), "<!DOCTYPE html><html>");
        QVERIFY(
            english(describeModel(path("page.safetensors")).problem).find("web page")
            != std::string::npos);
        fs::create_directories(path("empty"));
        QVERIFY(
            english(describeModel(path("empty")).problem).find("holds no model")
            != std::string::npos);
        write(path("flux/model_index.json"), R"({"_class_name": "FluxPipeline"})");
        QVERIFY(
            english(describeModel(path("flux")).problem).find("FluxPipeline") != std::string::npos);
    }

    void lorasAreExchangedInTheModelThatIsLoaded()
    {
        const std::string key = "lora_unet_down_blocks_0_attentions_0_proj_in";
        const std::string changed = "down_blocks.0.attentions.0.proj_in.weight";
        Models models(path("lora-cache"));
        const auto load = [&](const std::vector<Lora>& loras) {
            return models.stableDiffusion(MINI_MODEL, "cpu", "fp32", {}, {}, "auto", loras);
        };
        const auto plain = load({});
        const Tensor before = plain->unet.dict().at(changed);
        const Tensor other = plain->unet.dict().at("conv_in.weight");
        const auto write = [&](double number) {
            saveSafetensors(
                path("lora.safetensors"),
                {{key + ".lora_down.weight", at::full({1, before.size(1)}, number)},
                 {key + ".lora_up.weight", at::ones({before.size(0), 1})}});
            std::vector<Lora> loras = {{.file = path("lora.safetensors").string(), .weight = .5}};
            completeLoras(loras);
            return loras;
        };
        std::vector<Lora> loras = write(1);
        const auto with = load(loras);
        QVERIFY(with->unet.dict().at(changed).equal(before + .5));
        QVERIFY(with->unet.dict().at("conv_in.weight").is_same(other)); // it was not read again
        QCOMPARE(load(loras).get(), with.get());
        QVERIFY(load({})->unet.dict().at(changed).equal(before));
        // The file is another than its hash says.
        write(2);
        const std::string said = failure([&] { load(loras); });
        QVERIFY2(
            said.find("is another than when it was chosen") != std::string::npos, said.c_str());
        QVERIFY(load({})->unet.dict().at(changed).equal(before));
    }

    void lorasHaveToBePossible()
    {
        std::vector<Lora> loras(65, {.file = "x", .sha256 = "00"});
        QVERIFY(!failure([&] { completeLoras(loras); }).empty());
        loras = {{.file = "x", .sha256 = "00", .weight = 10.5}};
        QVERIFY(!failure([&] { completeLoras(loras); }).empty());
        loras = {{.sha256 = "0123456789abcdef"}};
        QVERIFY(
            failure([&] { completeLoras(loras); }).find("0123456789 is not known")
            != std::string::npos);
        loras = {{.file = "a", .sha256 = "00", .weight = 1}};
        completeLoras(loras);
        std::vector<Lora> elsewhere = {{.file = "b", .sha256 = "00", .weight = 1}};
        QCOMPARE(loraKey(loras), loraKey(elsewhere));
        elsewhere[0].weight = 1 + 1e-15;
        QVERIFY(loraKey(loras) != loraKey(elsewhere));
        QVERIFY(loraKey({}).empty());
    }

    void whatIsNoPickleIsReadable()
    {
        const Models models({}, [](const fs::path&, const StageReport&) -> fs::path {
            throw Error("Nothing is to be converted.");
        });
        fs::create_directories(path("folder.bin"));
        for (const char* name : {"a.safetensors", "none", "folder.bin"})
            QCOMPARE(models.readable(path(name)), path(name));
    }

    void aPickleIsReadThroughTheConverter()
    {
        write(path("vae.pth"), "PK");
        const std::string alone = failure([&] { Models().readable(path("vae.pth")); });
        QVERIFY2(alone.find("must be converted") != std::string::npos, alone.c_str());
        Models models({}, [&](const fs::path& pickle, const StageReport& progress) {
            return progress("Converting") ? fs::path(pickle.string() + ".safetensors") : fs::path();
        });
        const auto readable = [&](bool goOn) {
            return models.readable(path("vae.pth"), [=](const StageEvent&) { return goOn; });
        };
        QCOMPARE(readable(true), path("vae.pth.safetensors"));
        QCOMPARE(readable(false), fs::path());
        models.release();
        QCOMPARE(readable(true), path("vae.pth.safetensors"));
        const std::string absent = failure([&] { models.readable(path("absent.PTH")); });
        QVERIFY2(absent.find("absent.PTH") != std::string::npos, absent.c_str());
    }

    void aThingIsKeptByPlaceKeyAndType()
    {
        Models models;
        int made = 0;
        const auto number = [&](const std::string& key) {
            return models.kept<int>("place", key, [&] { return std::make_shared<int>(++made); });
        };
        const auto first = number("a");
        QCOMPARE(number("a"), first);
        *first = 5; // what is not constant may change while it is kept
        QCOMPARE(*number("a"), 5);
        QCOMPARE(*number("b"), 2);
        QCOMPARE(*number("a"), 3); // one thing a place
        *models.kept<std::string>("place") = "another type";
        QCOMPARE(*number("a"), 3);
        QCOMPARE(*models.kept<std::string>("place"), std::string("another type"));
        QCOMPARE(*models.kept<const std::string>("place"), std::string()); // nobody changes it
        models.release();
        QCOMPARE(*models.kept<std::string>("place"), std::string());
        QCOMPARE(*number("a"), 4);
    }

    void aFolderWithPicklesSaysTheWayOut()
    {
        write(path("bin/unet/diffusion_pytorch_model.bin"), "PK");
        const std::string problem = english(describeModel(path("bin")).problem);
        QVERIFY2(problem.find("diffusion_pytorch_model.bin") != std::string::npos, problem.c_str());
        QVERIFY2(problem.find("choose the folder of the whole") != problem.npos, problem.c_str());
    }

    void namesInAnIndexAreOnlyLookedUp()
    {
        const fs::path index = path("shards/unet/diffusion_pytorch_model.safetensors.index.json");
        for (const char* name : {"../../x.safetensors", "/etc/passwd", "absent.safetensors", ""}) {
            write(index, nlohmann::json({{"weight_map", {{"a", name}}}}).dump());
            const std::string problem = english(describeModel(path("shards")).problem);
            QVERIFY2(
                problem.find("is no file in the same folder") != std::string::npos,
                problem.c_str());
        }
        write(index, "[]");
        QVERIFY(
            english(describeModel(path("shards")).problem).find("weight_map") != std::string::npos);
    }

    void aHashIsComputedOnce()
    {
        saveSafetensors(path("h.safetensors"), minimal(4, 768));
        const ModelCard card = describeModel(path("h.safetensors"));
        const fs::path cache = path("cache");
        const std::string hash = modelHash(card, cache);
        QCOMPARE(hash, sha256(card.path));
        const fs::path remembered = fs::directory_iterator(cache)->path();
        write(remembered, std::string(64, 'f'));
        QCOMPARE(modelHash(card, cache), std::string(64, 'f'));
        write(remembered, "damaged");
        QCOMPARE(modelHash(card, cache), hash);
        saveSafetensors(path("h.safetensors"), minimal(9, 768));
        QCOMPARE(modelHash(card, cache), sha256(card.path));
    }

    void aHashThatCannotBeRememberedIsStillTheHash()
    {
        const fs::path file = path("unremembered.safetensors"), blocked = path("blocked");
        saveSafetensors(file, minimal(4, 768));
        write(blocked, "a file where the folder should be");
        QCOMPARE(fileHash(file, blocked), sha256(file));
        QCOMPARE(fileHash(file, blocked / "deeper"), sha256(file));
    }

    void aFileOfTheSameSizeThatWasWrittenLaterIsAnother()
    {
        const fs::path file = path("later.safetensors"), cache = path("cache");
        saveSafetensors(file, {{"x", at::zeros({4})}});
        const auto size = fs::file_size(file);
        const std::string stamp = fileStamp(file), of = fileStamp(path("."));
        QCOMPARE(fileHash(file, cache), sha256(file));
        const auto time = fs::last_write_time(file);
        saveSafetensors(file, {{"x", at::ones({4})}});
        fs::last_write_time(file, time + std::chrono::nanoseconds(1000)); // of a fast computer
        QCOMPARE(fs::file_size(file), size);
        QVERIFY(fileStamp(file) != stamp);
        QVERIFY(fileStamp(path(".")) != of);
        QCOMPARE(fileHash(file, cache), sha256(file));
        {
            const Stopping stopping([] { return true; });
            QCOMPARE(modelHash({.path = file}, path("stopped")), std::string());
        }
        QCOMPARE(modelHash({.path = file}, path("stopped")), sha256(file)); // nothing was kept
    }

    void damagedNotesDoNotHideAModel()
    {
        fs::copy(MINI_MODEL, path("mini"), fs::copy_options::recursive);
        write(path("mini/recommended.json"), "{");
        const ModelCard card = describeModel(path("mini"));
        QCOMPARE(english(card.problem), std::string());
        QCOMPARE(card.notes.size(), 1u);
        QVERIFY(card.recommended.empty());
        write(path("mini/recommended.json"), "[]");
        QCOMPARE(describeModel(path("mini")).notes.size(), 1u);
        write(
            path("mini/recommended.json"),
            R"({"analogy": {"a": true, "b": [1], "c": 1e-3}, "x": 3})");
        const ModelCard odd = describeModel(path("mini"));
        const std::map<std::string, std::string> expected = {{"a", "true"}, {"c", "0.001"}};
        QCOMPARE(odd.recommended.size(), 1u);
        QVERIFY(odd.recommended.at("analogy") == expected);
        QCOMPARE(odd.notes.size(), 2u);
        for (const auto& [i, part] :
             {std::pair(0, R"(says "[1]" for "analogy.b")"), {1, R"(says "3" for "x")"}})
            QVERIFY(english(odd.notes.at(size_t(i))).find(part) != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(ModelsTest)
#include "tst_models.moc"
