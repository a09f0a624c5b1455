// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/unet.h"
#include "core/errors.h"

#include <QTest>

namespace {

/// What the refusal of a configuration says; empty: it is taken.
std::string refusal(const std::string& json)
{
    try {
        unetConfigFromJson(json, "unet/config.json");
        return {};
    } catch (const Error& error) {
        return error.what();
    }
}

} // namespace

class UNetConfigTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void absentKeysTakeTheClassDefaults()
    {
        const UNetConfig config = unetConfigFromJson(R"({"norm_eps": null})", "config.json");
        QCOMPARE(config.contextWidth, 1280); // not Stable Diffusion 1.x's 768
        const UNetConfig standard;
        QCOMPARE(config.inChannels, standard.inChannels);
        QCOMPARE(config.outChannels, standard.outChannels);
        QCOMPARE(config.blockChannels, standard.blockChannels);
        QCOMPARE(config.downAttention, standard.downAttention);
        QCOMPARE(config.upAttention, standard.upAttention);
        QCOMPARE(config.layersPerBlock, standard.layersPerBlock);
        QCOMPARE(config.heads, standard.heads);
        QCOMPARE(config.groups, standard.groups);
        QCOMPARE(config.normEps, standard.normEps);
        QCOMPARE(config.flipSinToCos, standard.flipSinToCos);
        QCOMPARE(config.freqShift, standard.freqShift);
    }

    void valuesAreTaken()
    {
        const UNetConfig config = unetConfigFromJson(
            R"({"in_channels": 9, "block_out_channels": [64, 128], "layers_per_block": 1,
                "down_block_types": ["DownBlock2D", "CrossAttnDownBlock2D"],
                "up_block_types": ["CrossAttnUpBlock2D", "UpBlock2D"], "norm_num_groups": 16,
                "attention_head_dim": [2, 4], "cross_attention_dim": 192, "norm_eps": 1e-6,
                "flip_sin_to_cos": false, "freq_shift": 1, "only_cross_attention": [false, false],
                "transformer_layers_per_block": [1, 1], "upcast_attention": true})",
            "config.json");
        QCOMPARE(config.inChannels, 9);
        QCOMPARE(config.blockChannels, (std::vector<int> {64, 128}));
        QCOMPARE(config.downAttention, (std::vector<bool> {false, true}));
        QCOMPARE(config.upAttention, (std::vector<bool> {true, false}));
        QCOMPARE(config.heads, (std::vector<int> {2, 4}));
        QCOMPARE(config.contextWidth, 192);
        QCOMPARE(config.groups, 16);
        QCOMPARE(config.normEps, 1e-6);
        QCOMPARE(config.flipSinToCos, false);
        QCOMPARE(config.freqShift, 1.);
    }

    void theNumberOfHeadsWins()
    {
        const UNetConfig config = unetConfigFromJson(
            R"({"attention_head_dim": 8, "num_attention_heads": 5})", "config.json");
        QCOMPARE(config.heads, (std::vector<int> {5, 5, 5, 5}));
    }

    void whatIsNotSupportedIsRefusedByKey_data()
    {
        QTest::addColumn<QString>("json");
        QTest::addColumn<QString>("key");
        for (const char* key :
             {"class_embed_type",
              "num_class_embeds",
              "addition_embed_type",
              "encoder_hid_dim",
              "encoder_hid_dim_type",
              "time_cond_proj_dim",
              "time_embedding_act_fn",
              "time_embedding_dim",
              "timestep_post_act",
              "cross_attention_norm",
              "reverse_transformer_layers_per_block",
              "center_input_sample",
              "dual_cross_attention",
              "only_cross_attention",
              "mid_block_only_cross_attention",
              "class_embeddings_concat",
              "resnet_skip_time_act",
              "mid_block_scale_factor",
              "downsample_padding",
              "resnet_out_scale_factor",
              "transformer_layers_per_block",
              "conv_in_kernel",
              "conv_out_kernel",
              "act_fn",
              "attention_type",
              "mid_block_type",
              "resnet_time_scale_shift",
              "time_embedding_type",
              "in_channels",
              "layers_per_block",
              "block_out_channels",
              "down_block_types",
              "up_block_types",
              "attention_head_dim",
              "num_attention_heads",
              "norm_num_groups",
              "norm_eps",
              "flip_sin_to_cos"})
            QTest::newRow(key) << QString("{\"%1\": \"other\"}").arg(key) << key;
        const auto row = [](const char* name, const char* key, const char* value) {
            QTest::newRow(name) << QString("{\"%1\": %2}").arg(key, value) << key;
        };
        row("two transformers", "transformer_layers_per_block", "[1, 2, 10, 10]");
        row("true", "only_cross_attention", "[true, true, true, false]");
        row("another block", "down_block_types", "[\"AttnDownBlock2D\"]");
        row("three down blocks", "down_block_types", "[\"DownBlock2D\"]");
        row("three up blocks", "up_block_types", "[\"UpBlock2D\"]");
        row("zero heads", "attention_head_dim", "0");
        row("three heads", "attention_head_dim", "3");
        row("too few heads", "attention_head_dim", "[8, 8]");
        row("7 heads", "num_attention_heads", "7");
        row("48 groups", "norm_num_groups", "48");
        row("a fraction", "layers_per_block", "1.5");
        row("too many", "layers_per_block", "1000000000000");
        row("no blocks", "block_out_channels", "[]");
    }

    void whatIsNotSupportedIsRefusedByKey()
    {
        QFETCH(QString, json);
        QFETCH(QString, key);
        const std::string text = refusal(json.toStdString());
        QVERIFY2(text.find(" for " + key.toStdString() + ",") != text.npos, text.c_str());
        QVERIFY2(text.starts_with("The file unet/config.json says "), text.c_str());
    }

    void whatIsNoObjectIsRefused()
    {
        for (const char* json : {"", "[]", "{\"in_channels\": ", "version https://git-lfs"})
            QVERIFY2(refusal(json).starts_with("The file unet/config.json is not"), json);
    }
};

QTEST_GUILESS_MAIN(UNetConfigTest)
#include "tst_unetconfig.moc"
