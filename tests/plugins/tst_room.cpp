// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/controlnet.h"
#include "core/diffusion/stablediffusion.h"
#include "core/model/room.h"
#include "core/vision/clipimage.h"
#include "core/weights/safetensors.h"
#include "plugins/analogist/analogist.h"
#include "plugins/plugandplay/plugandplay.h"
#include "plugins/plugandplay/structure.h"
#include "plugins/promptfree/annotators/networkfile.h"
#include "plugins/promptfree/promptfree.h"
#include "plugins/promptfree/seecoder.h"
#include "tests/failure.h"
#include "tests/littlememory.h"
#include "tests/plugins/slope.h"

#include <QTemporaryDir>
#include <QTest>

#include <fstream>

namespace fs = std::filesystem;

namespace {

constexpr uint64_t mebibytes10 = 10 << 20;

std::map<std::string, Tensor> onesOf(const Shapes& shapes)
{
    std::map<std::string, Tensor> tensors;
    for (const auto& [name, shape] : shapes)
        tensors[name] = at::ones(shape);
    return tensors;
}

/// A DINO of one layer.
std::map<std::string, Tensor> tinyDino()
{
    const std::string projection = "embeddings.patch_embeddings.projection.", layer = "layers.0.";
    Shapes shapes = {
        {"embeddings.cls_token", {1, 1, 4}},
        {"embeddings.position_embeddings", {1, 5, 4}},
        {projection + "weight", {4, 3, 8, 8}},
        {projection + "bias", {4}}};
    for (const char* name :
         {"attention.q_proj", "attention.k_proj", "attention.v_proj", "attention.o_proj", "mlp.fc1",
          "mlp.fc2"}) {
        shapes[layer + name + ".weight"] = {4, 4};
        shapes[layer + name + ".bias"] = {4};
    }
    for (const char* name : {"layernorm_before", "layernorm_after"})
        for (const char* end : {".weight", ".bias"})
            shapes[layer + name + end] = {4};
    return onesOf(shapes);
}

/// How many bytes this process has read so far.
uint64_t bytesRead()
{
    std::ifstream file("/proc/self/io");
    std::string key;
    uint64_t bytes = 0;
    file >> key >> bytes;
    return bytes;
}

} // namespace

/// What asks before a network is loaded whether there is room for it, wherever it is loaded.
class RoomTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    fs::path saved(const char* name, const std::map<std::string, Tensor>& tensors) const
    {
        const fs::path file = m_folder.path().toStdString() + "/" + name;
        saveSafetensors(file, tensors);
        return file;
    }

private Q_SLOTS:
    void aNetworkTakesWhatItsTypeSays()
    {
        const Shapes shapes = {{"a", {2, 3}}, {"b", {}}, {"c", {5}}};
        QCOMPARE(bytesOf(shapes, at::kFloat), uint64_t(48));
        QCOMPARE(bytesOf(shapes, at::kBFloat16), uint64_t(24));
        const LittleMemory little(memoryBesides + 47);
        checkRoom(shapes, at::kHalf, at::kCPU, "x", "y");
        checkRoom(shapes, at::kFloat, at::kCUDA, "x", "y"); // that one says it itself
        QVERIFY_THROWS_EXCEPTION(MemoryError, checkRoom(shapes, at::kFloat, at::kCPU, "x", "y"));
    }

    void whatHasNoRoomIsRefusedBeforeItsFirstTensor_data()
    {
        using Load = std::function<void(const StageReport&)>;
        QTest::addColumn<Load>("load");
        QTest::addColumn<QByteArray>("named");
        const auto row = [](const char* name, const char* named, Load load) {
            QTest::newRow(name) << std::move(load) << QByteArray(named);
        };
        row("model", "the model mini",
            [](const StageReport& told) { loadStableDiffusion(MINI_MODEL, "cpu", "fp32", told); });
        row("text encoder apart", "the text encoder in the file", [](const StageReport& told) {
            StableDiffusion model;
            model.card.path = MINI_MODEL;
            model.unetConfig.contextWidth = 192;
            loadTextPart(MINI_MODEL "/text_encoder", model, {}, told);
        });
        const UNetConfig base = {
            .blockChannels = {32, 64, 128, 128}, .heads = {8, 8, 8, 8}, .contextWidth = 64};
        const fs::path control =
            saved("control.safetensors", onesOf(controlNetShapes({.unet = base})));
        row("ControlNet", "the ControlNet in the file", [=](const StageReport& told) {
            loadControlNet(control, base, at::kCPU, at::kFloat, told);
        });
        row("SeeCoder", "the SeeCoder in the file",
            [](const StageReport& told) { loadSeeCoder(MINI_MODEL "/seecoder", "cpu", told); });
        const NetworkFile edges = {.name = "map.pth", .purpose = "a test", .shapes = {{"w", {7}}}};
        const fs::path map = saved("map.safetensors", onesOf(edges.shapes));
        row("map", "the network for a test", [=](const StageReport&) {
            Models models;
            const auto any = [](const StageEvent&) { return true; };
            loadNetwork(edges, map.parent_path(), models, any);
        });
        const fs::path dino = saved("dino.safetensors", tinyDino());
        row("DINO", "the network in the file",
            [=](const StageReport&) { loadDino(dino, {}, at::kCPU); });
        row("CLIP", "the network in the file", [](const StageReport&) {
            const fs::path folder = TEST_DATA "/metrics-clip";
            loadClipImage(folder / "weights.safetensors", folder / "config.json", at::kCPU);
        });
    }

    void whatHasNoRoomIsRefusedBeforeItsFirstTensor()
    {
        QFETCH(std::function<void(const StageReport&)>, load);
        QFETCH(QByteArray, named);
        int told = 0;
        const StageReport count = [&](const StageEvent&) { return ++told > 0; };
        load(count); // with what there is
        told = 0;
        const LittleMemory little(mebibytes10);
        QVERIFY_THROWS_EXCEPTION(MemoryError, load(count));
        QCOMPARE(told, 0);
        const std::string said = failure([&] { load(count); });
        const std::string begin = "There is not enough memory for " + named.toStdString();
        QVERIFY2(
            said.starts_with(begin) && said.find(" and 10 MiB can be had.") != said.npos,
            said.c_str());
    }

    void ofAModelWithoutRoomTheHeadersAloneAreRead()
    {
        const LittleMemory little(mebibytes10);
        const auto load = [] { loadStableDiffusion(MINI_MODEL, "cpu", "fp32"); };
        failure(load); // so that what is read once is read
        const uint64_t before = bytesRead();
        QVERIFY(!failure(load).empty());
        const uint64_t read = bytesRead() - before;
        QVERIFY2(read < 4 << 20, std::to_string(read).c_str()); // its weights are 60 MB
    }

    /// All parts are looked at together, so the last of them is not refused behind the others.
    void theLastPartOfAModelIsNotRefusedBehindTheOthers()
    {
        const StageReport shrinking = [](const StageEvent&) {
            setFreeMemory(mebibytes10);
            return true;
        };
        const LittleMemory little(uint64_t(1) << 40);
        QVERIFY(!loadStableDiffusion(MINI_MODEL, "cpu", "fp32", shrinking).unet.empty());
    }

    /// One by one, each is looked at when it is its turn.
    void aStagedPartIsLookedAtWhenItIsItsTurn()
    {
        const LittleMemory little(uint64_t(1) << 40);
        setStagingRule(StagingRule::Always);
        const StableDiffusion model = loadStableDiffusion(MINI_MODEL, "cpu", "fp32");
        setStagingRule(StagingRule::WhereShort);
        QVERIFY(model.staging && !unetOf(model).empty());
        setFreeMemory(mebibytes10);
        const std::string said = failure([&] { textEncoderOf(model); });
        QVERIFY2(said.starts_with("There is not enough memory for the text encoder"), said.c_str());
    }

    void aRunWhoseWorkHasNoRoomIsRefusedBeforeItsFirstStep_data()
    {
        QTest::addColumn<Method>("method");
        QTest::addColumn<Request>("request");
        QTest::addColumn<QByteArray>("work");
        const auto row = [](const Method& method, const std::vector<const char*>& slots,
                            Values values, const char* work = "512 x 512 pixels: it needs 80 MiB") {
            Request request {
                .method = method.id,
                .model = MINI_MODEL,
                .values = std::move(values),
                .precision = "fp32"};
            for (const char* slot : slots)
                request.images[slot] = {{.image = slope(96, 96)}};
            QTest::newRow((method.id + work).c_str()) << method << request << QByteArray(work);
        };
        row(analogist(), {"a", "a_prime", "b"}, {{"size", 512}, {"steps", 2}});
        row(translate(), {"source"}, {{"size", 512}, {"steps", 2}, {"inversion_steps", 2}});
        row(translate(), {"source"}, {{"size", 2048}},
            "2048 x 2048 pixels: it needs 1280 MiB"); // its largest
        row(promptFree(), {"reference"}, {{"width", 512}, {"height", 512}, {"steps", 2}});
    }

    void aRunWhoseWorkHasNoRoomIsRefusedBeforeItsFirstStep()
    {
        QFETCH(Method, method);
        QFETCH(Request, request);
        QFETCH(QByteArray, work);
        Models models;
        models.stableDiffusion(MINI_MODEL, "cpu", "fp32"); // so that the work alone is asked for
        const LittleMemory little(mebibytes10);
        int steps = 0;
        const std::string said = failure([&] {
            run(method, request, models, Report([&](const Event& event) {
                    steps += std::holds_alternative<StepEvent>(event);
                    return Answer {};
                }));
        });
        QVERIFY2(
            said.starts_with(
                "There is not enough memory for the work on " + work.toStdString()
                + ", and 10 MiB can be had."),
            said.c_str());
        QCOMPARE(steps, 0);
    }
};

QTEST_GUILESS_MAIN(RoomTest)
#include "tst_room.moc"
