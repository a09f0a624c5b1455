// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/vision/clipimage.h"

#include "core/errors.h"
#include "core/file/files.h"
#include "core/likeness.h"
#include "core/nn/fastpaths.h"
#include "core/picture/imagefile.h"
#include "core/weights/safetensors.h"
#include "tests/failure.h"

#include <QScopeGuard>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <span>

namespace fs = std::filesystem;

namespace {

const fs::path golden = fs::path(TEST_DATA) / "metrics-clip";

SharedImage picture(const char* name)
{
    return loadImage(golden / name).image;
}

/// The recorded network's file without the tensors that @p left says.
fs::path fileWithout(const QTemporaryDir& folder, const std::string& left)
{
    const SafetensorsFile opened(golden / "weights.safetensors");
    std::map<std::string, Tensor> tensors;
    for (const auto& [name, entry] : opened.entries())
        if (left.empty() || name.find(left) == std::string::npos)
            tensors[name] = opened.tensor(name);
    const fs::path file = fs::path(folder.path().toStdString()) / "weights.safetensors";
    saveSafetensors(file, tensors);
    return file;
}

} // namespace

/// A tiny image encoder of CLIP in fp32; its numbers are compared by parity.
class ClipImageTest : public QObject
{
    Q_OBJECT

    const c10::InferenceMode m_noGradients;

private Q_SLOTS:
    void resultsAreRankedByTheDirectionOfTheChange()
    {
        Models models;
        const SharedImage a = picture("picture_A.png"), aAfter = picture("picture_B.png"),
                          b = picture("picture_C.png"), after = picture("picture_D.png");
        const auto values = clipDirections(
            golden / "weights.safetensors", a, aAfter, b, {after, b, aAfter}, models);
        QCOMPARE(values.size(), std::size_t(3));
        QVERIFY2(std::abs(values[0] - 0.048792) < 1e-5, std::to_string(values[0]).c_str());
        QCOMPARE(values[1], 0.); // nothing became of it
        // Of a change that is the same it is 1.
        QVERIFY(
            clipDirections(golden / "weights.safetensors", a, aAfter, a, {aAfter}, models)[0]
            > 1 - 1e-6);
    }

    void aPictureIsMostLikeItself()
    {
        Models models;
        const SharedImage a = picture("picture_A.png"), b = picture("picture_B.png");
        const auto values = clipLikeness(golden / "weights.safetensors", a, {b, a}, models);
        QVERIFY(values[1] > 1 - 1e-6);
        QVERIFY(values[0] < values[1]);
        QVERIFY(clipLikeness(golden / "weights.safetensors", a, {b}, models, [](const StageEvent&) {
                    return false;
                }).empty());
    }

    void theMiddleIsTakenWithoutTransparency()
    {
        Image wide = filled(90, 30, {200, 0, 0});
        fill(wide, 30, 0, 30, 30, {0, 0, 200});
        wide.alpha.assign(90 * 30, 255);
        wide.alpha[15 * 90 + 45] = 0;
        const Image square = clipSquare(wide, 30);
        QCOMPARE(square.width, 30);
        QCOMPARE(square.height, 30);
        QCOMPARE(int(square.pixel(0, 0)[2]), 200);
        QCOMPARE(int(square.pixel(29, 29)[2]), 200);
        QCOMPARE(int(square.pixel(15, 15)[0]), 255);
        QVERIFY_THROWS_EXCEPTION(Error, clipSquare(filled(310, 10, {}), 224));
        QVERIFY_THROWS_EXCEPTION(Error, clipSquare(filled(10, 310, {}), 224));
    }

    void aConvolutionStandsForALinearLayer()
    {
        const QTemporaryDir folder;
        const auto file = fileWithout(folder, {});
        const auto projected = [&] {
            const ClipImage clip = loadClipImage(file, golden / "config.json");
            const Tensor input = clipInput(picture("picture_A.png"), clip.config.side);
            return clipFeatures(clip, input).projected;
        };
        const Tensor before = projected();
        const auto read = loadSafetensors(file);
        std::map<std::string, Tensor> tensors {read.begin(), read.end()};
        Tensor& layer = tensors.at("vision_model.encoder.layers.0.mlp.fc2.weight");
        layer = layer.unsqueeze(-1).unsqueeze(-1);
        saveSafetensors(file, tensors);
        const QScopeGuard back([] { fastPaths().linears = true; });
        fastPaths().linears = false; // libtorch's own takes a matrix alone
        QVERIFY((projected() - before).abs().max().item<double>() < 1e-5);
    }

    void anotherNetworkIsNamed()
    {
        const QTemporaryDir folder;
        const auto whole = fileWithout(folder, {});
        fs::copy_file(golden / "config.json", whole.parent_path() / "config.json");
        QCOMPARE(loadClipImage(whole, whole.parent_path() / "config.json").config.heads, 4);
        for (const char* left : {"visual_projection", "layers.1.mlp.fc1.bias", "class_embedding"}) {
            const auto file = fileWithout(folder, left);
            const std::string said = failure([&] { loadClipImage(file, {}); });
            QVERIFY2(said.find(file.string()) != std::string::npos, said.c_str());
        }
        Models models;
        const std::string said =
            failure([&] { clipLikeness("/nowhere/clip", picture("picture_A.png"), {}, models); });
        QVERIFY(said.find("/nowhere/clip") != std::string::npos);
    }

    void valuesThatAreNoNumbersAreRefused()
    {
        const QTemporaryDir folder;
        const auto file = fileWithout(folder, {});
        const auto read = loadSafetensors(file);
        std::map<std::string, Tensor> tensors {read.begin(), read.end()};
        tensors.at("visual_projection.weight")[0][0] = NAN;
        saveSafetensors(file, tensors);
        const std::string said = failure([&] { loadClipImage(file, {}); });
        QVERIFY2(said.find("in \"visual_projection.weight\" that are") != said.npos, said.c_str());
    }

    void headsHaveToFit()
    {
        const QTemporaryDir folder;
        const auto file = fileWithout(folder, {});
        const fs::path config = file.parent_path() / "config.json";
        const std::string text = R"({"hidden_size": 32, "num_attention_heads": 5})";
        writeFileAtomically(config, std::as_bytes(std::span(text)));
        const std::string said = failure([&] { loadClipImage(file, config); });
        QVERIFY2(said.find("5 heads") != std::string::npos, said.c_str());
    }
};

QTEST_GUILESS_MAIN(ClipImageTest)
#include "tst_clipimage.moc"
