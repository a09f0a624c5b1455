// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/promptfree/seecoder.h"

#include "core/errors.h"
#include "core/nn/layers.h"
#include "tests/failure.h"
#include "tests/goldens.h"
#include "tests/portablefill.h"
#include "tests/seecodercase.h"

#include <QTemporaryDir>
#include <QTest>

#include <cmath>

namespace {

/// The smallest SeeCoder that has all its parts.
SeeCoderConfig tinyConfig()
{
    return {
        .swin = {.channels = 8, .depths = {1, 2, 2, 1}, .heads = {1, 2, 2, 4}, .window = 4},
        .width = 32,
        .decoderLayers = 2,
        .decoderHidden = 16,
        .queryLayers = 3,
        .queryHeads = 8,
        .queryHidden = 16,
        .globalQueries = 4,
        .localQueries = 6};
}

/// torch's multi-head attention as its page describes it, of [sequence, batch, channels].
Tensor plainAttention(const Weights& w, const Tensor& x, int64_t heads)
{
    const auto projected = at::linear(x, w("in_proj_weight"), w("in_proj_bias")).chunk(3, -1);
    const int64_t length = x.size(0), batch = x.size(1), d = x.size(2) / heads;
    const auto split = [&](const Tensor& t) {
        return t.reshape({length, batch, heads, d}).permute({1, 2, 0, 3});
    };
    const Tensor scores =
        at::matmul(split(projected[0]), split(projected[1]).transpose(2, 3)) / std::sqrt(double(d));
    const Tensor h = at::matmul(at::softmax(scores, -1), split(projected[2]));
    return linear(w["out_proj"], h.permute({2, 0, 1, 3}).reshape({length, batch, x.size(2)}));
}

/// A decoder layer as the original calls it: with pictures where the sequence is expected.
Tensor plainDecoderLayer(const Weights& w, const Tensor& x)
{
    const Tensor h = layerNorm(w["norm1"], x + plainAttention(w["self_attn"], x, 8));
    return layerNorm(w["norm2"], h + linear(w["linear2"], linear(w["linear1"], h).relu()));
}

std::map<std::string, Tensor> published(const Weights::Dict& dict)
{
    std::map<std::string, Tensor> file;
    for (const auto& [name, tensor] : dict)
        file["ctx.image." + name] = tensor;
    return file;
}

} // namespace

class TestSeeCoder : public QObject
{
    Q_OBJECT

    const c10::InferenceMode m_noGradients;

private Q_SLOTS:
    void theRecordedRunIsReproduced()
    {
        Golden golden("seecoder-portable-fill");
        SeeCoderConfig config = seeCoderConfigOfCase(golden.text("config.json"));
        for (const std::string prefix : {"", "pa."})
            for (const auto& [height, width] : {std::pair(53, 118), {96, 64}}) {
                config.positions = !prefix.empty();
                const Weights w(portableWeights(seeCoderShapes(config)));
                const std::string size = std::to_string(height) + "x" + std::to_string(width);
                std::string problems;
                seeCoder(
                    config, w, portableUniform("image", {1, 3, height, width}),
                    [&](std::string_view name, const Tensor& x) {
                        const std::string full = prefix + size + "." + std::string(name);
                        problems += golden.problem(full, x);
                    });
                QCOMPARE(problems, std::string());
            }
        QCOMPARE(golden.unchecked(), std::string());
    }

    void picturesEncodedTogetherWouldMix()
    {
        const Weights w = Weights(
            portableWeights(seeCoderShapes(tinyConfig())))["imdecoder"]["transformer"]["layers"][0];
        const Tensor first = portableNormal("first", {1, 21, 32});
        const Tensor second = portableNormal("second", {1, 21, 32});
        const Tensor alone = plainDecoderLayer(w, first);
        const Tensor both = plainDecoderLayer(w, at::cat({first, second}));
        const Tensor twice = plainDecoderLayer(w, at::cat({first, first}));
        QVERIFY((both[0] - alone[0]).abs().max().item<double>() > 0.01);
        QVERIFY((twice[0] - alone[0]).abs().max().item<double>() < 1e-5);
    }

    void ourDecoderIsTheOriginalOfOnePicture()
    {
        const SeeCoderConfig config = tinyConfig();
        const Weights w(portableWeights(seeCoderShapes(config)));
        Tensor in, projected;
        std::vector<Tensor> levels, layers;
        seeCoder(
            config, w, portableUniform("image", {1, 3, 40, 70}),
            [&](std::string_view name, const Tensor& x) {
                if (name.starts_with("decoder.inproj."))
                    levels.push_back(x.flatten(2).transpose(1, 2));
                if (name.starts_with("decoder.layer."))
                    layers.push_back(x);
            });
        const Tensor embedding = w["imdecoder"]("level_embed");
        for (int i = 0; i < 3; ++i)
            levels[i] = levels[i] + embedding[i];
        Tensor x = at::cat(levels, 1);
        for (int i = 0; i < config.decoderLayers; ++i) {
            x = plainDecoderLayer(w["imdecoder"]["transformer"]["layers"][i], x);
            QVERIFY((x - layers.at(i)).abs().max().item<double>() < 1e-5);
        }
    }

    void severalPicturesAreNeverEncodedTogether()
    {
        const SeeCoderConfig config = tinyConfig();
        const Weights w(portableWeights(seeCoderShapes(config)));
        QVERIFY_THROWS_EXCEPTION(
            std::invalid_argument, seeCoder(config, w, at::zeros({2, 3, 32, 32})));
    }

    void anySizeIsEncoded_data()
    {
        QTest::addColumn<int>("height");
        QTest::addColumn<int>("width");
        for (const auto& [height, width] : {std::pair(1, 1), {31, 31}, {37, 70}, {4, 130}})
            QTest::addRow("%d x %d", height, width) << height << width;
    }

    void anySizeIsEncoded()
    {
        QFETCH(int, height);
        QFETCH(int, width);
        SeeCoderConfig config = tinyConfig();
        config.positions = true;
        const Weights w(portableWeights(seeCoderShapes(config)));
        const Tensor tokens = seeCoder(config, w, portableUniform("i", {1, 3, height, width}));
        QVERIFY(tokens.sizes() == at::IntArrayRef({1, 10, 32}));
        QVERIFY(tokens.isfinite().all().item<bool>());
    }

    void relativePositionsAreTheFilesOwn()
    {
        const Tensor index = relativePositions(12).reshape({144, 144});
        const auto at = [&](int64_t i, int64_t j) { return index[i][j].item<int64_t>(); };
        QCOMPARE(at(0, 0), 264);
        QCOMPARE(at(0, 1), 263);
        QCOMPARE(at(0, 143), 0);
        QCOMPARE(at(143, 0), 528);
        QCOMPARE(at(5, 100), 81);
    }

    void theShiftIsMaskedInTheSmallestMapToo()
    {
        const Tensor mask = shiftMask(4, 4, 4);
        QVERIFY(mask.sizes() == at::IntArrayRef({1, 16, 16}));
        QCOMPARE(mask[0][0][1].item<double>(), 0.0);
        QCOMPARE(mask[0][0][2].item<double>(), -100.0);
    }

    void shapesTellTheConfiguration()
    {
        SeeCoderConfig config = tinyConfig();
        config.positions = true;
        const Shapes shapes = seeCoderShapes(config);
        QCOMPARE(seeCoderShapes(seeCoderConfigOf(shapes)), shapes);
        QCOMPARE(seeCoderConfigOf(shapes).swin.window, 4);
        QCOMPARE(seeCoderShapes({}).size(), size_t(592)); // the published file's fp32 tensors
        QCOMPARE(seeCoderShapes(seeCoderConfigOf(seeCoderShapes({}))), seeCoderShapes({}));
    }

    void aPublishedFileIsLoaded()
    {
        const QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath("seecoder.safetensors").toStdString();
        const Weights::Dict dict = portableWeights(seeCoderShapes(tinyConfig()));
        auto tensors = published(dict);
        tensors["ctx.image.imencoder.layers.0.blocks.0.attn.relative_position_index"] =
            at::zeros({16, 16}, at::kLong);
        saveSafetensors(file, tensors);
        for (const auto& path : {file, file.parent_path()}) {
            const SeeCoder loaded = loadSeeCoder(path, "cpu");
            QCOMPARE(loaded.weights.dict().size(), dict.size());
            QVERIFY(!loaded.config.positions);
        }
    }

    void aStoppedLoadGivesNoWeights()
    {
        const QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath("s.safetensors").toStdString();
        saveSafetensors(file, published(portableWeights(seeCoderShapes(tinyConfig()))));
        const auto stop = [](const std::string&) { return false; };
        QVERIFY(loadSeeCoder(file, "cpu", stop).weights.empty());
    }

    void whatIsMissingOrForeignIsNamed()
    {
        const QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath("s.safetensors").toStdString();
        auto tensors = published(portableWeights(seeCoderShapes(tinyConfig())));
        tensors.erase("ctx.image.imdecoder.level_embed");
        saveSafetensors(file, tensors);
        const std::string lacks = failure([&] { loadSeeCoder(file, "cpu"); });
        QVERIFY2(lacks.find("imdecoder.level_embed") != lacks.npos, lacks.c_str());

        saveSafetensors(file, {{"control_model.input_hint_block.0.weight", at::zeros({1})}});
        const std::string other = failure([&] { loadSeeCoder(file, "cpu"); });
        QVERIFY2(other.find("ControlNet") != other.npos, other.c_str());

        const std::string absent = failure([] { loadSeeCoder("/no/such/file", "cpu"); });
        QVERIFY2(absent.find("/no/such/file") != absent.npos, absent.c_str());
    }

    void theDefaultModelsOwnIsLoaded()
    {
        const auto folder =
            std::filesystem::path(PROJECT_SOURCE) / "resources/models/mini/seecoder";
        const SeeCoder loaded = loadSeeCoder(folder, "cpu");
        QCOMPARE(loaded.config.globalQueries, 4);
        const Tensor tokens =
            seeCoder(loaded.config, loaded.weights, portableUniform("image", {1, 3, 64, 96}));
        QVERIFY(tokens.sizes() == at::IntArrayRef({1, 32, 192}));
    }
};

QTEST_GUILESS_MAIN(TestSeeCoder)
#include "tst_seecoder.moc"
