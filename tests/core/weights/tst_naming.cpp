// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/weights/naming.h"
#include "tests/shapesin.h"

#include <QTest>

#include <nlohmann/json.hpp>

#include <fstream>

namespace {

Shapes singleFile()
{
    std::ifstream file(TEST_DATA "/single-file-sd1/names.json");
    return nlohmann::json::parse(file).get<Shapes>();
}

std::vector<std::string> namesOf(const Shapes& shapes)
{
    std::vector<std::string> names;
    for (const auto& [name, shape] : shapes)
        names.push_back(name);
    return names;
}

/// The part under its new names, zeros everywhere, adapted.
Shapes adapted(const std::unordered_map<std::string, std::string>& names, const Shapes& shapes)
{
    Weights::Dict dict;
    for (const auto& [name, old] : names)
        dict[name] = at::zeros(shapes.at(old));
    adaptShapes(dict);
    Shapes result;
    for (const auto& [name, tensor] : dict)
        result[name] = tensor.sizes().vec();
    return result;
}

std::string renamed(const std::string& name)
{
    const SingleFileNames names = mapNames({name});
    for (const auto* part : {&names.unet, &names.vae, &names.textEncoder})
        if (!part->empty())
            return part->begin()->first;
    return names.ignored.empty() ? "unexpected" : "ignored";
}

} // namespace

class NamingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSingleFileHasExactlyThePartsOfAFolder()
    {
        const Shapes shapes = singleFile();
        const SingleFileNames names = mapNames(namesOf(shapes));
        QCOMPARE(names.unexpected, std::vector<std::string>());
        QCOMPARE(names.ignored.size(), 5u);
        QVERIFY(adapted(names.unet, shapes) == shapesIn("unet-sd1"));
        QVERIFY(adapted(names.vae, shapes) == shapesIn("vae-sd1"));
        QVERIFY(adapted(names.textEncoder, shapes) == shapesIn("clip-text-sd1"));
    }

    void diffusersNamesStay()
    {
        for (const char* folder : {"unet-sd1", "unet-sd2", "vae-sd1", "clip-text-sd1"}) {
            const Shapes shapes = shapesIn(folder);
            const SingleFileNames names = mapNames(namesOf(shapes));
            QCOMPARE(names.unexpected, std::vector<std::string>());
            for (const auto* part : {&names.unet, &names.vae, &names.textEncoder})
                for (const auto& [name, old] : *part)
                    QCOMPARE(name, old);
        }
    }

    void namesAreMapped_data()
    {
        QTest::addColumn<QString>("old");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* old, const char* expected) {
            QTest::newRow(old) << QString::fromLatin1(old) << QString::fromLatin1(expected);
        };
        row("model.diffusion_model.time_embed.2.bias", "time_embedding.linear_2.bias");
        row("input_blocks.0.0.weight", "conv_in.weight");
        row("model.diffusion_model.input_blocks.4.0.skip_connection.weight",
            "down_blocks.1.resnets.0.conv_shortcut.weight");
        row("model.diffusion_model.input_blocks.8.1.transformer_blocks.0.attn1.to_q.weight",
            "down_blocks.2.attentions.1.transformer_blocks.0.attn1.to_q.weight");
        row("model.diffusion_model.input_blocks.3.0.op.weight",
            "down_blocks.0.downsamplers.0.conv.weight");
        row("model.diffusion_model.middle_block.2.emb_layers.1.bias",
            "mid_block.resnets.1.time_emb_proj.bias");
        row("model.diffusion_model.output_blocks.2.1.conv.weight",
            "up_blocks.0.upsamplers.0.conv.weight");
        row("model.diffusion_model.output_blocks.8.2.conv.weight",
            "up_blocks.2.upsamplers.0.conv.weight");
        row("model.diffusion_model.output_blocks.11.1.proj_in.weight",
            "up_blocks.3.attentions.2.proj_in.weight");
        row("model.diffusion_model.out.2.weight", "conv_out.weight");
        row("diffuser.image.time_embed.0.weight", "time_embedding.linear_1.weight");
        row("diffuser.image.data_blocks.0.0.bias", "conv_in.bias");
        row("diffuser.image.data_blocks.9.0.op.weight", "down_blocks.2.downsamplers.0.conv.weight");
        row("diffuser.image.data_blocks.13.0.in_layers.2.weight",
            "mid_block.resnets.1.conv1.weight");
        row("diffuser.image.data_blocks.21.0.conv.bias", "up_blocks.1.upsamplers.0.conv.bias");
        row("diffuser.image.data_blocks.28.0.skip_connection.weight",
            "up_blocks.3.resnets.2.conv_shortcut.weight");
        row("diffuser.image.data_blocks.29.0.2.weight", "conv_out.weight");
        row("diffuser.text.context_blocks.6.0.norm.bias", "mid_block.attentions.0.norm.bias");
        row("diffuser.image.context_blocks.15.0.proj_out.weight",
            "up_blocks.3.attentions.2.proj_out.weight");
        row("diffuser.text.context_blocks.16.0.norm.bias", "unexpected");
        row("diffuser.image.data_blocks.30.0.op.weight", "unexpected");
        row("first_stage_model.decoder.up.3.block.2.norm1.weight",
            "decoder.up_blocks.0.resnets.2.norm1.weight");
        row("first_stage_model.decoder.up.1.upsample.conv.bias",
            "decoder.up_blocks.2.upsamplers.0.conv.bias");
        row("decoder.up.0.block.0.nin_shortcut.weight",
            "decoder.up_blocks.3.resnets.0.conv_shortcut.weight");
        row("encoder.down.1.block.0.nin_shortcut.weight",
            "encoder.down_blocks.1.resnets.0.conv_shortcut.weight");
        row("encoder.mid.attn_1.q.weight", "encoder.mid_block.attentions.0.to_q.weight");
        row("encoder.mid.attn_1.proj_out.bias", "encoder.mid_block.attentions.0.to_out.0.bias");
        row("encoder.mid.attn_1.norm.bias", "encoder.mid_block.attentions.0.group_norm.bias");
        row("decoder.mid_block.attentions.0.query.weight",
            "decoder.mid_block.attentions.0.to_q.weight");
        row("decoder.mid_block.attentions.0.proj_attn.bias",
            "decoder.mid_block.attentions.0.to_out.0.bias");
        row("decoder.mid.block_2.conv1.weight", "decoder.mid_block.resnets.1.conv1.weight");
        row("decoder.norm_out.weight", "decoder.conv_norm_out.weight");
        row("first_stage_model.post_quant_conv.bias", "post_quant_conv.bias");
        row("cond_stage_model.transformer.encoder.layers.3.mlp.fc1.bias",
            "text_model.encoder.layers.3.mlp.fc1.bias");
        row("cond_stage_model.model.positional_embedding",
            "text_model.embeddings.position_embedding.weight");
        row("conditioner.embedders.0.model.transformer.resblocks.7.mlp.c_proj.weight",
            "text_model.encoder.layers.7.mlp.fc2.weight");
        row("cond_stage_model.model.ln_final.bias", "text_model.final_layer_norm.bias");
        row("cond_stage_model.model.text_projection", "ignored");
        row("model_ema.diffusion_modelinput_blocks00weight", "conv_in.weight");
        row("posterior_mean_coef1", "ignored");
        row("model.diffusion_model.label_emb.0.0.weight", "unexpected");
        row("model.diffusion_model.input_blocks.x.0.weight", "unexpected");
        row("model.diffusion_model.input_blocks.99999999999.0.weight", "unexpected");
        // What nearly fits: a number too many, a place that there is not, a word that goes on.
        row("model.diffusion_model.input_blocks.1.x.in_layers.0.weight", "unexpected");
        row("model.diffusion_model.input_blocks.0.1.weight", "unexpected");
        row("model.diffusion_model.input_blocks.3.1.op.weight", "unexpected");
        row("model.diffusion_model.input_blocks.2.0.op.weight", "unexpected");
        row("model.diffusion_model.input_blocks.3.0.in_layers.0.weight", "unexpected");
        row("model.diffusion_model.input_blocks.1.2.norm.weight", "unexpected");
        row("model.diffusion_model.input_blocks.1.0.in_layers.1.weight", "unexpected");
        row("model.diffusion_model.input_blocks.1.1.norms.weight", "unexpected");
        row("model.diffusion_model.input_blocks.0001.0.in_layers.0.weight", "unexpected");
        row("model.diffusion_model.middle_block.3.norm.weight", "unexpected");
        row("model.diffusion_model.middle_block.1.in_layers.0.weight", "unexpected");
        row("model.diffusion_model.middle_block..norm.weight", "unexpected");
        row("model.diffusion_model.output_blocks.x.0.in_layers.0.weight", "unexpected");
        row("model.diffusion_model.output_blocks.1.x.in_layers.0.weight", "unexpected");
        row("model.diffusion_model.output_blocks.1.1.conv.weight", "unexpected");
        row("model.diffusion_model.output_blocks.2.0.conv.weight", "unexpected");
        row("model.diffusion_model.output_blocks.2.3.conv.weight", "unexpected");
        row("model.diffusion_model.output_blocks.2.2.norm.weight", "unexpected");
        row("diffuser.image.data_blocks.x.0.in_layers.0.weight", "unexpected");
        row("diffuser.image.data_blocks.1.1.in_layers.0.weight", "unexpected");
        row("diffuser.image.data_blocks.3.0.conv.weight", "unexpected");
        row("diffuser.image.data_blocks.17.0.op.weight", "unexpected");
        row("diffuser.image.data_blocks.29.0.1.weight", "unexpected");
        row("diffuser.text.context_blocks.x.0.norm.bias", "unexpected");
        row("diffuser.text.context_blocks.1.1.norm.bias", "unexpected");
        row("first_stage_model.encoder.down.x.block.0.conv1.weight", "unexpected");
        row("first_stage_model.encoder.down.1.block.x.conv1.weight", "unexpected");
        row("first_stage_model.encoder.down.1.block.0.conv3.weight", "unexpected");
        row("first_stage_model.encoder.down.1.upsample.conv.weight", "unexpected");
        row("first_stage_model.encoder.down.1.downsample.conv.weight",
            "encoder.down_blocks.1.downsamplers.0.conv.weight");
        row("first_stage_model.decoder.up.4.block.0.conv1.weight", "unexpected");
        row("first_stage_model.decoder.up..block.0.conv1.weight", "unexpected");
        row("first_stage_model.decoder.up.1.downsample.conv.weight", "unexpected");
        row("first_stage_model.decoder.mid.block_3.conv1.weight", "unexpected");
        row("first_stage_model.decoder.mid.attn_1.k_proj.weight", "unexpected");
        row("first_stage_model.coder.conv_in.weight", "unexpected");
        row("cond_stage_model.model.transformer.resblocks.x.ln_1.bias", "unexpected");
        row("cond_stage_model.model.transformer.resblocks.3.ln_3.bias", "unexpected");
        row("cond_stage_model.model.transformer.resblocks.3.ln_11.bias", "unexpected");
        row("cond_stage_model.model.transformer.resblocks.3", "unexpected");
        row("cond_stage_model.model.ln_finally.bias", "unexpected");
        row("logvar", "ignored");
        row("v_pred", "ignored");
        row("ztsnr", "ignored");
        row("logvars", "unexpected");
        row("ztsnr.x", "unexpected");
        row("model_ema.diffusion_modelinput_blocks00weights", "ignored");
        row("model_ema.decay", "ignored");
        // Wrappers go at the beginning of a part, and no more than they.
        row("module.model.diffusion_model.out.2.bias", "conv_out.bias");
        row("model.diffusion_model._orig_mod.module.out.2.bias", "conv_out.bias");
        row("model.diffusion_model.model.diffusion_model.out.2.bias", "conv_out.bias");
        row("first_stage_model.first_stage_model.quant_conv.bias", "quant_conv.bias");
        row("unet.conv_in.supermodule.bias", "conv_in.supermodule.bias");
        row("something.else", "unexpected");
        row("", "unexpected");
    }

    void namesAreMapped()
    {
        QFETCH(QString, old);
        QFETCH(QString, expected);
        QCOMPARE(QString::fromStdString(renamed(old.toStdString())), expected);
    }

    void ofTwoSpellingsTheFirstCounts()
    {
        const std::string own = "model.diffusion_model.out.2.bias", other = "unet.conv_out.bias";
        const SingleFileNames names = mapNames({own, other});
        QCOMPARE(names.unet.at("conv_out.bias"), own);
        QCOMPARE(names.unexpected, std::vector<std::string> {other});
    }

    /// Which of them a thread loads last is chance, and only the shapes of one were looked at.
    void aFusedProjectionBesideItsOwnPartsIsLeftOut()
    {
        const std::string fused = "transformer.resblocks.3.attn.in_proj_weight",
                          bias = "transformer.resblocks.3.attn.in_proj_bias",
                          own = "text_model.encoder.layers.3.self_attn.k_proj.weight";
        const SingleFileNames names = mapNames({fused, bias, own});
        QCOMPARE(names.unexpected, std::vector<std::string> {fused});
        QCOMPARE(names.textEncoder.size(), 2u);
        QVERIFY(names.textEncoder.contains(own));
    }

    void theMovingAverageIsTakenOnlyWhereThereIsNoOther()
    {
        const std::string average = "model_ema.diffusion_modelout2bias", mark = "model_ema.decay";
        const std::string other = "model_ema.diffusion_modelout2biases";
        const SingleFileNames alone = mapNames({average, mark, other, "betas"});
        QCOMPARE(alone.unet.size(), 1u);
        QCOMPARE(alone.unet.at("conv_out.bias"), average);
        QCOMPARE(alone.ignored, (std::vector<std::string> {mark, other, "betas"}));
        const SingleFileNames both = mapNames({average, "unet.conv_in.bias"});
        QCOMPARE(both.unet.size(), 1u);
        QVERIFY(both.unet.contains("conv_in.bias"));
        QCOMPARE(both.ignored, std::vector<std::string> {average});
    }

    void aControlNetIsNamedWithAndWithoutItsPrefix()
    {
        const auto mapped = [](const std::vector<std::string>& names) {
            const auto found = mapControlNetNames(names);
            return std::map<std::string, std::string>(found.begin(), found.end());
        };
        using Map = std::map<std::string, std::string>;
        for (const std::string prefix : {"", "control_model.", "module.control_model."}) {
            const std::string zero = prefix + "zero_convs.3.0.bias",
                              middle = prefix + "middle_block_out.0.bias",
                              first = prefix + "input_hint_block.0.bias",
                              inner = prefix + "input_hint_block.4.bias",
                              last = prefix + "input_hint_block.14.bias",
                              own = prefix + "controlnet_mid_block.weight",
                              block = prefix + "input_blocks.0.0.bias";
            const Map expected = {
                {"controlnet_down_blocks.3.bias", zero},
                {"controlnet_mid_block.bias", middle},
                {"controlnet_cond_embedding.conv_in.bias", first},
                {"controlnet_cond_embedding.blocks.1.bias", inner},
                {"controlnet_cond_embedding.conv_out.bias", last},
                {"controlnet_mid_block.weight", own},
                {"conv_in.bias", block}};
            QVERIFY(mapped({zero, middle, first, inner, last, own, block}) == expected);
            for (const char* name :
                 {"zero_convs.x.0.bias", "zero_convs.3.1.bias", "middle_block_out.1.bias",
                  "input_hint_block.x.bias", "input_hint_block.3.bias", "input_hint_block.16.bias",
                  "input_hint_block", "other"})
                QVERIFY2(mapped({prefix + name}).empty(), name);
        }
        // With the prefix what stands beside it is the model that it was trained for.
        const Map one = mapped({"control_model.out.2.bias", "input_blocks.0.0.bias"});
        QVERIFY(one == (Map {{"conv_out.bias", "control_model.out.2.bias"}}));
    }

    void anAutoencodersAttentionHasLinearLayers()
    {
        const std::string side = "encoder.mid_block.attentions.0.to_";
        const std::string unet = "mid_block.attentions.0.to_q.weight";
        Weights::Dict dict = {
            {side + "q.weight", at::ones({4, 4, 1, 1})},
            {side + "k.weight", at::ones({4, 4})},
            {side + "v.weight", at::ones({4, 4, 3, 1})},
            {side + "w.weight", at::ones({4, 4, 1, 3})},
            {side + "q.bias", at::ones({4})},
            {unet, at::ones({4, 4, 1, 1})},
            {"encoder.conv_in.weight", at::ones({4, 4, 1, 1})}};
        adaptShapes(dict);
        QCOMPARE(dict.size(), 7u);
        using Sizes = std::vector<int64_t>;
        QCOMPARE(dict.at(side + "q.weight").sizes().vec(), (Sizes {4, 4}));
        QCOMPARE(dict.at(side + "k.weight").sizes().vec(), (Sizes {4, 4}));
        QCOMPARE(dict.at(side + "v.weight").sizes().vec(), (Sizes {4, 4, 3, 1}));
        QCOMPARE(dict.at(side + "w.weight").sizes().vec(), (Sizes {4, 4, 1, 3}));
        QCOMPARE(dict.at(side + "q.bias").sizes().vec(), Sizes {4});
        QCOMPARE(dict.at(unet).sizes().vec(), (Sizes {4, 4, 1, 1}));
        QCOMPARE(dict.at("encoder.conv_in.weight").sizes().vec(), (Sizes {4, 4, 1, 1}));
    }

    /// Its three parts are missed then, by the names that they would have.
    void aProjectionThatCannotBeSplitKeepsItsName()
    {
        const std::string own = "text_model.encoder.layers.0.self_attn.in_proj_";
        for (const std::vector<int64_t>& shape :
             std::vector<std::vector<int64_t>> {{}, {1}, {2}, {4, 2}, {5}})
            for (const char* kind : {"weight", "bias"}) {
                Weights::Dict dict = {{own + kind, at::zeros(shape)}};
                adaptShapes(dict);
                QCOMPARE(dict.size(), 1u);
                QCOMPARE(dict.at(own + kind).sizes().vec(), shape);
            }
        Weights::Dict none = {{own + "bias", at::zeros({0})}};
        adaptShapes(none);
        QCOMPARE(none.size(), 3u);
    }

    void openClipsProjectionIsSplitAndItsLastLayerDropped()
    {
        const std::string layers = "text_model.encoder.layers.";
        Weights::Dict dict;
        for (int i = 0; i < 24; ++i) {
            const std::string layer = layers + std::to_string(i) + ".";
            dict[layer + "self_attn.in_proj_weight"] = at::arange(24).reshape({12, 2}) + i;
            dict[layer + "self_attn.in_proj_bias"] = at::arange(12);
            dict[layer + "layer_norm1.weight"] = at::ones({4});
        }
        adaptShapes(dict);
        QCOMPARE(dict.size(), 23u * 7);
        QVERIFY(!dict.contains(layers + "23.layer_norm1.weight"));
        const Tensor k = dict.at(layers + "2.self_attn.k_proj.weight");
        QVERIFY(k.equal(at::arange(8, 16).reshape({4, 2}) + 2));
        QVERIFY(dict.at(layers + "0.self_attn.v_proj.bias").equal(at::arange(8, 12)));
    }

    void aTransformersEncoderKeepsItsLayers()
    {
        Weights::Dict dict = {{"text_model.encoder.layers.23.layer_norm1.weight", at::ones({4})}};
        adaptShapes(dict);
        QCOMPARE(dict.size(), 1u);
    }
};

QTEST_GUILESS_MAIN(NamingTest)
#include "tst_naming.moc"
