// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/stablediffusion.h"
#include "core/file/files.h"
#include "core/loracard.h"
#include "core/model/lora.h"
#include "core/model/modelfiles.h"
#include "tests/failure.h"
#include "tests/portablefill.h"
#include "tests/testseed.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <random>

namespace fs = std::filesystem;

namespace {

using Tensors = std::map<std::string, Tensor>;

const std::string recordedCase = TEST_DATA "/lora/";
const std::string block = "down_blocks.0.attentions.0.transformer_blocks.0.";

/// The networks of two recorded cases in a file, and what is put beside it.
struct Files
{
    QTemporaryDir folder;

    fs::path path(const std::string& name) const
    {
        return fs::path(folder.path().toStdString()) / (name + ".safetensors");
    }
    std::string save(const std::string& name, const Tensors& tensors) const
    {
        saveSafetensors(path(name), tensors);
        return path(name).string();
    }
    std::string base(at::ScalarType type) const
    {
        Tensors tensors;
        for (const auto& [part, file] :
             {std::pair("unet.", "unet-sd1"), std::pair("text_encoder.", "clip-text-sd1")})
            for (const auto& [name, tensor] :
                 loadSafetensors(std::string(TEST_DATA "/") + file + "/weights.safetensors"))
                tensors[part + name] = tensor.is_floating_point() ? tensor.to(type) : tensor;
        return save(std::string("base-") + c10::toString(type), tensors);
    }
};

StableDiffusion loaded(
    const std::string& path, const std::string& precision, const std::vector<Lora>& loras)
{
    const std::string unet = readText(TEST_DATA "/unet-sd1/config.json");
    const std::string text = readText(TEST_DATA "/clip-text-sd1/config.json");
    return loadStableDiffusion(
        path, "cpu", precision, {}, {.unet = unet, .textEncoder = text}, {}, loras);
}

std::vector<Lora> recorded(const std::string& first, const std::string& second)
{
    return {
        {.file = recordedCase + "first-" + first + ".safetensors", .weight = 1.3},
        {.file = recordedCase + "second-" + second + ".safetensors", .weight = -.5}};
}

const Weights& partOf(const StableDiffusion& model, const std::string& tensor)
{
    return tensor.starts_with("text_model.") ? model.textEncoder : model.unet;
}

/// Whether all tensors of two models are the same, bit for bit.
bool same(const StableDiffusion& a, const StableDiffusion& b)
{
    for (const auto& [one, other] :
         {std::pair(&a.unet, &b.unet), std::pair(&a.textEncoder, &b.textEncoder)}) {
        if (one->dict().size() != other->dict().size())
            return false;
        for (const auto& [name, tensor] : one->dict())
            if (!tensor.equal(other->dict().at(name)))
                return false;
    }
    return true;
}

/// Twenty LoRAs in kohya's names: each of some layers of a model, of a rank of its own for each,
/// with an alpha or without.
std::vector<Lora> twenty(const Files& files, const StableDiffusion& model, std::mt19937& chance)
{
    std::vector<std::pair<std::string, std::vector<int64_t>>> layers; // with a weight's shape
    for (const auto& [start, part] :
         {std::pair("lora_unet_", &model.unet), std::pair("lora_te_", &model.textEncoder)})
        for (const auto& [name, tensor] : part->dict())
            if (name.ends_with(".weight") && tensor.dim() >= 2
                && name.find("embedding") == name.npos) {
                std::string key = start + name.substr(0, name.size() - 7);
                std::ranges::replace(key, '.', '_');
                layers.emplace_back(key, tensor.sizes().vec());
            }
    std::ranges::sort(layers); // the same for every run
    std::vector<Lora> loras;
    for (int i = 0; i < 20; ++i) {
        Tensors tensors;
        for (size_t left = 1 + chance() % 24; left > 0; --left) {
            const auto& [key, shape] = layers[chance() % layers.size()];
            const int64_t rank = 1 + int64_t(chance() % 8);
            std::vector<int64_t> down = shape, up = {shape[0], rank};
            down[0] = rank;
            up.resize(shape.size(), 1);
            const std::string which = std::to_string(i) + key;
            tensors[key + ".lora_down.weight"] = portableWeight(which + "down", down);
            tensors[key + ".lora_up.weight"] = portableWeight(which + "up", up);
            if (chance() % 2)
                tensors[key + ".alpha"] = at::full({}, double(1 + chance() % 16));
            else
                tensors.erase(key + ".alpha");
        }
        const std::string file = files.save("lora " + std::to_string(i), tensors);
        // Never so near to zero that nothing would be changed, as rounded as the weights are.
        const double strength = 0.25 + double(chance() % 1750) / 1000;
        loras.push_back({.file = file, .weight = chance() % 2 ? strength : -strength});
    }
    return loras;
}

double largestDifference(const Tensor& a, const Tensor& b)
{
    return (a.to(at::kDouble) - b.to(at::kDouble)).abs().max().item<double>();
}

} // namespace

class LoraTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void weightsAreTheReferences_data()
    {
        QTest::addColumn<QString>("naming");
        QTest::addColumn<QString>("type");
        for (const char* naming : {"kohya", "diffusers", "peft"})
            for (const char* type : {"float32", "float16", "bfloat16"})
                QTest::addRow("%s %s", naming, type)
                    << QString::fromLatin1(naming) << QString::fromLatin1(type);
    }

    /// Linear layers, 1x1 and 3x3 convolutions and the text encoder, each with an alpha that is the
    /// rank, another, missing and 0.
    void weightsAreTheReferences()
    {
        QFETCH(QString, naming);
        QFETCH(QString, type);
        const bool half = type == QLatin1String("float16"),
                   brain = type == QLatin1String("bfloat16");
        const at::ScalarType base = half ? at::kHalf : brain ? at::kBFloat16 : at::kFloat;
        const Files models;
        const StableDiffusion model = loaded(
            models.base(base), brain ? "bf16" : "fp32",
            recorded(naming.toStdString(), naming.toStdString()));
        const auto outputs = loadSafetensors(recordedCase + "outputs.safetensors");
        int compared = 0;
        for (const auto& [name, wanted] : outputs) {
            const std::string end = "." + type.toStdString();
            if (!name.ends_with(end))
                continue;
            const std::string tensor = name.substr(0, name.size() - end.size()) + ".weight";
            const Tensor is = partOf(model, tensor).dict().at(tensor);
            // A last place of the type, where the sum lies between two numbers.
            const double place = half ? 0x1p-10 : brain ? 0x1p-7 : 0x1p-20;
            const double most = wanted.to(at::kDouble).abs().max().item<double>();
            const double differs = largestDifference(is, wanted);
            QVERIFY2(differs <= place * most, (tensor + " " + std::to_string(differs)).c_str());
            ++compared;
        }
        QCOMPARE(compared, 16);
    }

    void wholeNetworksGiveTheReferencesNumbers()
    {
        const Files models;
        const StableDiffusion model =
            loaded(models.base(at::kFloat), "fp32", recorded("kohya", "peft"));
        const auto outputs = loadSafetensors(recordedCase + "outputs.safetensors");
        const auto inputs = loadSafetensors(TEST_DATA "/unet-sd1/inputs.safetensors");
        const Tensor noise = unet(
            model.unetConfig, model.unet, inputs.at("latent"),
            {.time = 501, .context = inputs.at("context")}, {});
        QVERIFY(largestDifference(noise, outputs.at("unet")) < 1e-4);
        const auto ids = loadSafetensors(TEST_DATA "/clip-text-sd1/inputs.safetensors");
        const Tensor text = encodeText(model.textConfig, model.textEncoder, ids.at("input_ids"));
        QVERIFY(largestDifference(text, outputs.at("text")) < 1e-4);
        const StableDiffusion plain = loaded(models.base(at::kFloat), "fp32", {});
        const Tensor without = unet(
            plain.unetConfig, plain.unet, inputs.at("latent"),
            {.time = 501, .context = inputs.at("context")}, {});
        QVERIFY(largestDifference(noise, without) > .1);
    }

    void namesOfAllKindsMeanTheSame()
    {
        const Files models;
        const std::string base = models.base(at::kFloat);
        const StableDiffusion kohya = loaded(base, "fp32", recorded("kohya", "kohya"));
        for (const char* naming : {"diffusers", "peft"})
            QVERIFY(same(kohya, loaded(base, "fp32", recorded(naming, naming))));
        // The oldest names have no alphas: where those are not the rank, the factor is another.
        const StableDiffusion old =
            loaded(base, "fp32", {{.file = recordedCase + "first-processors.safetensors"}});
        const StableDiffusion now =
            loaded(base, "fp32", {{.file = recordedCase + "first-peft.safetensors"}});
        for (const char* layer : {"attn1.to_q", "attn1.to_v", "attn2.to_out.0"})
            QVERIFY(old.unet.dict()
                        .at(block + layer + ".weight")
                        .equal(now.unet.dict().at(block + layer + ".weight")));
        const std::string attention = "text_model.encoder.layers.0.self_attn.";
        for (const char* layer : {"q_proj", "v_proj", "out_proj"})
            QVERIFY(old.textEncoder.dict()
                        .at(attention + layer + ".weight")
                        .equal(now.textEncoder.dict().at(attention + layer + ".weight")));
    }

    void onAndOffTwentyTimesLeavesTheWeightsAsTheyWere_data()
    {
        QTest::addColumn<QString>("precision");
        QTest::newRow("fp32") << "fp32";
        QTest::newRow("bf16") << "bf16";
    }

    void onAndOffTwentyTimesLeavesTheWeightsAsTheyWere()
    {
        QFETCH(QString, precision);
        const Files models;
        const std::string base = models.base(at::kHalf);
        const StableDiffusion before = loaded(base, precision.toStdString(), {});
        StableDiffusion model = loaded(base, precision.toStdString(), {});
        for (int i = 0; i < 20; ++i) {
            const Lora lora {
                .file =
                    recordedCase + (i % 2 ? "first-kohya.safetensors" : "second-peft.safetensors"),
                .weight = i < 2 ? 200 * i - 100 : .1 + i};
            QVERIFY(exchangeLoras(model, {lora}));
            QVERIFY(!same(model, before));
            QVERIFY(exchangeLoras(model, {}));
            QVERIFY2(same(model, before), QByteArray::number(i).constData());
        }
        std::vector<Lora> twenty;
        for (int i = 0; i < 10; ++i)
            for (const Lora& lora : recorded("kohya", "peft"))
                twenty.push_back(lora);
        QVERIFY(exchangeLoras(model, twenty));
        QVERIFY(same(model, loaded(base, precision.toStdString(), twenty)));
        QVERIFY(exchangeLoras(model, recorded("peft", "peft")));
        QVERIFY(same(model, loaded(base, precision.toStdString(), recorded("peft", "peft"))));
        QVERIFY(exchangeLoras(model, {}));
        QVERIFY(same(model, before));
        QVERIFY(model.changedUNet.empty() && model.changedTextEncoder.empty());
    }

    void twentyLorasInAnyOrderLeaveTheWeightsAsTheyWere_data()
    {
        QTest::addColumn<QString>("precision");
        QTest::newRow("fp32") << QStringLiteral("fp32");
        QTest::newRow("bf16") << QStringLiteral("bf16");
    }

    /// Twenty different ones, of other layers, ranks and weights each, are switched on one after
    /// the other and off in another order. What there is in between is what a load gives.
    void twentyLorasInAnyOrderLeaveTheWeightsAsTheyWere()
    {
        QFETCH(QString, precision);
        const Files models;
        const std::string base = models.base(at::kHalf), type = precision.toStdString();
        const StableDiffusion before = loaded(base, type, {});
        std::mt19937 chance {seedOfTest()};
        std::vector<Lora> all = twenty(models, before, chance), on;
        StableDiffusion model = loaded(base, type, {});
        const auto change = [&](int number) {
            QVERIFY(exchangeLoras(model, on));
            if (number % 7 == 0)
                QVERIFY2(same(model, loaded(base, type, on)), std::to_string(number).c_str());
            QCOMPARE(same(model, before), on.empty());
        };
        std::ranges::shuffle(all, chance);
        for (const Lora& lora : all) {
            on.insert(on.begin() + int(chance() % (on.size() + 1)), lora);
            change(int(on.size()));
        }
        while (!on.empty()) {
            on.erase(on.begin() + int(chance() % on.size()));
            change(int(on.size()));
        }
        QVERIFY(same(model, before));
    }

    void onlyWhatLorasTouchIsReadAgain()
    {
        const Files models;
        StableDiffusion model = loaded(models.base(at::kFloat), "fp32", {});
        const auto before = model.unet.dict();
        QVERIFY(exchangeLoras(model, recorded("kohya", "kohya")));
        int other = 0;
        for (const auto& [name, tensor] : model.unet.dict())
            other += !tensor.is_same(before.at(name));
        QCOMPARE(other, 12);
        QVERIFY(!exchangeLoras(model, {}, [](const StageEvent&) { return false; }));
    }

    void aCardTellsWhatAFileIs()
    {
        const Files models;
        // A model whose parts say how they are built.
        const LoraCard none = describeLora("/nowhere/x.safetensors", MINI_MODEL);
        QVERIFY(!none.problem.empty());
        const std::string key = "lora_unet_down_blocks_0_attentions_0_proj_in";
        const auto shape = loadStableDiffusion(MINI_MODEL, "cpu", "fp32")
                               .unet.dict()
                               .at("down_blocks.0.attentions.0.proj_in.weight")
                               .sizes()
                               .vec();
        saveSafetensors(
            models.path("x"),
            {{key + ".lora_down.weight", at::ones({1, shape[1]})},
             {key + ".lora_up.weight", at::ones({shape[0], 1})},
             {"odd", at::ones({1})}},
            {{"ss_tag_frequency", R"({"10_a": {"cat": 3, "hat": 9}, "1_b": {"<b>mat</b>": 1}})"}});
        const LoraCard card = describeLora(models.path("x"), MINI_MODEL);
        QCOMPARE(english(card.problem), std::string());
        QCOMPARE(card.name, std::string("x.safetensors"));
        QCOMPARE(card.layers, 1);
        QCOMPARE(card.triggers, std::string("hat, cat, <b>mat</b>"));
        QCOMPARE(
            english(card.notes),
            (std::vector<std::string> {
                "1 of its entries are not known and are left out (\"odd\")."}));
    }

    void aCardSaysWhatIsNoLora()
    {
        const Files models;
        const auto problem = [&](const fs::path& file) {
            return english(describeLora(file, MINI_MODEL).problem);
        };
        QVERIFY(
            problem(models.folder.path().toStdString()).find("is a folder") != std::string::npos);
        const std::string pickled("\x80\x02}q.");
        writeFileAtomically(models.path("pickle"), std::as_bytes(std::span(pickled)));
        QVERIFY(problem(models.path("pickle")).find("is a Python pickle") != std::string::npos);
        fs::create_symlink("loop.safetensors", models.path("loop"));
        QVERIFY(problem(models.path("loop")).find("lead in a circle") != std::string::npos);
    }

    void aCardShowsWordsAsFarAsTheyAreThere()
    {
        const Files models;
        // Of a model without a text encoder, so that the file may hold anything for one.
        const fs::path model = models.path("model");
        fs::create_directories(model);
        for (const char* part : {"unet", "vae"})
            fs::create_directory_symlink(fs::path(MINI_MODEL) / part, model / part);
        const std::string key = "unet.down_blocks.0.attentions.0.proj_in.lora_";
        const auto unet = openModel(model).unet;
        const auto shape = shapesOf(unet).at("down_blocks.0.attentions.0.proj_in.weight");
        const auto card = [&](const std::map<std::string, std::string>& metadata) {
            Tensors tensors = {
                {key + "A.weight", at::ones({1, shape[1]})},
                {key + "B.weight", at::ones({shape[0], 1})}};
            for (const char* odd : {"a", "b", "c", "d"})
                tensors[odd] = at::ones({1});
            for (const char* end : {"A.weight", "B.weight"})
                tensors[std::string("text_encoder.x.lora_") + end] = at::ones({1, 1});
            saveSafetensors(models.path("words"), tensors, metadata);
            return describeLora(models.path("words"), model);
        };
        const LoraCard plain = card({});
        QCOMPARE(english(plain.problem), std::string());
        QVERIFY(plain.triggers.empty());
        QCOMPARE(
            english(plain.notes),
            (std::vector<std::string> {
                "4 of its entries are not known and are left out (\"a\", \"b\", \"c\" ...).",
                "The model has no text encoder, so 2 of its entries are left out "
                "(\"text_encoder.x.lora_A.weight\", \"text_encoder.x.lora_B.weight\")."}));
        QCOMPARE(card({{"trigger_words", "a word"}}).triggers, std::string("a word"));
        for (const char* none : {"[]", "{", R"({"a": 5, "b": {"c": "d"}})"})
            QCOMPARE(card({{"ss_tag_frequency", none}}).triggers, std::string());
        // Cut off between two characters, not inside one.
        std::string longer = "x";
        for (int i = 0; i < 150; ++i)
            longer += "\u00e9";
        const std::string cut = card({{"modelspec.trigger_phrase", longer}}).triggers;
        QCOMPARE(cut, longer.substr(0, 199) + "\u2026");
    }
};

QTEST_GUILESS_MAIN(LoraTest)
#include "tst_lora.moc"
