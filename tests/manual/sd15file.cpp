// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/manual/sd15file.h"

#include "core/diffusion/noise.h"
#include "core/weights/safetensors.h"

#include <cmath>

namespace {

using Shapes = std::map<std::string, std::vector<int64_t>>;

constexpr int64_t embedding = 1280, context = 768, text = 768;

std::string at(const std::string& prefix, int64_t i)
{
    return prefix + "." + std::to_string(i);
}

void linear(Shapes& s, const std::string& name, int64_t in, int64_t out, bool bias = true)
{
    s[name + ".weight"] = {out, in};
    if (bias)
        s[name + ".bias"] = {out};
}

void conv(Shapes& s, const std::string& name, int64_t in, int64_t out, int64_t kernel = 3)
{
    s[name + ".weight"] = {out, in, kernel, kernel};
    s[name + ".bias"] = {out};
}

void norm(Shapes& s, const std::string& name, int64_t channels)
{
    s[name + ".weight"] = {channels};
    s[name + ".bias"] = {channels};
}

// The UNet.

void residual(Shapes& s, const std::string& name, int64_t in, int64_t out)
{
    norm(s, name + ".in_layers.0", in);
    conv(s, name + ".in_layers.2", in, out);
    linear(s, name + ".emb_layers.1", embedding, out);
    norm(s, name + ".out_layers.0", out);
    conv(s, name + ".out_layers.3", out, out);
    if (in != out)
        conv(s, name + ".skip_connection", in, out, 1);
}

void transformer(Shapes& s, const std::string& name, int64_t channels)
{
    norm(s, name + ".norm", channels);
    conv(s, name + ".proj_in", channels, channels, 1);
    const std::string block = name + ".transformer_blocks.0.";
    for (const auto& [attention, width] : {std::pair {"attn1", channels}, {"attn2", context}}) {
        linear(s, block + attention + ".to_q", channels, channels, false);
        linear(s, block + attention + ".to_k", width, channels, false);
        linear(s, block + attention + ".to_v", width, channels, false);
        linear(s, block + attention + ".to_out.0", channels, channels);
    }
    linear(s, block + "ff.net.0.proj", channels, 8 * channels);
    linear(s, block + "ff.net.2", 4 * channels, channels);
    for (const char* each : {"norm1", "norm2", "norm3"})
        norm(s, block + each, channels);
    conv(s, name + ".proj_out", channels, channels, 1);
}

/// One of input_blocks or output_blocks.
struct Block
{
    int64_t in, out;
    bool attention = false;
    bool resamples = false; ///< input_blocks: downsampling alone; output_blocks: upsampling after
};

const std::vector<Block> downBlocks = {
    {320, 320, true},  {320, 320, true},   {320, 320, false, true},
    {320, 640, true},  {640, 640, true},   {640, 640, false, true},
    {640, 1280, true}, {1280, 1280, true}, {1280, 1280, false, true},
    {1280, 1280},      {1280, 1280}};
const std::vector<Block> upBlocks = {
    {2560, 1280},       {2560, 1280},       {2560, 1280, false, true},
    {2560, 1280, true}, {2560, 1280, true}, {1920, 1280, true, true},
    {1920, 640, true},  {1280, 640, true},  {960, 640, true, true},
    {960, 320, true},   {640, 320, true},   {640, 320, true}};

void unet(Shapes& s, const std::string& prefix)
{
    linear(s, prefix + "time_embed.0", 320, embedding);
    linear(s, prefix + "time_embed.2", embedding, embedding);
    conv(s, prefix + "input_blocks.0.0", 9, 320);
    for (size_t i = 0; i < downBlocks.size(); ++i) {
        const auto [in, out, attention, resamples] = downBlocks[i];
        const std::string name = at(prefix + "input_blocks", int64_t(i) + 1);
        if (resamples)
            conv(s, name + ".0.op", in, out);
        else
            residual(s, name + ".0", in, out);
        if (attention)
            transformer(s, name + ".1", out);
    }
    residual(s, prefix + "middle_block.0", 1280, 1280);
    transformer(s, prefix + "middle_block.1", 1280);
    residual(s, prefix + "middle_block.2", 1280, 1280);
    for (size_t i = 0; i < upBlocks.size(); ++i) {
        const auto [in, out, attention, resamples] = upBlocks[i];
        const std::string name = at(prefix + "output_blocks", int64_t(i));
        residual(s, name + ".0", in, out);
        if (attention)
            transformer(s, name + ".1", out);
        if (resamples)
            conv(s, name + (attention ? ".2" : ".1") + ".conv", out, out);
    }
    norm(s, prefix + "out.0", 320);
    conv(s, prefix + "out.2", 320, 4);
}

// The autoencoder.

void vaeBlock(Shapes& s, const std::string& name, int64_t in, int64_t out)
{
    norm(s, name + ".norm1", in);
    conv(s, name + ".conv1", in, out);
    norm(s, name + ".norm2", out);
    conv(s, name + ".conv2", out, out);
    if (in != out)
        conv(s, name + ".nin_shortcut", in, out, 1);
}

void vaeMiddle(Shapes& s, const std::string& name)
{
    vaeBlock(s, name + ".block_1", 512, 512);
    norm(s, name + ".attn_1.norm", 512);
    for (const char* each : {"q", "k", "v", "proj_out"})
        conv(s, name + ".attn_1." + each, 512, 512, 1);
    vaeBlock(s, name + ".block_2", 512, 512);
}

void autoencoder(Shapes& s, const std::string& prefix)
{
    const std::vector<int64_t> widths = {128, 256, 512, 512};
    const std::string encoder = prefix + "encoder", decoder = prefix + "decoder";
    conv(s, encoder + ".conv_in", 3, 128);
    conv(s, decoder + ".conv_in", 4, 512);
    for (int i = 0; i < 4; ++i) {
        const std::string down = at(encoder + ".down", i), up = at(decoder + ".up", i);
        for (int j = 0; j < 2; ++j)
            vaeBlock(s, at(down + ".block", j), j || !i ? widths[i] : widths[i - 1], widths[i]);
        for (int j = 0; j < 3; ++j)
            vaeBlock(s, at(up + ".block", j), j || i == 3 ? widths[i] : widths[i + 1], widths[i]);
        if (i < 3)
            conv(s, down + ".downsample.conv", widths[i], widths[i]);
        if (i > 0)
            conv(s, up + ".upsample.conv", widths[i], widths[i]);
    }
    vaeMiddle(s, encoder + ".mid");
    vaeMiddle(s, decoder + ".mid");
    norm(s, encoder + ".norm_out", 512);
    norm(s, decoder + ".norm_out", 128);
    conv(s, encoder + ".conv_out", 512, 8);
    conv(s, decoder + ".conv_out", 128, 3);
    conv(s, prefix + "quant_conv", 8, 8, 1);
    conv(s, prefix + "post_quant_conv", 4, 4, 1);
}

void textEncoder(Shapes& s, const std::string& prefix)
{
    s[prefix + "embeddings.token_embedding.weight"] = {49408, text};
    s[prefix + "embeddings.position_embedding.weight"] = {77, text};
    for (int i = 0; i < 12; ++i) {
        const std::string layer = at(prefix + "encoder.layers", i);
        for (const char* each : {"q_proj", "k_proj", "v_proj", "out_proj"})
            linear(s, layer + ".self_attn." + each, text, text);
        linear(s, layer + ".mlp.fc1", text, 4 * text);
        linear(s, layer + ".mlp.fc2", 4 * text, text);
        norm(s, layer + ".layer_norm1", text);
        norm(s, layer + ".layer_norm2", text);
    }
    norm(s, prefix + "final_layer_norm", text);
}

} // namespace

Shapes sd15Inpainting()
{
    Shapes s;
    unet(s, "model.diffusion_model.");
    autoencoder(s, "first_stage_model.");
    textEncoder(s, "cond_stage_model.transformer.text_model.");
    return s;
}

void writeRandomFile(const std::filesystem::path& path, const Shapes& shapes, uint64_t seed)
{
    std::map<std::string, Tensor> tensors;
    uint32_t stream = 0;
    for (const auto& [name, shape] : shapes) {
        // Weights keep the spread of what passes through them; norms are near one, biases small.
        int64_t fan = 1;
        for (size_t i = 1; i < shape.size(); ++i)
            fan *= shape[i];
        const bool bias = shape.size() == 1;
        const double spread = bias ? 0.02 : 1 / std::sqrt(double(fan));
        const double centre = bias && name.ends_with(".weight") ? 1 : 0;
        tensors[name] = (normal(seed, stream++, shape) * spread + centre).to(at::kHalf);
    }
    saveSafetensors(path, tensors);
}
