// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/apart.h"

#include "core/convert.h"
#include "core/diffusion/samplingrun.h"
#include "core/file/files.h"
#include "core/file/hash.h"
#include "core/random.h"
#include "tests/failure.h"
#include "tests/portablefill.h"

#include <QTemporaryDir>
#include <QTest>

namespace fs = std::filesystem;

namespace {

using Tensors = std::map<std::string, Tensor>;

/// The default model, in fp32.
std::shared_ptr<const StableDiffusion> mini()
{
    static const auto model =
        std::make_shared<const StableDiffusion>(loadStableDiffusion(MINI_MODEL, "cpu", "fp32"));
    return model;
}

/// The decoder's tensors in diffusers' names, filled by them.
Tensors tinyTensors()
{
    Tensors tensors;
    const auto conv = [&](const std::string& name, int64_t in, int64_t out, bool bias = true) {
        const std::string whole = "decoder.layers." + name;
        tensors[whole + ".weight"] = portableWeight(whole + ".weight", {out, in, 3, 3});
        if (bias)
            tensors[whole + ".bias"] = portableWeight(whole + ".bias", {out});
    };
    conv("0", 4, 64);
    for (const char* block : {"2", "3", "4", "7", "8", "9", "12", "13", "14", "17"})
        for (const char* place : {".conv.0", ".conv.2", ".conv.4"})
            conv(block + std::string(place), 64, 64);
    for (const char* narrowing : {"6", "11", "16"})
        conv(narrowing, 64, 64, false);
    conv("18", 64, 3);
    return tensors;
}

/// The same in the author's names.
Tensors authorsNames(const Tensors& tensors)
{
    Tensors renamed;
    for (const auto& [name, tensor] : tensors) {
        const std::string rest = name.substr(std::string("decoder.layers.").size());
        const size_t dot = rest.find('.');
        renamed[std::to_string(std::stoi(rest.substr(0, dot)) + 1) + rest.substr(dot)] = tensor;
    }
    return renamed;
}

double largestDifference(const Tensor& a, const Tensor& b)
{
    return (a.to(at::kDouble) - b.to(at::kDouble)).abs().max().item<double>();
}

Request asking(Values values)
{
    return {.model = MINI_MODEL, .values = std::move(values), .precision = "fp32"};
}

} // namespace

/// What a request has beside its model: embeddings, a text encoder, a small decoder.
class ApartTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    Models m_models;

    fs::path path(const std::string& name)
    {
        return m_folder.filePath(QString::fromStdString(name)).toStdString();
    }
    std::string saved(const std::string& name, const Tensors& tensors)
    {
        saveSafetensors(path(name), tensors);
        return path(name).string();
    }
    std::shared_ptr<const StableDiffusion> with(const Values& values)
    {
        return withParts(mini(), asking(values), m_models, {});
    }
    /// The rows of the model's table for a text.
    Tensor rows(const std::string& text)
    {
        const Tensor table =
            mini()->textEncoder.dict().at("text_model.embeddings.token_embedding.weight");
        std::vector<Tensor> found;
        for (const int64_t id : mini()->tokenizer->encode(text))
            found.push_back(table[id]);
        return at::stack(found);
    }

private Q_SLOTS:
    void taesdDecodesAsTheReferenceDoes_data()
    {
        QTest::addColumn<bool>("authors");
        QTest::newRow("diffusers' names") << false;
        QTest::newRow("the author's names") << true;
    }

    void taesdDecodesAsTheReferenceDoes()
    {
        QFETCH(bool, authors);
        const auto expected = loadSafetensors(TEST_DATA "/taesd/outputs.safetensors");
        const Tensors tensors = tinyTensors();
        const std::string file =
            saved("taesd.safetensors", authors ? authorsNames(tensors) : tensors);
        const TinyDecoder tiny = loadTinyDecoder(file, at::kCPU, file);
        const Tensor picture = decode(tiny, expected.at("latent"));
        QCOMPARE(picture.sizes(), expected.at("picture").sizes());
        const double error = largestDifference(picture, expected.at("picture"));
        QVERIFY2(error < 5e-5, qPrintable(QString::number(error)));
    }

    void anotherSmallAutoencoderIsNamed()
    {
        const auto load = [&](const std::string& name, const Tensors& tensors) {
            const std::string file = saved(name, tensors);
            return failure([&] { loadTinyDecoder(file, at::kCPU, file); });
        };
        QVERIFY(
            load("a.safetensors", {{"1.conv.0.weight", at::zeros({1})}}).find("encoder of a TAESD")
            != std::string::npos);
        QVERIFY(
            load("a.safetensors", {{"x", at::zeros({1})}}).find("is no TAESD")
            != std::string::npos);
        Tensors wide = authorsNames(tinyTensors());
        QVERIFY(
            load("taesdxl_decoder.safetensors", wide).find("that of SDXL") != std::string::npos);
        wide["1.weight"] = at::zeros({64, 16, 3, 3});
        QVERIFY(load("a.safetensors", wide).find("latents of 16 channels") != std::string::npos);
        Tensors part = tinyTensors();
        part.erase("decoder.layers.9.conv.2.bias");
        QVERIFY(load("a.safetensors", part).find("lacks 1 of the 67") != std::string::npos);
    }

    void aTaesdOfZerosIsSaid()
    {
        Tensors tensors = tinyTensors();
        for (auto& [name, tensor] : tensors)
            tensor = at::zeros_like(tensor);
        const std::string file = saved("zeros.safetensors", tensors);
        const auto shown = with({{"taesd", file}});
        Notes notes;
        picturesOf(*shown, at::ones({1, 4, 2, 2}), Rounding::Nearest, {}, &notes);
        QVERIFY(!notes.empty());
        QCOMPARE(
            english(notes.at(0)),
            "All values of the TAESD in the file " + file
                + " are zero, so it does nothing: the file may be damaged.");
        const auto whole = with({{"taesd", saved("taesd.safetensors", tinyTensors())}});
        QVERIFY(whole->loadingNotes.empty());
    }

    void stepsAndResultsAreDecodedByTaesdWhereThatIsWanted()
    {
        const std::string file = saved("taesd.safetensors", tinyTensors());
        Tensor latent = at::empty({1, 4, 4, 6});
        normal(3, 0, {latent.data_ptr<float>(), size_t(latent.numel())});
        const auto shown = with({{"taesd", file}});
        QVERIFY(shown->tiny && !shown->quick);
        const std::vector<Image> small = stepPreview(previewMapOf(*shown, latent), latent);
        QCOMPARE(std::pair(small.at(0).width, small.at(0).height), std::pair(24, 16));
        const std::vector<Image> usual = stepPreview(previewMapOf(*mini(), latent), latent);
        QCOMPARE(std::pair(usual.at(0).width, usual.at(0).height), std::pair(6, 4));

        Notes notes;
        QVERIFY(picturesOf(*shown, latent) == picturesOf(*mini(), latent));
        const auto quick = with({{"taesd", file}, {"decoder", std::string("taesd")}});
        const auto pictures = picturesOf(*quick, latent, Rounding::Nearest, {}, &notes);
        QVERIFY(pictures == toImages(decode(*quick->tiny, latent)));
        QCOMPARE(
            english(notes.at(0)).substr(0, 32), std::string("The result was decoded by TAESD,"));
        QVERIFY(
            failure([&] {
                with({{"decoder", std::string("taesd")}});
            }).find("no file of one")
            != std::string::npos);
    }

    void aLearntWordStandsForItsVectors_data()
    {
        QTest::addColumn<QByteArray>("name"); // of the file's tensor
        QTest::newRow("AUTOMATIC1111") << QByteArray("emb_params");
        QTest::newRow("converted from .pt") << QByteArray("*");
        QTest::newRow("diffusers") << QByteArray("<my-word>");
    }

    /// Vectors that are those of other words give the very context of those words.
    void aLearntWordStandsForItsVectors()
    {
        QFETCH(const QByteArray, name);
        const std::string file =
            saved("zebra-style.safetensors", {{name.toStdString(), rows("large red circle")}});
        const auto model = with({{"embeddings", file}, {"prompt", std::string("Zebra-Style")}});
        QVERIFY(model->embeddings);
        const PromptRules rules {.emphasis = Emphasis::Weights};
        for (const auto& [typed, meant] : std::map<std::string, std::string> {
                 {"a zebra-style, white ground", "a large red circle, white ground"},
                 {"ZEBRA-STYLE", "large red circle"},
                 {"(zebra-style:1.4) on blue", "(large red circle:1.4) on blue"},
                 {"zebra and style", "zebra and style"}}) {
            QVERIFY(encodePrompts(*model, {typed}, rules)
                        .equal(encodePrompts(*mini(), {meant}, rules)));
        }
        const std::vector<ContextToken> tokens = contextTokens(*model, "zebra-style x", 77, rules);
        QCOMPARE(tokens[1].text, std::string("zebra-style"));
        QCOMPARE(tokens[3].word, tokens[1].word);
        QVERIFY(tokens[4].word > tokens[3].word);
    }

    void whatIsPickledIsReadFromWhatWasMadeOfIt_data()
    {
        QTest::addColumn<QByteArray>("file");
        for (const char* file :
             {"embedding-webui.pt", "embedding-parameterdict.pt", "embedding-diffusers.bin"})
            QTest::newRow(file) << QByteArray(file);
    }

    void whatIsPickledIsReadFromWhatWasMadeOfIt()
    {
        QFETCH(const QByteArray, file);
        const std::string name = file.toStdString();
        Models models({}, [&](const fs::path& pickle, const StageReport&) {
            convertCheckpoint(pickle, path("made.safetensors"));
            return path("made.safetensors");
        });
        const auto model = withParts(
            mini(),
            asking(
                {{"embeddings", TEST_DATA "/pickles/" + name},
                 {"prompt", fs::path(name).stem().string()}}),
            models, {});
        QVERIFY(
            model->embeddings->vectors.equal(at::arange(384, at::kFloat).reshape({2, 192}) / 256));
        Models none;
        const std::string refused = failure([&] {
            withParts(
                mini(),
                asking(
                    {{"embeddings", TEST_DATA "/pickles/" + name},
                     {"prompt", fs::path(name).stem().string()}}),
                none, {});
        });
        QVERIFY2(refused.find("is a Python pickle") != refused.npos, refused.c_str());
    }

    void aPickledLoraIsAddedAsAnyOther()
    {
        int conversions = 0;
        Models models({}, [&](const fs::path& pickle, const StageReport&) {
            ++conversions;
            convertCheckpoint(pickle, path("lora.safetensors"));
            return path("lora.safetensors");
        });
        const fs::path file = TEST_DATA "/pickles/lora.pt";
        const auto model = models.stableDiffusion(
            MINI_MODEL, "cpu", "fp32", {}, {}, "auto",
            {{.file = file.string(), .sha256 = sha256(file), .weight = 2}});
        const std::string layer = "mid_block.attentions.0.proj_in.weight";
        const Tensor down = at::arange(128, at::kFloat) / 64, up = down - 0.5;
        const Tensor& own = mini()->unet.dict().at(layer);
        const Tensor expected =
            own + 2 * at::matmul(up.reshape({-1, 1}), down.reshape({1, -1})).reshape(own.sizes());
        QVERIFY(model->unet.dict().at(layer).equal(expected));
        QCOMPARE(conversions, 1);
    }

    void aLearntWordIsNotCutInTwo()
    {
        const std::string file = saved("qq.safetensors", {{"emb_params", rows("red red red red")}});
        const auto model = with({{"embeddings", file}, {"prompt", std::string("qq")}});
        std::string fillers;
        for (int i = 0; i < 73; ++i)
            fillers += "blue ";
        const PromptRules rules;
        QVERIFY(encodePrompts(*model, {fillers + "qq"}, rules)
                    .equal(at::cat(
                        {encodePrompts(*mini(), {fillers}, rules),
                         encodePrompts(*mini(), {"red red red red"}, rules)},
                        1)));
    }

    void foldersOfEmbeddingsAreReadAsFarAsTheyAreMeant()
    {
        fs::create_directories(path("words"));
        saved("words/one.safetensors", {{"emb_params", rows("red")}});
        saved("words/wrong.safetensors", {{"emb_params", at::zeros({2, 1024})}});
        saved("words/xl.safetensors", {{"clip_l", rows("red")}, {"clip_g", at::zeros({1, 1280})}});
        writeFileAtomically(path("words/notes.txt"), {});
        const std::string folder = path("words").string() + "; ";
        const auto meaning = [&](const char* prompt) {
            return with({{"embeddings", folder}, {"prompt", std::string(prompt)}});
        };
        QCOMPARE(meaning("a circle"), mini());
        QCOMPARE(meaning("One circle")->embeddings->words.size(), size_t(1));
        const std::string wrong = failure([&] { meaning("a wrong circle"); });
        QVERIFY2(wrong.find("wrong.safetensors has vectors of 1024") != wrong.npos, wrong.c_str());
        QVERIFY(failure([&] { meaning("xl"); }).find("SDXL") != std::string::npos);
        const std::string none = failure([&] {
            with({{"embeddings", path("none").string()}, {"prompt", std::string("x")}});
        });
        QVERIFY2(none.find("to take embeddings from") != none.npos, none.c_str());
        const Request asked = asking({{"embeddings", folder}});
        QVERIFY(partsKey(asked, "a circle").empty());
        QVERIFY(!partsKey(asked, "one circle").empty());
    }

    void aTextEncoderThatLiesApartIsTheModels()
    {
        const auto& own = mini()->textEncoder.dict();
        const std::string folder = path("apart").string();
        fs::create_directories(folder);
        fs::copy(MINI_MODEL "/text_encoder", path("apart"), fs::copy_options::recursive);
        fs::copy(MINI_MODEL "/tokenizer", path("apart/tokenizer"), fs::copy_options::recursive);
        const auto same = with({{"text_encoder", folder}});
        QVERIFY(same->textEncoder.dict()
                    .at("text_model.final_layer_norm.weight")
                    .equal(own.at("text_model.final_layer_norm.weight")));
        QVERIFY(encodePrompts(*same, {"red"}).equal(encodePrompts(*mini(), {"red"})));

        const fs::path model = path("mute");
        fs::copy(MINI_MODEL, model, fs::copy_options::recursive);
        fs::remove_all(model / "text_encoder");
        Request mute = asking({});
        mute.model = model.string();
        QVERIFY(
            failure([&] { checkUnderstands(mute); }).find("has no text encoder")
            != std::string::npos);
        mute.values["text_encoder"] = folder;
        QCOMPARE(failure([&] { checkUnderstands(mute); }), std::string());
        const auto whole =
            std::make_shared<const StableDiffusion>(loadStableDiffusion(model, "cpu", "fp32"));
        QVERIFY(
            failure([&] { encodePrompts(*whole, {"red"}); }).find("understands no prompt")
            != std::string::npos);
        const auto mended = withParts(whole, mute, m_models, {});
        QVERIFY(encodePrompts(*mended, {"red"}).equal(encodePrompts(*mini(), {"red"})));

        const std::string none = failure([&] {
            with(
                {{"text_encoder",
                  saved(
                      "v.safetensors",
                      {{"encoder.conv_in.weight", at::zeros({1})},
                       {"decoder.conv_in.weight", at::zeros({1})}})}});
        });
        QVERIFY2(none.find("where a text encoder is expected") != none.npos, none.c_str());
    }
};

QTEST_GUILESS_MAIN(ApartTest)
#include "tst_apart.moc"
