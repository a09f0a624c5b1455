// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/plugandplay/structure.h"

#include "core/file/files.h"
#include "core/models.h"
#include "core/nn/fastpaths.h"
#include "core/nn/pixels.h"
#include "core/weights/safetensors.h"
#include "plugins/plugandplay/plugandplay.h"
#include "tests/failure.h"
#include "tests/portablefill.h"

#include <QScopeGuard>
#include <QTemporaryDir>
#include <QTest>

#include <utility>

namespace fs = std::filesystem;

namespace {

constexpr int64_t width = 12, hidden = 24, grid = 4;

/// A network of three layers, 12 channels and 4 x 4 positions, in the names of transformers 5.
std::map<std::string, Tensor> tinyWeights()
{
    const std::string projection = "embeddings.patch_embeddings.projection.";
    Shapes shapes = {
        {"embeddings.cls_token", {1, 1, width}},
        {"embeddings.position_embeddings", {1, 1 + grid * grid, width}},
        {projection + "weight", {width, 3, 8, 8}},
        {projection + "bias", {width}},
        {"layernorm.weight", {width}}}; // has no part in the keys
    const auto add = [&](const std::string& name, const std::vector<int64_t>& shape) {
        shapes[name + ".weight"] = shape;
        shapes[name + ".bias"] = {shape.front()};
    };
    for (const char* layer : {"layers.0.", "layers.1.", "layers.2."}) {
        for (const char* name : {"q_proj", "k_proj", "v_proj", "o_proj"})
            add(std::string(layer) + "attention." + name, {width, width});
        add(std::string(layer) + "mlp.fc1", {hidden, width});
        add(std::string(layer) + "mlp.fc2", {width, hidden});
        add(std::string(layer) + "layernorm_before", {width});
        add(std::string(layer) + "layernorm_after", {width});
    }
    const Weights::Dict filled = portableWeights(shapes);
    return {filled.begin(), filled.end()};
}

/// The same in the names of the published files.
std::map<std::string, Tensor> inOldNames(const std::map<std::string, Tensor>& weights)
{
    const std::pair<std::string, std::string> names[] = {
        {"layers.", "encoder.layer."}, {"q_proj", "attention.query"},
        {"k_proj", "attention.key"},   {"v_proj", "attention.value"},
        {"o_proj", "output.dense"},    {"mlp.fc1", "intermediate.dense"},
        {"mlp.fc2", "output.dense"}};
    std::map<std::string, Tensor> old;
    for (const auto& [published, tensor] : weights) {
        std::string name = published;
        for (const auto& [now, before] : names)
            if (const size_t at = name.find(now); at != std::string::npos)
                name.replace(at, now.size(), before);
        old[name] = tensor;
    }
    return old;
}

Image noise(const std::string& key, int64_t height = 40, int64_t width = 40)
{
    const Tensor bytes = portablePicture(key, height, width);
    const auto* values = bytes.data_ptr<uint8_t>();
    return {.width = int(width), .height = int(height), .rgb = {values, values + bytes.numel()}};
}

const Report goOn = [](const Event&) { return Answer {}; };

} // namespace

class StructureTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    const c10::InferenceMode m_noGradients;

    fs::path path(const std::string& name) const
    {
        return m_folder.path().toStdString() + "/" + name;
    }

    Request request(const Image& source, const Image& result, const std::string& file) const
    {
        return {
            .method = "structure",
            .model = MINI_MODEL,
            .images = {{"source", {{.image = source}}}, {"result", {{.image = result}}}},
            .values = {{"dino", file.empty() ? file : path(file).string()}}};
    }

    /// What the tool says it failed by.
    std::string refused(const Request& asked) const
    {
        Models models;
        return failure([&] { run(structureTool(), asked, models, goOn); });
    }

private Q_SLOTS:
    void initTestCase()
    {
        saveSafetensors(path("new.safetensors"), tinyWeights());
        saveSafetensors(path("old.safetensors"), inOldNames(tinyWeights()));
        const std::string config = R"({"hidden_size": 12, "num_attention_heads": 3})";
        writeFileAtomically(path("config.json"), std::as_bytes(std::span(config)));
    }

    void theConfigurationIsThatOfTheFiles()
    {
        const Dino dino = loadDino(path("old.safetensors"), path("config.json"));
        QCOMPARE(dino.config.width, int(width));
        QCOMPARE(dino.config.hidden, int(hidden));
        QCOMPARE(dino.config.grid, int(grid));
        QCOMPARE(dino.config.layers, 3);
        QCOMPARE(dino.config.heads, 3);
        QCOMPARE(loadDino(path("old.safetensors"), path("absent.json")).config.heads, 1);
    }

    void bothSpellingsOfTheNamesGiveTheSame()
    {
        const Tensor input = dinoInput(noise("a"));
        const QScopeGuard back([] { fastPaths().linears = true; });
        fastPaths().linears = false; // libtorch's own takes a matrix alone
        const auto keys = [&](const char* file) {
            return dinoKeys(loadDino(path(file), path("config.json")), input);
        };
        const Tensor now = keys("new.safetensors");
        QCOMPARE(now.sizes().vec(), (std::vector<int64_t> {1, 785, width}));
        QVERIFY(now.equal(keys("old.safetensors")));
    }

    void theShortSideBecomes224AndTheLongOneAtMost480()
    {
        const auto sides = [](int64_t height, int64_t width) {
            const Tensor x = dinoInput(noise("a", height, width));
            return std::pair(x.size(2), x.size(3));
        };
        QCOMPARE(sides(30, 30), std::pair(int64_t(224), int64_t(224)));
        QCOMPARE(sides(192, 256), std::pair(int64_t(224), int64_t(298)));
        QCOMPARE(sides(90, 30), std::pair(int64_t(480), int64_t(160)));
        QVERIFY(failure([&] { sides(2, 130); }).find("too long") != std::string::npos);
    }

    void selfSimilarityIsSymmetricWithAUnitDiagonal()
    {
        const Dino dino = loadDino(path("new.safetensors"), path("config.json"));
        const Tensor s = selfSimilarity(dinoKeys(dino, dinoInput(noise("a", 40, 60))));
        QCOMPARE(s.sizes().vec(), (std::vector<int64_t> {1 + 28 * 42, 1 + 28 * 42}));
        QVERIFY((s - s.t()).abs().max().item<double>() < 1e-6);
        QVERIFY((s.diagonal() - 1).abs().max().item<double>() < 1e-6);
        QVERIFY(s.abs().max().item<double>() < 1 + 1e-6);
    }

    void theToolTellsTheDistance()
    {
        Models models;
        const auto distance = [&](const Image& a, const Image& b) {
            const Result result =
                run(structureTool(), request(a, b, "old.safetensors"), models, goOn);
            return std::pair(
                result.arrays.at("distance").values.at(0), english(result.notes.at(0)));
        };
        const auto [same, note] = distance(noise("a"), noise("a"));
        QCOMPARE(same, 0.f);
        QCOMPARE(note, std::string("The structure distance is 0 (0: the same)."));
        Image changed = noise("a");
        fill(changed, 0, 0, 20, 40, {255, 0, 0});
        const float far = distance(noise("a"), changed).first;
        QVERIFY(far > 1e-4f);
        QCOMPARE(distance(changed, noise("a")).first, far);
        Image transparent = noise("a");
        transparent.alpha.assign(40 * 40, 0);
        const Image white = filled(40, 40, {255, 255, 255});
        QCOMPARE(distance(transparent, white).first, 0.f);
    }

    void picturesOfNearlyTheSameShapeAreCompared()
    {
        Models models;
        // 41 and 42 columns of patches
        const Request near =
            request(noise("a", 667, 1000), noise("a", 512, 768), "old.safetensors");
        QVERIFY(!run(structureTool(), near, models, goOn).notes.empty());
        const std::string other =
            refused(request(noise("a"), noise("a", 40, 60), "old.safetensors"));
        QCOMPARE(
            other,
            std::string("The pictures have different shapes (40 x 40 and 60 x 40): please crop "
                        "them to the same one."));
    }

    void onesWithoutAPlaceBesideTheClassAreRefused()
    {
        auto weights = tinyWeights();
        weights["embeddings.position_embeddings"] = at::zeros({1, 1, width});
        saveSafetensors(path("placeless.safetensors"), weights);
        const std::string said = refused(request(noise("a"), noise("b"), "placeless.safetensors"));
        QVERIFY2(said.find("no fitting embeddings.position_embeddings") != said.npos, said.c_str());
    }

    void aConvolutionStandsForALinearLayer()
    {
        auto weights = tinyWeights();
        saveSafetensors(path("linear.safetensors"), weights);
        Tensor& layer = weights["layers.0.attention.q_proj.weight"];
        layer = layer.reshape({width, width, 1, 1});
        saveSafetensors(path("kernel.safetensors"), weights);
        const Tensor input = dinoInput(noise("a"));
        const auto keys = [&](const char* file) {
            return dinoKeys(loadDino(path(file), {}, at::kCPU), input);
        };
        QVERIFY(keys("kernel.safetensors").equal(keys("linear.safetensors")));
    }

    void aFileThatIsMissingOrAnotherIsRefused()
    {
        const auto says = [&](const std::string& file, const std::string& what) {
            const std::string said = refused(request(noise("a"), noise("a"), file));
            return said.ends_with('.') && said.find(what) != std::string::npos;
        };
        QVERIFY(says("", "facebook/dino-vitb8"));
        QVERIFY(says("absent.safetensors", "There is no file"));
        saveSafetensors(path("other.safetensors"), {{"weight", at::ones({3})}});
        QVERIFY(says("other.safetensors", "is not a ViT as DINO has it"));

        auto weights = tinyWeights();
        weights["embeddings.patch_embeddings.projection.weight"] = at::zeros({width, 3, 16, 16});
        saveSafetensors(path("patches.safetensors"), weights);
        QVERIFY(says("patches.safetensors", "patches of 16 pixels"));

        weights = tinyWeights();
        weights.erase("layers.1.attention.k_proj.bias");
        saveSafetensors(path("short.safetensors"), weights);
        QVERIFY(says("short.safetensors", "layers.1.attention.k_proj.bias"));

        weights = tinyWeights();
        weights["embeddings.cls_token"] = at::full({1, 1, width}, NAN);
        saveSafetensors(path("damaged.safetensors"), weights);
        QVERIFY(says("damaged.safetensors", "is damaged"));
        writeFileAtomically(path("text.safetensors"), std::as_bytes(std::span("no tensors")));
        QVERIFY(says("text.safetensors", "text.safetensors"));
    }
};

QTEST_GUILESS_MAIN(StructureTest)
#include "tst_structure.moc"
