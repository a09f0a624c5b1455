// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/shapes.h"

#include "core/errors.h"

#include <algorithm>

namespace {

/// Collects a network's shapes.
struct Plan
{
    Shapes shapes = {};

    void layer(const std::string& name, std::vector<int64_t> weight, bool bias = true)
    {
        if (bias)
            shapes[name + ".bias"] = {weight.front()};
        shapes[name + ".weight"] = std::move(weight);
    }

    void norm(const std::string& name, int64_t channels) { layer(name, {channels}); }

    void conv(const std::string& name, int64_t in, int64_t out, int64_t side = 3)
    {
        layer(name, {out, in, side, side});
    }

    /// @p time 0: without a time embedding.
    void residualBlock(const std::string& name, int64_t in, int64_t out, int64_t time)
    {
        norm(name + ".norm1", in);
        conv(name + ".conv1", in, out);
        if (time != 0)
            layer(name + ".time_emb_proj", {out, time});
        norm(name + ".norm2", out);
        conv(name + ".conv2", out, out);
        if (in != out)
            conv(name + ".conv_shortcut", in, out, 1);
    }

    void crossAttention(const std::string& name, int64_t channels, int64_t context)
    {
        layer(name + ".to_q", {channels, channels}, false);
        layer(name + ".to_k", {channels, context}, false);
        layer(name + ".to_v", {channels, context}, false);
        layer(name + ".to_out.0", {channels, channels});
    }

    void transformer(const std::string& name, int64_t channels, int64_t context)
    {
        const std::string block = name + ".transformer_blocks.0";
        norm(name + ".norm", channels);
        conv(name + ".proj_in", channels, channels, 1);
        for (const char* i : {"1", "2", "3"})
            norm(block + ".norm" + i, channels);
        crossAttention(block + ".attn1", channels, channels);
        crossAttention(block + ".attn2", channels, context);
        layer(block + ".ff.net.0.proj", {8 * channels, channels});
        layer(block + ".ff.net.2", {channels, 4 * channels});
        conv(name + ".proj_out", channels, channels, 1);
    }

    void vaeMiddle(const std::string& name, int64_t channels)
    {
        residualBlock(name + ".resnets.0", channels, channels, 0);
        norm(name + ".attentions.0.group_norm", channels);
        for (const char* projection : {"to_q", "to_k", "to_v", "to_out.0"})
            layer(name + ".attentions.0." + projection, {channels, channels});
        residualBlock(name + ".resnets.1", channels, channels, 0);
    }
};

std::string numbered(const std::string& name, int i)
{
    return name + "." + std::to_string(i);
}

void unetDown(Plan& plan, const UNetConfig& config, int64_t time)
{
    const int levels = int(config.blockChannels.size());
    int64_t in = config.blockChannels.front();
    for (int i = 0; i < levels; ++i) {
        const std::string level = numbered("down_blocks", i);
        const int64_t out = config.blockChannels[i];
        for (int j = 0; j < config.layersPerBlock; ++j) {
            plan.residualBlock(numbered(level + ".resnets", j), j == 0 ? in : out, out, time);
            if (config.downAttention[i])
                plan.transformer(numbered(level + ".attentions", j), out, config.contextWidth);
        }
        if (i + 1 < levels)
            plan.conv(level + ".downsamplers.0.conv", out, out);
        in = out;
    }
}

void unetUp(Plan& plan, const UNetConfig& config, int64_t time)
{
    const std::vector<int> channels(config.blockChannels.rbegin(), config.blockChannels.rend());
    const int levels = int(channels.size());
    int64_t in = channels.front();
    for (int i = 0; i < levels; ++i) {
        const std::string level = numbered("up_blocks", i);
        const int64_t out = channels[i], last = channels[std::min(i + 1, levels - 1)];
        for (int j = 0; j <= config.layersPerBlock; ++j) {
            const int64_t skip = j == config.layersPerBlock ? last : out;
            const std::string block = numbered(level + ".resnets", j);
            plan.residualBlock(block, (j == 0 ? in : out) + skip, out, time);
            if (config.upAttention[i])
                plan.transformer(numbered(level + ".attentions", j), out, config.contextWidth);
        }
        if (i + 1 < levels)
            plan.conv(level + ".upsamplers.0.conv", out, out);
        in = out;
    }
}

/// Without the ones of a 1x1 convolution, so that it equals the linear layer.
std::vector<int64_t> withoutKernel(std::vector<int64_t> shape)
{
    if (shape.size() == 4 && shape[2] == 1 && shape[3] == 1)
        shape.resize(2);
    return shape;
}

bool fits(const std::vector<int64_t>& expected, const std::vector<int64_t>& found)
{
    return std::ranges::equal(
        withoutKernel(expected), withoutKernel(found),
        [](int64_t wanted, int64_t n) { return wanted == n || wanted == -1; });
}

std::string shapeText(const std::vector<int64_t>& shape)
{
    std::string text;
    for (const int64_t n : shape)
        text += (text.empty() ? "" : ", ") + (n == -1 ? std::string("any") : std::to_string(n));
    return "[" + text + "]";
}

/// "a, b and 3 others".
Sentence listed(const std::vector<Sentence>& names)
{
    constexpr size_t shown = 10;
    Sentence text = names.front();
    for (size_t i = 1; i < std::min(names.size(), shown); ++i)
        text = {"%1, %2", text, names[i]};
    return names.size() > shown ? Sentence("%1 and %2 others", text, names.size() - shown) : text;
}

int64_t size(const Shapes& shapes, const std::string& name, size_t dimension, int64_t otherwise)
{
    const auto found = shapes.find(name);
    return found != shapes.end() && dimension < found->second.size() ? found->second[dimension]
                                                                     : otherwise;
}

/// Sizes of dimension @p dimension of before0after, before1after ... as far as there are any.
std::vector<int> sizes(const Shapes& shapes, const std::string& before, const std::string& after)
{
    std::vector<int> result;
    for (int64_t n = 0; n >= 0;) {
        n = size(shapes, before + std::to_string(result.size()) + after, 0, -1);
        if (n >= 0)
            result.push_back(int(n));
    }
    return result;
}

} // namespace

Shapes unetShapes(const UNetConfig& config)
{
    Plan plan;
    const int64_t first = config.blockChannels.front(), last = config.blockChannels.back();
    const int64_t time = 4 * first;
    plan.conv("conv_in", config.inChannels, first);
    plan.layer("time_embedding.linear_1", {time, first});
    plan.layer("time_embedding.linear_2", {time, time});
    unetDown(plan, config, time);
    plan.residualBlock("mid_block.resnets.0", last, last, time);
    plan.transformer("mid_block.attentions.0", last, config.contextWidth);
    plan.residualBlock("mid_block.resnets.1", last, last, time);
    unetUp(plan, config, time);
    plan.norm("conv_norm_out", first);
    plan.conv("conv_out", first, config.outChannels);
    return plan.shapes;
}

Shapes autoencoderShapes(const AutoencoderConfig& config)
{
    Plan plan;
    const auto& channels = config.blockChannels;
    const int levels = int(channels.size()), latent = config.latentChannels;
    plan.conv("encoder.conv_in", 3, channels.front());
    plan.conv("decoder.conv_in", latent, channels.back());
    int64_t down = channels.front(), up = channels.back();
    for (int i = 0; i < levels; ++i) {
        const std::string encoder = numbered("encoder.down_blocks", i);
        const std::string decoder = numbered("decoder.up_blocks", i);
        const int64_t downOut = channels[i], upOut = channels[levels - 1 - i];
        for (int j = 0; j <= config.layersPerBlock; ++j) {
            if (j < config.layersPerBlock)
                plan.residualBlock(
                    numbered(encoder + ".resnets", j), j == 0 ? down : downOut, downOut, 0);
            plan.residualBlock(numbered(decoder + ".resnets", j), j == 0 ? up : upOut, upOut, 0);
        }
        if (i + 1 < levels) {
            plan.conv(encoder + ".downsamplers.0.conv", downOut, downOut);
            plan.conv(decoder + ".upsamplers.0.conv", upOut, upOut);
        }
        down = downOut;
        up = upOut;
    }
    plan.vaeMiddle("encoder.mid_block", channels.back());
    plan.vaeMiddle("decoder.mid_block", channels.back());
    plan.norm("encoder.conv_norm_out", channels.back());
    plan.norm("decoder.conv_norm_out", channels.front());
    plan.conv("encoder.conv_out", channels.back(), 2 * latent);
    plan.conv("decoder.conv_out", channels.front(), 3);
    if (config.quantConv)
        plan.conv("quant_conv", 2 * latent, 2 * latent, 1);
    if (config.postQuantConv)
        plan.conv("post_quant_conv", latent, latent, 1);
    return plan.shapes;
}

Shapes textEncoderShapes(const TextEncoderConfig& config)
{
    Plan plan;
    const int64_t width = config.width;
    const std::string model = "text_model.";
    const std::string embeddings = model + "embeddings.";
    plan.layer(embeddings + "token_embedding", {config.vocabulary, width}, false);
    plan.layer(embeddings + "position_embedding", {config.positions, width}, false);
    for (int i = 0; i < config.layers; ++i) {
        const std::string layer = numbered(model + "encoder.layers", i);
        plan.norm(layer + ".layer_norm1", width);
        plan.norm(layer + ".layer_norm2", width);
        for (const char* projection : {"q_proj", "k_proj", "v_proj", "out_proj"})
            plan.layer(layer + ".self_attn." + projection, {width, width});
        plan.layer(layer + ".mlp.fc1", {-1, width});
        plan.layer(layer + ".mlp.fc2", {width, -1});
    }
    plan.norm(model + "final_layer_norm", width);
    return plan.shapes;
}

void checkShapes(const Shapes& expected, const Shapes& found, const std::string& file)
{
    std::vector<Sentence> missing, empty, different;
    for (const auto& [name, shape] : expected) {
        const auto place = found.find(name);
        if (place == found.end())
            missing.push_back(name);
        else if (std::ranges::find(place->second, 0) != place->second.end())
            empty.push_back(name); // nothing can be computed with them, or of them
        else if (!fits(shape, place->second))
            different.push_back(
                {"%1 (%2 instead of %3)", name, shapeText(place->second), shapeText(shape)});
    }
    if (!missing.empty())
        throw Error(
            "The file %1 lacks %2 of the %3 tensors that it needs: %4. Please get the complete "
            "file.",
            file, missing.size(), expected.size(), listed(missing));
    if (!empty.empty())
        throw Error(
            "The file %1 has %2 tensors with nothing in them: %3. Please get the complete file.",
            file, empty.size(), listed(empty));
    if (!different.empty())
        throw Error(
            "The file %1 has %2 tensors of another shape than its configuration says: %3.", file,
            different.size(), listed(different));
}

Tensor inShape(const Tensor& tensor, const Shapes& expected, const std::string& name)
{
    const auto place = expected.find(name);
    if (place == expected.end() || size_t(tensor.dim()) == place->second.size()
        || !fits(place->second, tensor.sizes().vec()))
        return tensor;
    return tensor.reshape(place->second); // of which at most one is any
}

UNetConfig unetConfigOf(const Shapes& shapes)
{
    UNetConfig config;
    config.inChannels = int(size(shapes, "conv_in.weight", 1, config.inChannels));
    config.outChannels = int(size(shapes, "conv_out.weight", 0, config.outChannels));
    const auto blocks = sizes(shapes, "down_blocks.", ".resnets.0.conv1.weight");
    if (blocks.size() == config.blockChannels.size())
        config.blockChannels = blocks;
    config.contextWidth = int(
        size(shapes, "down_blocks.0.attentions.0.transformer_blocks.0.attn2.to_k.weight", 1, 768));
    if (config.contextWidth == 1024) // SD 2: heads of 64 channels
        std::ranges::transform(config.blockChannels, config.heads.begin(), [](int channels) {
            return std::max(1, channels / 64);
        });
    return config;
}

AutoencoderConfig autoencoderConfigOf(const Shapes& shapes)
{
    AutoencoderConfig config;
    const auto blocks = sizes(shapes, "encoder.down_blocks.", ".resnets.0.conv1.weight");
    if (!blocks.empty())
        config.blockChannels = blocks;
    const auto layers = sizes(shapes, "encoder.down_blocks.0.resnets.", ".conv1.weight");
    config.layersPerBlock = layers.empty() ? 2 : int(layers.size());
    config.latentChannels = int(size(shapes, "post_quant_conv.weight", 0, config.latentChannels));
    return config;
}

TextEncoderConfig textEncoderConfigOf(const Shapes& shapes)
{
    const std::string model = "text_model.";
    const std::string tokens = model + "embeddings.token_embedding.weight";
    TextEncoderConfig config;
    config.width = int(size(shapes, tokens, 1, config.width));
    config.vocabulary = int(size(shapes, tokens, 0, config.vocabulary));
    const auto layers = sizes(shapes, model + "encoder.layers.", ".layer_norm1.weight");
    config.layers = layers.empty() ? config.layers : int(layers.size());
    config.heads = std::max(1, config.width / 64);
    config.quickGelu = config.width != 1024; // OpenCLIP's ViT-H, of SD 2, has the exact one
    return config;
}
