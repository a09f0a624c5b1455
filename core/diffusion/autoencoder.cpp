// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/autoencoder.h"

#include "core/model/configfile.h"
#include "core/nn/fastpaths.h"
#include "core/nn/layers.h"
#include "core/nn/packing.h"
#include "core/stopping.h"

#include <algorithm>
#include <cmath>

namespace {

/// One pass through the encoder or the decoder: what its functions share.
struct Pass
{
    const AutoencoderConfig& config;
    const Watch& watch;

    Tensor encoder(const Weights& w, Tensor x) const;
    Tensor decoder(const Weights& w, Tensor x) const;
    Tensor residualBlock(const Weights& w, const Tensor& x) const;
    Tensor attend(const Weights& w, const Tensor& x) const;
    Tensor middle(const Weights& w, const Tensor& x) const;
    Tensor out(const Weights& w, const Tensor& x) const;
    Tensor norm(const Weights& w, const Tensor& x) const
    {
        return groupNorm(w, x, config.groups, 1e-6);
    }
    Tensor normed(const Weights& w, const Tensor& x) const
    {
        return groupNormSilu(w, x, config.groups, 1e-6);
    }
    Tensor seen(const Weights& w, const Tensor& x) const
    {
        if (watch && x.defined())
            watch(w.prefix(), x);
        return x;
    }
    /// Whether there is nothing to go on from: each module gives nothing then, too.
    static bool ended(const Tensor& x) { return stopAsked() || !x.defined(); }
};

Tensor Pass::residualBlock(const Weights& w, const Tensor& x) const
{
    if (ended(x))
        return {};
    Tensor h = conv2d(w["conv1"], normed(w["norm1"], x), 1, 1);
    if (ended(h))
        return {};
    h = normed(w["norm2"], h);
    const bool widens = w["conv_shortcut"].find("weight").defined();
    const Tensor skip = widens ? conv2d(w["conv_shortcut"], x) : x;
    return seen(w, conv2d(w["conv2"], h, 1, 1, skip));
}

/// Self-attention of one head over all channels.
Tensor Pass::attend(const Weights& w, const Tensor& x) const
{
    if (ended(x))
        return {};
    const auto inOrder = [](const Tensor& y) { return y.flatten(2).transpose(1, 2); };
    const Tensor tokens = inOrder(norm(w["group_norm"], x));
    const Tensor q = splitHeads(linear(w["to_q"], tokens), 1);
    const Tensor k = splitHeads(linear(w["to_k"], tokens), 1);
    const Tensor v = splitHeads(linear(w["to_v"], tokens), 1);
    const Tensor h = attention(q, k, v, 1 / std::sqrt(double(x.size(1))));
    const Tensor y = linear(w["to_out"][0], mergeHeads(h), inOrder(x)).transpose(1, 2);
    return seen(w, y.unflatten(2, {x.size(2), x.size(3)}).contiguous(x.suggest_memory_format()));
}

Tensor Pass::middle(const Weights& w, const Tensor& x) const
{
    Tensor h = residualBlock(w["resnets"][0], x);
    h = attend(w["attentions"][0], h);
    return seen(w, residualBlock(w["resnets"][1], h));
}

Tensor Pass::out(const Weights& w, const Tensor& x) const
{
    if (ended(x))
        return {};
    const Weights last = w["conv_norm_out"];
    const Tensor h = watch ? at::silu(seen(last, norm(last, x))) : normed(last, x);
    return seen(w["conv_out"], conv2d(w["conv_out"], h, 1, 1));
}

Tensor Pass::encoder(const Weights& w, Tensor x) const
{
    x = seen(w["conv_in"], conv2d(w["conv_in"], x, 1, 1));
    for (int i = 0; i < int(config.blockChannels.size()); ++i) {
        const Weights block = w["down_blocks"][i];
        for (int j = 0; j < config.layersPerBlock; ++j)
            x = residualBlock(block["resnets"][j], x);
        if (i + 1 < int(config.blockChannels.size())) {
            if (ended(x))
                return {};
            const Weights sampler = block["downsamplers"][0];
            // Padded at the right and at the bottom alone.
            x = seen(
                sampler, conv2d(sampler["conv"], x, Convolution {.stride = 2, .paddingAfter = 1}));
        }
        seen(block, x);
    }
    return out(w, middle(w["mid_block"], x));
}

Tensor Pass::decoder(const Weights& w, Tensor x) const
{
    x = seen(w["conv_in"], conv2d(w["conv_in"], x, 1, 1));
    x = middle(w["mid_block"], x);
    for (int i = 0; i < int(config.blockChannels.size()); ++i) {
        const Weights block = w["up_blocks"][i];
        for (int j = 0; j <= config.layersPerBlock; ++j)
            x = residualBlock(block["resnets"][j], x);
        if (i + 1 < int(config.blockChannels.size())) {
            if (ended(x))
                return {};
            const Weights sampler = block["upsamplers"][0];
            x = seen(
                sampler, conv2d(sampler["conv"], x, Convolution {.padding = 1, .doubled = true}));
        }
        seen(block, x);
    }
    return out(w, x);
}

/// In the type of the weights.
Tensor prepared(const Tensor& x, const Weights& w)
{
    const at::ScalarType type = w["conv_in"]("weight").scalar_type();
    return x.to(type).contiguous(activationFormat(x.device(), type));
}

Tensor decoded(const AutoencoderConfig& config, const Weights& w, Tensor z, const Watch& watch)
{
    z = prepared(z, w["decoder"]);
    if (config.postQuantConv)
        z = conv2d(w["post_quant_conv"], z);
    const Tensor image = Pass {config, watch}.decoder(w["decoder"], z);
    return Pass::ended(image) ? Tensor() : image.to(at::kFloat).contiguous();
}

Tensor encoded(
    const AutoencoderConfig& config, const Weights& w, const Tensor& image, const Watch& watch)
{
    Tensor x = Pass {config, watch}.encoder(w["encoder"], prepared(image, w["encoder"]));
    if (!Pass::ended(x) && config.quantConv)
        x = conv2d(w["quant_conv"], x);
    return Pass::ended(x) ? Tensor() : x.to(at::kFloat).contiguous();
}

/// What one way needs of the weights, in fp32.
Weights inFloat(const Weights& w, const std::string& way, const std::string& convolution)
{
    const std::string prefix = w.prefix().empty() ? "" : w.prefix() + ".";
    Weights::Dict dict;
    for (const auto& [name, tensor] : w.dict())
        if (name.starts_with(prefix + way + ".") || name.starts_with(prefix + convolution + "."))
            dict[name.substr(prefix.size())] = inOrder(unpacked(tensor).to(at::kFloat));
    return Weights(std::move(dict));
}

/// Whether @p made, which is what weights of @p way made, is to be computed again in fp32: half
/// precision has no numbers for what came up in between.
bool overflowed(const Tensor& made, const Weights& way)
{
    return made.defined() && way["conv_in"]("weight").scalar_type() != at::kFloat
        && !at::isfinite(made).all().item<bool>();
}

void checkDivisibility(const ConfigFile& file, const AutoencoderConfig& config)
{
    for (const int channels : config.blockChannels)
        if (channels % config.groups)
            file.refuse("norm_num_groups");
    if (!(config.scalingFactor > 0))
        file.refuse("scaling_factor");
}

} // namespace

AutoencoderConfig autoencoderConfigFromJson(const std::string& json, const std::string& file)
{
    const ConfigFile values(json, file);
    values.expect("act_fn", "silu");
    values.expect("in_channels", 3);
    values.expect("out_channels", 3);
    values.expect("latent_channels", 4);
    values.expect("mid_block_add_attention", true);
    values.expect("down_block_types", "DownEncoderBlock2D");
    values.expect("up_block_types", "UpDecoderBlock2D");
    values.expect("shift_factor", 0);
    values.expect("latents_mean", nullptr);
    values.expect("latents_std", nullptr);
    AutoencoderConfig config {
        .blockChannels = values.counts("block_out_channels", {64}),
        .layersPerBlock = values.count("layers_per_block", 1, 16),
        .groups = values.count("norm_num_groups", 32),
        .scalingFactor = values.number("scaling_factor", 0.18215),
        .quantConv = values.flag("use_quant_conv", true),
        .postQuantConv = values.flag("use_post_quant_conv", true)};
    checkDivisibility(values, config);
    return config;
}

Tensor Posterior::sample(const Tensor& noise) const
{
    return mean + (logVariance / 2).exp() * noise;
}

Posterior encode(
    const AutoencoderConfig& config, const Weights& w, const Tensor& image, const Watch& watch,
    bool* again)
{
    Tensor moments = encoded(config, w, image, watch);
    if (overflowed(moments, w["encoder"])) {
        if (again)
            *again = true;
        moments = encoded(config, inFloat(w, "encoder", "quant_conv"), image, watch);
    }
    if (!moments.defined())
        return {};
    const auto halves = moments.chunk(2, 1);
    return {
        .mean = halves[0].contiguous(),
        .logVariance = halves[1].clamp(-30, 20).contiguous(),
        .moments = moments};
}

Tensor decode(
    const AutoencoderConfig& config, const Weights& w, const Tensor& z, const Watch& watch,
    bool* again)
{
    const Tensor image = decoded(config, w, z, watch);
    if (!overflowed(image, w["decoder"]))
        return image;
    if (again)
        *again = true;
    return decoded(config, inFloat(w, "decoder", "post_quant_conv"), z, watch);
}
