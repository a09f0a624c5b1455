// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/lora.h"
#include "tests/failure.h"

#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <limits>

namespace fs = std::filesystem;

namespace {

using Tensors = std::map<std::string, Tensor>;

const std::string block = "down_blocks.0.attentions.0.transformer_blocks.0.";

/// A layer of a made-up model.
const Shapes smallUNet = {
    {block + "attn2.to_k.weight", {4, 6}},
    {block + "attn1.to_q.weight", {4, 4}},
    {block + "attn1.to_out.0.weight", {4, 4}},
    {block + "attn1.to_out.0.bias", {4}},
    {"down_blocks.0.attentions.0.proj_in.weight", {4, 4, 1, 1}},
    {"down_blocks.0.resnets.1.conv1.weight", {4, 5, 3, 3}},
    {"up_blocks.1.upsamplers.0.conv.weight", {4, 4, 3, 3}}};
const Shapes smallText = {{"text_model.encoder.layers.0.self_attn.q_proj.weight", {4, 4}}};

struct SmallLora
{
    QTemporaryDir folder;
    LoraChanges changes = {};
    LoraReport report = {};

    std::string file(
        const Tensors& tensors, const std::map<std::string, std::string>& metadata = {})
    {
        const fs::path path = fs::path(folder.path().toStdString()) / "small.safetensors";
        saveSafetensors(path, tensors, metadata);
        return path.string();
    }
    std::string problem(const Tensors& tensors, const Shapes& unet = smallUNet)
    {
        return failure(
            [&] { report = addLora(changes, {.file = file(tensors)}, unet, smallText); });
    }
    /// What is added to a tensor of zeros.
    Tensor added(
        const std::string& name, const Tensors& tensors, double weight = 1,
        const std::map<std::string, std::string>& metadata = {})
    {
        changes = {};
        report = addLora(
            changes, {.file = file(tensors, metadata), .weight = weight}, smallUNet, smallText);
        const bool text = name.starts_with("text_model.");
        Tensor tensor = at::zeros((text ? smallText : smallUNet).at(name));
        add((text ? changes.textEncoder : changes.unet).at(name), tensor);
        return tensor;
    }
};

Tensor numbered(at::IntArrayRef shape)
{
    const int64_t count = c10::multiply_integers(shape);
    return at::linspace(-1, 2, count, at::TensorOptions()).reshape(shape).contiguous();
}

} // namespace

class LoraFilesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// Its tensors are looked at before a load does.
    void oneForAModelOfOtherShapesIsRefused()
    {
        SmallLora small;
        Shapes damaged = smallUNet;
        const std::string layer = "unet." + block + "attn2.to_k.";
        const Tensors lora = {
            {layer + "lora_A.weight", at::ones({2, 768})},
            {layer + "lora_B.weight", at::ones({4, 2})}};
        const std::string first = small.problem(lora);
        QVERIFY2(first.find("does not fit the model") != first.npos, first.c_str());
        damaged[block + "attn2.to_k.weight"] = {4};
        damaged[block + "attn1.to_q.weight"] = {4, 4};
        const std::string rank = small.problem(lora, damaged);
        QVERIFY2(rank.find("where 1 to 4096 are possible") != rank.npos, rank.c_str());
        // Of another block, so that the width of the context alone is asked of the first.
        damaged["up_blocks.1.attentions.0.transformer_blocks.0.attn2.to_k.weight"] = {4, 6};
        const std::string other = "unet.up_blocks.1.attentions.0.transformer_blocks.0.attn2.to_k.";
        const std::string said = small.problem(
            {{other + "lora_A.weight", at::ones({2, 768})},
             {other + "lora_B.weight", at::ones({4, 2})}},
            damaged);
        QVERIFY2(said.find("does not fit the model") != said.npos, said.c_str());
    }

    void compVisNamesLeadToTheSameLayers()
    {
        SmallLora small;
        for (const auto& [kohya, own] : std::map<std::string, std::string> {
                 {"lora_unet_input_blocks_1_1_transformer_blocks_0_attn1_to_out_0",
                  block + "attn1.to_out.0"},
                 {"lora_unet_input_blocks_1_1_proj_in", "down_blocks.0.attentions.0.proj_in"},
                 {"lora_unet_input_blocks_2_0_in_layers_2", "down_blocks.0.resnets.1.conv1"},
                 {"lora_unet_output_blocks_5_2_conv", "up_blocks.1.upsamplers.0.conv"},
                 {"diffusion_model.input_blocks.2.0.in_layers.2", "down_blocks.0.resnets.1.conv1"},
                 {"model.diffusion_model.input_blocks.1.1.proj_in",
                  "down_blocks.0.attentions.0.proj_in"},
                 {"base_model.model.down_blocks.0.attentions.0.proj_in",
                  "down_blocks.0.attentions.0.proj_in"},
                 {"lora_te_text_model_encoder_layers_0_self_attn_q_proj",
                  "text_model.encoder.layers.0.self_attn.q_proj"},
                 {"base_model.model.text_model.encoder.layers.0.self_attn.q_proj",
                  "text_model.encoder.layers.0.self_attn.q_proj"},
                 {"text_encoder.encoder.layers.0.self_attn.q_proj",
                  "text_model.encoder.layers.0.self_attn.q_proj"}}) {
            const auto& shape = own.starts_with("text") ? smallText.at(own + ".weight")
                                                        : smallUNet.at(own + ".weight");
            std::vector<int64_t> down = shape;
            down[0] = 1;
            const std::string ends[] = {".lora_down.weight", ".lora_up.weight"};
            const Tensor more = small.added(
                own + ".weight",
                {{kohya + ends[0], at::ones(down)}, {kohya + ends[1], at::ones({4, 1})}});
            QVERIFY2(more.equal(at::ones(shape)), kohya.c_str());
        }
    }

    void aTuckerCoreIsSummedOverBothRanks()
    {
        const Tensor down = numbered({2, 5, 1, 1}), up = numbered({4, 2, 1, 1});
        const Tensor mid = numbered({2, 2, 3, 3});
        const std::string key = "lora_unet_down_blocks_0_resnets_1_conv1";
        SmallLora small;
        const Tensor is = small.added(
            "down_blocks.0.resnets.1.conv1.weight",
            {{key + ".lora_down.weight", down},
             {key + ".lora_up.weight", up},
             {key + ".lora_mid.weight", mid},
             {key + ".alpha", at::full({}, 4.)}},
            .5);
        for (int64_t i = 0; i < 4; ++i)
            for (int64_t j = 0; j < 5; ++j)
                for (int64_t k = 0; k < 9; ++k) {
                    double sum = 0;
                    for (int64_t n = 0; n < 2; ++n)
                        for (int64_t m = 0; m < 2; ++m)
                            sum += up[i][n][0][0].item<double>()
                                * mid[n][m][k / 3][k % 3].item<double>()
                                * down[m][j][0][0].item<double>();
                    const double wanted = .5 * 4 / 2 * sum;
                    QVERIFY(std::abs(is[i][j][k / 3][k % 3].item<double>() - wanted) < 1e-5);
                }
    }

    void wholeDifferencesAreAdded()
    {
        SmallLora small;
        const std::string key =
            "lora_unet_down_blocks_0_attentions_0_transformer_blocks_0_attn1_to_out_0";
        const Tensors file = {{key + ".diff", numbered({4, 4})}, {key + ".diff_b", numbered({4})}};
        QVERIFY(small.added(block + "attn1.to_out.0.weight", file, 2).equal(2 * numbered({4, 4})));
        QVERIFY(small.added(block + "attn1.to_out.0.bias", file, 2).equal(2 * numbered({4})));
        QCOMPARE(small.report.layers, 1);
    }

    void alphasMayStandInDiffusersMetadata()
    {
        SmallLora small;
        const std::string key = "unet." + block + "attn1.to_q";
        const Tensors file = {
            {key + ".lora_A.weight", at::ones({2, 4})}, {key + ".lora_B.weight", at::ones({4, 2})}};
        const auto with = [&](const std::string& json) {
            return small
                .added(block + "attn1.to_q.weight", file, 1, {{"lora_adapter_metadata", json}})
                .max()
                .item<double>();
        };
        QCOMPARE(with("{}"), 2.);
        QCOMPARE(with(R"({"unet.lora_alpha": 8})"), 8.);
        QCOMPARE(with(R"({"unet.lora_alpha": 8, "unet.alpha_pattern": {"attn1.to_q": 1}})"), 1.);
        QCOMPARE(with(R"({"text_encoder.lora_alpha": 8})"), 2.);
        QVERIFY(
            std::abs(with(R"({"unet.lora_alpha": 8, "unet.use_rslora": true})") - 8 * std::sqrt(2.))
            < 1e-5);
        QVERIFY(
            failure([&] { with(R"({"unet.use_dora": true})"); }).find("DoRA") != std::string::npos);
    }

    void whatIsNotKnownIsCountedAndSaid()
    {
        SmallLora small;
        const std::string key = "unet." + block + "attn1.to_q";
        small.added(
            block + "attn1.to_q.weight",
            {{key + ".lora_A.weight", at::ones({2, 4})},
             {key + ".lora_B.weight", at::ones({4, 2})},
             {"bundle_emb.x", at::ones({2})},
             {key + ".something", at::ones({2})}});
        QCOMPARE(small.report.skipped.size(), size_t(2));
        QCOMPARE(small.report.layers, 1);
    }

    void whatIsNoPlainLoraIsRefusedByItsName_data()
    {
        QTest::addColumn<QString>("ending");
        QTest::addColumn<QString>("said");
        const auto row = [](const char* ending, const char* said) {
            QTest::newRow(ending) << QString::fromLatin1(ending) << QString::fromLatin1(said);
        };
        const QByteArray layer = "lora_unet_down_blocks_0_attentions_0_proj_in";
        row("lora_unet_mid_block_attentions_0_proj_in.dora_scale", "DoRA");
        row("unet.mid_block.attentions.0.proj_in.lora_magnitude_vector.weight", "DoRA");
        row("lora_unet_mid_block_attentions_0_proj_in.hada_w1_a", "LoHa");
        row("lora_unet_mid_block_attentions_0_proj_in.lokr_w1", "LoKr");
        row("lora_unet_mid_block_attentions_0_proj_in.on_input", "IA3");
        row("lora_unet_mid_block_attentions_0_proj_in.oft_blocks", "OFT");
        row("lora_controlnet", "ControlNet as a LoRA");
        row("unet.down_blocks.0.attentions.0.to_k_ip.weight", "IP-Adapter");
        row("lora_te2_text_model_encoder_layers_0_mlp_fc1.lora_down.weight", "SDXL");
        row("transformer.single_transformer_blocks.0.attn.to_q.lora_A.weight", "FLUX");
    }

    void whatIsNoPlainLoraIsRefusedByItsName()
    {
        QFETCH(QString, ending);
        QFETCH(QString, said);
        SmallLora small;
        const auto problem =
            QString::fromStdString(small.problem({{ending.toStdString(), at::ones({2})}}));
        QVERIFY2(problem.contains(said) && problem.contains(ending), qPrintable(problem));
    }

    void whatDoesNotFitIsRefusedWithItsNames()
    {
        SmallLora small;
        const auto pair = [](const std::string& key, const Tensor& down, const Tensor& up) {
            return Tensors {{key + ".lora_A.weight", down}, {key + ".lora_B.weight", up}};
        };
        const std::string key = "unet." + block + "attn2.to_k";
        const auto fails = [&](const Tensors& tensors, const std::string& with) {
            const std::string problem = small.problem(tensors);
            QVERIFY2(problem.find(with) != std::string::npos, problem.c_str());
        };
        fails(pair(key, at::ones({2, 7}), at::ones({4, 2})), "is of shape 2 x 7, where 2 x 6");
        fails(pair(key, at::ones({2, 6}), at::ones({4, 3})), "is of shape 4 x 3, where 4 x 2");
        fails({{key + ".lora_A.weight", at::ones({2, 6})}}, "is incomplete");
        fails(pair(key, at::ones({5000, 6}), at::ones({4, 5000})), "has the rank 5000");
        fails(pair(key, at::ones({0, 6}), at::ones({4, 0})), "has the rank 0");
        fails(
            pair("unet.down_blocks.3.attentions.0.proj_in", at::ones({2, 4}), at::ones({4, 2})),
            "this one has no layers that are called \"down_blocks.3.attentions.0.proj_in\"");
        fails({{"some.weight", at::ones({2})}}, "is no LoRA");
        Tensors twice = pair(key, at::ones({2, 6}), at::ones({4, 2}));
        twice["lora_unet_down_blocks_0_attentions_0_transformer_blocks_0_attn2_to_k.lora_down."
              "weight"] = at::ones({2, 6});
        fails(twice, "twice");
        Tensors odd = pair(key, at::ones({2, 6}), at::ones({4, 2}));
        odd[key + ".alpha"] = at::full({}, std::numeric_limits<double>::quiet_NaN());
        fails(odd, "has no number as");
        odd[key + ".alpha"] = at::full({}, 1e30);
        fails(odd, "which cannot be meant");
        const std::string only = small.problem(
            pair("unet.only", at::ones({1, 4}), at::ones({4, 1})), {{"only.bias", {4}}});
        QVERIFY2(only.find("which has no weights in this model") != only.npos, only.c_str());
        const Shapes first = {{block + "attn2.to_k.weight", {320, 768}}};
        const std::string other =
            small.problem(pair(key, at::ones({2, 1024}), at::ones({320, 2})), first);
        QCOMPARE(
            other,
            std::string("The LoRA small.safetensors is for Stable Diffusion 2.x, and the model is "
                        "Stable Diffusion 1.x: it does not fit."));
    }

    /// Of a file of which a half fits nothing is applied: it is for another model.
    void halfOfAFileIsNotApplied()
    {
        SmallLora small;
        const std::string one = "unet." + block + "attn1.to_q",
                          other = "unet.up_blocks.9.attentions.0.proj_in";
        Tensors tensors;
        for (const std::string& key : {one, other}) {
            tensors[key + ".lora_A.weight"] = at::ones({1, 4});
            tensors[key + ".lora_B.weight"] = at::ones({4, 1});
        }
        const std::string said = small.problem(tensors);
        QVERIFY2(
            said.find("called \"up_blocks.9.attentions.0.proj_in\"") != said.npos, said.c_str());
        QVERIFY(small.changes.unet.empty() && small.changes.textEncoder.empty());
    }

    void aStrengthOfAHundredIsApplied()
    {
        SmallLora small;
        const std::string key = "unet." + block + "attn1.to_q";
        const Tensors tensors = {
            {key + ".lora_A.weight", numbered({2, 4})}, {key + ".lora_B.weight", numbered({4, 2})}};
        const Tensor once = at::matmul(numbered({4, 2}), numbered({2, 4}));
        for (const double strength : {100., -100.}) {
            const Tensor added = small.added(block + "attn1.to_q.weight", tensors, strength);
            QVERIFY((added - strength * once).abs().max().item<double>() < 1e-3);
        }
    }

    void whatIsForATextEncoderThatIsNotThereIsLeftOut()
    {
        SmallLora small;
        const std::string text = "text_encoder.encoder.layers.0.self_attn.q_proj",
                          unet = "unet." + block + "attn1.to_q";
        Tensors tensors = {
            {text + ".lora_A.weight", at::ones({1, 4})},
            {text + ".lora_B.weight", at::ones({4, 1})}};
        LoraChanges changes;
        const auto add = [&] {
            return addLora(changes, {.file = small.file(tensors)}, smallUNet, {});
        };
        const std::string alone = failure(add);
        QVERIFY2(alone.find("changes the text encoder alone") != alone.npos, alone.c_str());
        tensors[unet + ".lora_A.weight"] = at::ones({1, 4});
        tensors[unet + ".lora_B.weight"] = at::ones({4, 1});
        const LoraReport report = add();
        QCOMPARE(report.layers, 1);
        QCOMPARE(report.without.size(), size_t(2));
    }

    void numbersThatAreNoneAreRefused()
    {
        SmallLora small;
        const std::string key = "unet." + block + "attn1.to_q";
        Tensor up = at::ones({4, 2});
        up[0][0] = std::numeric_limits<double>::infinity();
        const std::string said = failure([&] {
            small.added(
                block + "attn1.to_q.weight",
                {{key + ".lora_A.weight", at::ones({2, 4})}, {key + ".lora_B.weight", up}});
        });
        QVERIFY2(said.find("infinite or no numbers") != std::string::npos, said.c_str());
    }
};

QTEST_GUILESS_MAIN(LoraFilesTest)
#include "tst_lorafiles.moc"
