// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/layers.h"
#include "core/nn/pixels.h"
#include "core/picture/imagefile.h"
#include "core/picture/resample.h"
#include "plugins/promptfree/annotators/mlsd.h"
#include "tests/failure.h"
#include "tests/parity/case.h"
#include "tests/portablefill.h"

#include "core/diffusion/samplingrun.h"
#include "core/file/files.h"
#include "core/weights/safetensors.h"

#include <QTemporaryDir>
#include <QTest>

#include <ATen/ops/randn.h>

#include <algorithm>
#include <cmath>

namespace {

/// A case of a kind whose networks are the recorded ones, of sizes that no recorded case has.
struct MadeCase
{
    QTemporaryDir folder = {};
    nlohmann::json description = {{"uses", nlohmann::json::object()}};
    Weights::Dict inputs = {}, outputs = {};

    explicit MadeCase(const char* kind) { description["kind"] = kind; }

    void uses(const char* role, const char* weights)
    {
        description["uses"][role] = std::string(TEST_DATA "/") + weights + "/weights.safetensors";
    }
    nlohmann::json& params() { return description["params"]; }
    std::filesystem::path path(const char* name) const
    {
        return std::filesystem::path(folder.path().toStdString()) / name;
    }
    /// A stored tensor of which only the shape counts.
    void expectShape(const std::string& name, at::IntArrayRef shape)
    {
        outputs[name] = at::zeros(shape);
        description["tolerance"][name] = 1e9;
    }
    void expect(const std::string& name, const Tensor& tensor, double tolerance)
    {
        outputs[name] = tensor.contiguous();
        description["tolerance"][name] = tolerance;
    }
    Case load()
    {
        description["outputs"] = nlohmann::json::object();
        description.emplace("tolerance", nlohmann::json::object());
        const std::string text = description.dump();
        writeFileAtomically(path("case.json"), std::as_bytes(std::span(text)));
        saveSafetensors(path("inputs.safetensors"), {inputs.begin(), inputs.end()});
        saveSafetensors(path("outputs.safetensors"), {outputs.begin(), outputs.end()});
        return loadCase(path(""), at::kCPU);
    }
};

std::vector<Row> rowsOf(const Case& c, void (*runner)(const Case&, Comparison&))
{
    Comparison results(c);
    runner(c, results);
    return results.rows();
}

/// What is wrong with the rows, a line each.
QString faults(const std::vector<Row>& rows)
{
    QString text;
    for (const Row& row : rows)
        if (!row.good())
            text += QString::fromStdString(row.what + " " + row.note + " ")
                + QString::number(row.error) + QLatin1Char('\n');
    return text;
}

Tensor computed(const std::vector<Row>& rows, const std::string& what)
{
    const auto found = std::ranges::find(rows, what, &Row::what);
    return found == rows.end() ? Tensor() : found->computed;
}

Image waves(int width, int height)
{
    Image image = filled(width, height, {});
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            for (int c = 0; c < 3; ++c)
                image.pixel(x, y)[c] = uint8_t(128 + 120 * std::sin(0.11 * (x + (c + 1) * y)));
    return image;
}

/// A case of pnp-diffusers with the short side of 64 pixels and two short runs.
MadeCase plugAndPlay(int width, int height)
{
    MadeCase made("plug-and-play-diffusers");
    made.uses("unet", "unet-sd2");
    made.uses("autoencoder", "vae-sd1");
    made.params() = {
        {"guidance", 7.5},
        {"inversion_steps", 20},
        {"runs",
         {{"long", {{"steps", 10}, {"attention_steps", 5}, {"feature_steps", 8}}},
          {"short", {{"steps", 5}, {"attention_steps", 2}, {"feature_steps", 4}}}}}};
    const Image source = waves(width, height);
    writeFileAtomically(made.path("source.png"), encodePng(source));
    const Image small = resize(
        source, width < height ? 64 : 64 * width / height,
        width < height ? 64 * height / width : 64, Filter::Bilinear);
    const Case c = made.load();
    made.inputs["image"] = toTensor(small);
    made.inputs["z0"] = latentOf(modelOf(c), made.inputs["image"]);
    for (const char* name : {"inversion", "empty", "negative", "target"})
        made.inputs[std::string("context_") + name] = at::randn({1, 77, 48});
    return made;
}

/// A case of the CompVis program with a run of @p steps and a generated source.
MadeCase compVis(int steps)
{
    MadeCase made("plug-and-play-compvis");
    made.uses("unet", "unet-sd1");
    made.uses("autoencoder", "vae-sd1");
    made.params() = {{"resolution", 64}, {"inversion_steps", 27}, {"reverse_steps", 500}};
    const nlohmann::json run = {{"steps", steps},         {"scale", 7.5},
                                {"alpha", 0.75},          {"schedule", "linear"},
                                {"feature_threshold", 3}, {"attention_threshold", 2}};
    made.params()["pnp_runs"] = {{"real", run}, {"made", run}};
    made.params()["pnp_runs"]["made"]["source_scale"] = 5.0;
    const Image source = waves(80, 72);
    writeFileAtomically(made.path("source.png"), encodePng(source));
    made.inputs["vae_noise"] = at::zeros({1, 4, 8, 8});
    for (const char* name : {"empty", "negative", "target", "source_generated"})
        made.inputs[std::string("context_") + name] = portableNormal(name, {1, 77, 64});
    made.inputs["z_generated"] = portableNormal("z", {1, 4, 8, 8});
    const Image square = resize(crop(source, 4, 0, 72, 72), 64, 64, Filter::Lanczos);
    made.inputs["z0"] = latentOf(modelOf(made.load()), toTensor(square), made.inputs["vae_noise"]);
    return made;
}

} // namespace

/// Runners on cases of other sizes than those that were recorded.
class RunnersTest : public QObject
{
    Q_OBJECT

    const c10::InferenceMode m_noGradients;

private Q_SLOTS:
    void theShortSideIsThatOfTheCase_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("height");
        QTest::addColumn<bool>("image");
        QTest::newRow("upright, by its picture") << 75 << 95 << true;
        QTest::newRow("upright, by its latent") << 75 << 95 << false;
        QTest::newRow("lying, by its picture") << 95 << 75 << true;
        QTest::newRow("lying, by its latent") << 95 << 75 << false;
    }

    void theShortSideIsThatOfTheCase()
    {
        QFETCH(int, width);
        QFETCH(int, height);
        QFETCH(bool, image);
        MadeCase made = plugAndPlay(width, height);
        if (!image)
            made.inputs.erase("image");
        const Tensor z = made.inputs["z0"];
        made.expectShape("inversion.z_t951", z.sizes());
        made.expectShape("image_u8", {1, 8 * z.size(2), 8 * z.size(3), 3});
        const auto rows = rowsOf(made.load(), runPlugAndPlayDiffusers);
        QVERIFY2(faults(rows).isEmpty(), qPrintable(faults(rows)));
        QCOMPARE(std::min(z.size(2), z.size(3)), int64_t(8));
    }

    void thePictureIsTheLongestRuns()
    {
        MadeCase made = plugAndPlay(75, 95);
        const Tensor z = made.inputs["z0"];
        made.expectShape("long.latent_after_step09", z.sizes());
        made.expectShape("short.latent_after_step04", z.sizes());
        made.expectShape("image_u8", {1, 80, 64, 3});
        const Case c = made.load();
        const auto rows = rowsOf(c, runPlugAndPlayDiffusers);
        QVERIFY2(faults(rows).isEmpty(), qPrintable(faults(rows)));
        const auto pictured = [&](const char* latent) {
            return picturesOf(modelOf(c), computed(rows, latent), Rounding::Down).front();
        };
        const Tensor bytes = computed(rows, "image_u8");
        const Image shown = {
            .width = 64,
            .height = 80,
            .rgb = {bytes.data_ptr<uint8_t>(), bytes.data_ptr<uint8_t>() + bytes.numel()}};
        QVERIFY(pictured("long.latent_after_step09") == shown);
        QVERIFY(pictured("short.latent_after_step04") != shown);
    }

    void featuresAreComparedWhateverTheStepsOfTheRuns()
    {
        const std::string feature = "feature.t801.output_block_4_out_layers";
        const std::string components = "pca.t801.output_block_4_out_layers";
        std::vector<Tensor> seen;
        for (const int steps : {5, 10}) {
            MadeCase made = compVis(steps);
            made.expectShape(feature, {2, 24, 2, 2});
            made.expectShape("feature.t851.output_block_8_self_attn_q", {16, 16, 2});
            made.expectShape("alpha.exp." + std::to_string(steps), {steps});
            seen.push_back(computed(rowsOf(made.load(), runPlugAndPlayCompVis), feature));
            QVERIFY(seen.back().defined());
            made.expectShape(feature, seen.back().sizes());
            const std::vector<int64_t> rowShape = {
                seen.back().size(2) * seen.back().size(3), seen.back().size(1)};
            made.expect(components + ".rows_real", portableNormal("a", rowShape), 1e9);
            made.expect(components + ".rows_generated", portableNormal("b", rowShape), 1e9);
            const auto rows = rowsOf(made.load(), runPlugAndPlayCompVis);
            QVERIFY2(faults(rows).isEmpty(), qPrintable(faults(rows)));
        }
        QVERIFY(seen[0].equal(seen[1])); // the source's, before any run
    }

    void theSmallPartIsAsLargeAsItsTensors()
    {
        MadeCase made("analogist-layer");
        made.uses("layer", "analogist-layer");
        made.params() = {{"heads", 2}, {"grid", 24}, {"scale_sac", 1.3}};
        const Tensor x = at::randn({2, 24 * 24, 16});
        made.inputs = {{"x", x}, {"context", at::randn({2, 77, 24})}};
        const Tensor tokens = at::arange(24 * 24).reshape({24, 24});
        const std::pair<const char*, std::pair<int, int>> cells[] = {
            {"A", {0, 0}}, {"Aprime", {0, 12}}, {"B", {12, 0}}, {"Bprime", {12, 12}}};
        for (const auto& [name, at] : cells)
            made.inputs[std::string("tokens.") + name] =
                tokens.narrow(0, at.first, 12).narrow(1, at.second, 12).flatten().contiguous();

        const Weights w = made.load().weights("layer")["attn1"];
        const Tensor part =
            x.narrow(0, 0, 1).index_select(1, tokens.narrow(0, 0, 8).narrow(1, 0, 8).flatten());
        const auto heads = [&](const char* name) {
            return linear(w[name], part).reshape({64, 2, 8}).transpose(0, 1);
        };
        const Tensor logits = heads("to_q").matmul(heads("to_k").transpose(1, 2)) / std::sqrt(8.);
        made.expect("small.logits_before", logits, 1e-5);
        made.expectShape("small.out_sac", {1, 64, 16});
        const auto rows = rowsOf(made.load(), runAnalogistLayer);
        QVERIFY2(faults(rows).isEmpty(), qPrintable(faults(rows)));
    }

    void linesAreSoughtInThePartThatTheCaseNames_data()
    {
        QTest::addColumn<QString>("named");
        QTest::addColumn<QRect>("part");
        QTest::newRow("the top left")
            << QStringLiteral("picture[:80, :96] with a 4th channel of ones, /127.5-1")
            << QRect(0, 0, 96, 80);
        QTest::newRow("another") << QStringLiteral("picture[16:, 8:104]") << QRect(8, 16, 96, 96);
        QTest::newRow("all of it") << QStringLiteral("picture, /127.5-1") << QRect(0, 0, 112, 112);
    }

    void linesAreSoughtInThePartThatTheCaseNames()
    {
        QFETCH(QString, named);
        QFETCH(QRect, part);
        MadeCase made("annotators-networks");
        made.params() = {
            {"mlsd_input", named.toStdString()},
            {"mlsd_lines", {{"score", 0.1}, {"distance", 0.1}}}};
        const Image picture = waves(112, 112);
        made.inputs["picture"] =
            at::tensor(at::ArrayRef<uint8_t>(picture.rgb)).reshape({112, 112, 3});
        made.inputs["mlsd_tpmap"] = portableNormal("map", {1, 5, 20, 24});
        const Image cut = crop(picture, part.x(), part.y(), part.width(), part.height());
        made.expect(
            "mlsd.map", mlsdMap(Weights(portableWeights(mlsdShapes())), mlsdInput(cut))[0], 1e-6);
        made.expectShape("mlsd.drawn_u8", {40, 48});
        const auto rows = rowsOf(made.load(), runAnnotatorNetworks);
        QVERIFY2(faults(rows).isEmpty(), qPrintable(faults(rows)));
        made.params()["mlsd_input"] = "the frame";
        const Case wrong = made.load();
        QVERIFY(!failure([&] { rowsOf(wrong, runAnnotatorNetworks); }).empty());
    }
};

QTEST_GUILESS_MAIN(RunnersTest)
#include "tst_runners.moc"
