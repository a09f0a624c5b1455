// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/promptfree/seecoder.h"

#include "core/errors.h"
#include "core/nn/layers.h"
#include "tests/failure.h"
#include "tests/goldens.h"
#include "tests/portablefill.h"
#include "tests/seecodercase.h"
#include "tests/summary.h"

#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <set>

namespace {

/// Of what the original computed on the way and in other sizes, too much to be kept.
const std::map<std::string, Summary> recorded = {
    {"53x118.decoder.res3",
     {{64, 7, 15}, -0.011558, 1.336585, {1.85548, 0.94384, 0.95130, 1.20806}, {0.25448, 0.38997}}},
    {"53x118.patch_embed",
     {{32, 14, 30},
      -0.008314,
      1.008258,
      {0.95094, 0.46552, 0.33496, 0.94358},
      {-1.21889, -0.54472}}},
    {"53x118.res2",
     {{32, 14, 30},
      -0.005247,
      0.994585,
      {0.19408, 0.35264, 0.00347, 0.29859},
      {-0.71421, -0.59262}}},
    {"53x118.res3",
     {{64, 7, 15}, -0.001730, 1.008335, {0.15428, 0.64375, 0.11441, 0.03839}, {0.21386, -1.06269}}},
    {"96x64.decoder.res3",
     {{64, 12, 8}, -0.011759, 1.349493, {0.69745, 1.15153, 1.50043, 0.63713}, {0.95989, 0.82082}}},
    {"96x64.decoder.res4",
     {{64, 6, 4}, -0.012754, 1.555967, {1.19398, 1.09819, 1.04494, 0.92915}, {-0.52890, -0.48080}}},
    {"96x64.decoder.res5",
     {{64, 3, 2},
      0.001972,
      1.435882,
      {0.26894, -1.05451, -0.02121, -0.39063},
      {0.40870, -1.62601}}},
    {"96x64.res3",
     {{64, 12, 8},
      -0.000490,
      1.007051,
      {0.33480, 0.20653, 0.55753, 0.24338},
      {-0.82177, -0.87819}}},
    {"96x64.res4",
     {{128, 6, 4}, 0.004932, 1.000775, {0.32246, 0.12118, 0.35704, 0.84284}, {-0.72987, -1.32537}}},
    {"96x64.res5",
     {{256, 3, 2},
      -0.001362,
      1.006253,
      {0.00603, -0.47363, 0.13152, -0.81457},
      {-0.74967, -0.55193}}},
    {"pa.53x118.pe.res3",
     {{64, 7, 15}, 0.015238, 0.193031, {0.04325, 0.10985, 0.04286, -0.04376}, {0.22656, 0.42376}}},
    {"pa.53x118.pe.res4",
     {{64, 4, 8}, 0.020175, 0.190984, {-0.38423, 0.12302, -0.33558, -0.03545}, {0.33561, 0.16442}}},
    {"pa.96x64.pe.res3",
     {{64, 12, 8}, 0.011295, 0.190325, {0.10407, 0.15859, 0.00602, 0.12861}, {-0.00158, 0.16100}}},
    {"pa.96x64.pe.res4",
     {{64, 6, 4}, 0.014029, 0.195474, {0.08689, 0.19590, 0.27305, 0.23881}, {0.15606, 0.22498}}},
    {"pa.96x64.pe.res5",
     {{64, 3, 2}, 0.021607, 0.202299, {-0.05351, 0.04542, -0.06188, 0.09073}, {0.39433, -0.05921}}},
    {"53x118.decoder.inproj.res5",
     {{64, 2, 4}, -0.000172, 1.011196, {0.61504, 0.87335, 0.25944, 1.83996}, {0.49115, -0.10661}}},
};

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
        std::set<std::string> compared;
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
                        const auto known = recorded.find(full);
                        if (known == recorded.end())
                            return;
                        compared.insert(full);
                        const double most = differenceFrom(known->second, x[0]);
                        problems +=
                            most <= 1e-4 ? "" : full + " differs by " + std::to_string(most);
                    });
                QCOMPARE(problems, std::string());
            }
        QCOMPARE(golden.unchecked(), std::string());
        QCOMPARE(compared.size(), recorded.size());
    }

    void picturesEncodedTogetherWouldMix()
    {
        const Weights w = Weights(portableWeights(
            seeCoderShapes(tinySeeCoder())))["imdecoder"]["transformer"]["layers"][0];
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
        const SeeCoderConfig config = tinySeeCoder();
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
        const SeeCoderConfig config = tinySeeCoder();
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
        SeeCoderConfig config = tinySeeCoder();
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
        SeeCoderConfig config = tinySeeCoder();
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
        const Weights::Dict dict = portableWeights(seeCoderShapes(tinySeeCoder()));
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
        saveSafetensors(file, published(portableWeights(seeCoderShapes(tinySeeCoder()))));
        const auto stop = [](const StageEvent&) { return false; };
        QVERIFY(loadSeeCoder(file, "cpu", stop).weights.empty());
    }

    void whatIsMissingOrForeignIsNamed()
    {
        const QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath("s.safetensors").toStdString();
        auto tensors = published(portableWeights(seeCoderShapes(tinySeeCoder())));
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

    /// Without a configuration they are what the shapes say.
    void shapesThatMakeNoNetworkAreRefused()
    {
        const QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath("s.safetensors").toStdString();
        const auto said = [&](const SeeCoderConfig& config) {
            std::map<std::string, Tensor> tensors;
            for (const auto& [name, shape] : seeCoderShapes(config))
                tensors["ctx.image." + name] = at::ones(shape);
            saveSafetensors(file, tensors);
            return failure([&] { loadSeeCoder(file, "cpu"); });
        };
        QCOMPARE(said(tinySeeCoder()), std::string());
        SeeCoderConfig none = tinySeeCoder();
        none.swin.heads[1] = 0;
        QVERIFY2(
            said(none).find("do not make 0 equal parts") != std::string::npos, said(none).c_str());
        SeeCoderConfig three = tinySeeCoder();
        three.swin.heads[2] = 3;
        QVERIFY(said(three).find("imencoder.layers.2") != std::string::npos);
        QVERIFY(said(tinySeeCoder(24)).find("qtransformer") != std::string::npos);
        SeeCoderConfig wide = tinySeeCoder();
        wide.swin.window = 65; // its table of pairs would take 142 MB, one of 300 terabytes
        QVERIFY2(said(wide).find("windows of 65 x 65") != std::string::npos, said(wide).c_str());
    }

    void anEmptyConfigurationIsNotTakenForNone()
    {
        const QTemporaryDir folder;
        saveSafetensors(
            folder.filePath("s.safetensors").toStdString(),
            published(portableWeights(seeCoderShapes(tinySeeCoder()))));
        QFile config(folder.filePath("config.json"));
        QVERIFY(config.open(QFile::WriteOnly));
        const std::string told = failure([&] { loadSeeCoder(folder.path().toStdString(), "cpu"); });
        QVERIFY2(told.find("config.json is empty") != told.npos, told.c_str());
    }

    void theDefaultModelsOwnIsLoaded()
    {
        const std::filesystem::path folder = MINI_MODEL "/seecoder";
        const SeeCoder loaded = loadSeeCoder(folder, "cpu");
        QCOMPARE(loaded.config.globalQueries, 4);
        const Tensor tokens =
            seeCoder(loaded.config, loaded.weights, portableUniform("image", {1, 3, 64, 96}));
        QVERIFY(tokens.sizes() == at::IntArrayRef({1, 32, 192}));
    }
};

QTEST_GUILESS_MAIN(TestSeeCoder)
#include "tst_seecoder.moc"
