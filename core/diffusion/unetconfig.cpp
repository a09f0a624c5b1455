// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/unet.h"
#include "core/model/configfile.h"

namespace {

/// Refuses what other diffusion networks have and Stable Diffusion 1.x and 2.x have not.
void refuseOtherNetworks(const ConfigFile& file)
{
    for (const char* key :
         {"class_embed_type", "num_class_embeds", "addition_embed_type", "encoder_hid_dim",
          "encoder_hid_dim_type", "time_cond_proj_dim", "time_embedding_act_fn",
          "time_embedding_dim", "timestep_post_act", "cross_attention_norm",
          "reverse_transformer_layers_per_block"})
        file.expect(key, nullptr);
    for (const char* key :
         {"center_input_sample", "dual_cross_attention", "only_cross_attention",
          "mid_block_only_cross_attention", "class_embeddings_concat", "resnet_skip_time_act"})
        file.expect(key, false);
    for (const char* key :
         {"mid_block_scale_factor", "downsample_padding", "resnet_out_scale_factor",
          "transformer_layers_per_block"})
        file.expect(key, 1);
    file.expect("conv_in_kernel", 3);
    file.expect("conv_out_kernel", 3);
    file.expect("act_fn", "silu");
    file.expect("attention_type", "default");
    file.expect("mid_block_type", "UNetMidBlock2DCrossAttn");
    file.expect("resnet_time_scale_shift", "default");
    file.expect("time_embedding_type", "positional");
}

void checkDivisibility(const ConfigFile& file, const UNetConfig& config, const char* headsKey)
{
    for (size_t i = 0; i < config.blockChannels.size(); ++i) {
        if (config.blockChannels[i] % config.groups)
            file.refuse("norm_num_groups");
        if (config.blockChannels[i] % config.heads[i])
            file.refuse(headsKey);
    }
    if (config.blockChannels.front() % 2) // as many sines as cosines
        file.refuse("block_out_channels");
}

} // namespace

UNetConfig unetConfigFromJson(const std::string& json, const std::string& file)
{
    const ConfigFile values(json, file);
    refuseOtherNetworks(values);
    UNetConfig config {
        .inChannels = values.count("in_channels", 4),
        .outChannels = values.count("out_channels", 4),
        .blockChannels = values.counts("block_out_channels", {320, 640, 1280, 1280}),
        .downAttention = values.kinds(
            "down_block_types", {true, true, true, false}, "CrossAttnDownBlock2D", "DownBlock2D"),
        .upAttention = values.kinds(
            "up_block_types", {false, true, true, true}, "CrossAttnUpBlock2D", "UpBlock2D"),
        .layersPerBlock = values.count("layers_per_block", 2, 16),
        .contextWidth = values.count("cross_attention_dim", 1280),
        .groups = values.count("norm_num_groups", 32),
        .normEps = values.number("norm_eps", 1e-5),
        .flipSinToCos = values.flag("flip_sin_to_cos", true),
        .freqShift = values.number("freq_shift", 0)};
    const size_t blocks = config.blockChannels.size();
    if (config.downAttention.size() != blocks)
        values.refuse("down_block_types");
    if (config.upAttention.size() != blocks)
        values.refuse("up_block_types");
    // attention_head_dim is a misnomer in these files: it is the number of heads.
    const char* headsKey =
        values.has("num_attention_heads") ? "num_attention_heads" : "attention_head_dim";
    config.heads = values.counts(headsKey, 8, blocks);
    checkDivisibility(values, config, headsKey);
    return config;
}
