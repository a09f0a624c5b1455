// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/autoencoder.h"

#include "core/diffusion/configfile.h"
#include "core/nn/layers.h"

#include <algorithm>
#include <cmath>

namespace {

/// Of all GroupNorms of the autoencoder.
constexpr double eps = 1e-6;

struct Pass
{
    const AutoencoderConfig& config;
    const Watch& watch;

    Tensor seen(const Weights& w, const Tensor& x) const
    {
        if (watch)
            watch(w.prefix(), x);
        return x;
    }

    Tensor residualBlock(const Weights& w, const Tensor& x) const
    {
        const auto norm = [&](const char* name, const Tensor& y) {
            return at::silu(groupNorm(w[name], y, config.groups, eps));
        };
        Tensor h = conv2d(w["conv1"], norm("norm1", x), 1, 1);
        h = conv2d(w["conv2"], norm("norm2", h), 1, 1);
        const bool shortcut = w.find("conv_shortcut.weight").defined();
        return (shortcut ? conv2d(w["conv_shortcut"], x) : x) + h;
    }

    /// One head over all channels.
    Tensor attentionBlock(const Weights& w, const Tensor& x) const
    {
        const Tensor h =
            groupNorm(w["group_norm"], x, config.groups, eps).flatten(2).transpose(1, 2);
        const auto head = [&](const char* name) { return pointwise(w[name], h).unsqueeze(1); };
        const Tensor out =
            attention(head("to_q"), head("to_k"), head("to_v"), 1 / std::sqrt(double(x.size(1))));
        const Tensor y = pointwise(w["to_out"][0], out.squeeze(1)).transpose(1, 2);
        return seen(w, x + y.unflatten(2, {x.size(2), x.size(3)}));
    }

    Tensor middle(const Weights& w, Tensor x) const
    {
        x = residualBlock(w["resnets"][0], x);
        x = attentionBlock(w["attentions"][0], x);
        return seen(w, residualBlock(w["resnets"][1], x));
    }

    Tensor encoder(const Weights& w, const Tensor& image) const
    {
        Tensor x = seen(w["conv_in"], conv2d(w["conv_in"], image, 1, 1));
        for (int i = 0; i < int(config.blockChannels.size()); ++i) {
            const Weights block = w["down_blocks"][i];
            for (int j = 0; j < config.layersPerBlock; ++j)
                x = residualBlock(block["resnets"][j], x);
            if (i + 1 < int(config.blockChannels.size())) {
                const Weights down = block["downsamplers"][0];
                // Padded on the right and below only, other than in the UNet.
                x = seen(down, conv2d(down["conv"], at::pad(x, {0, 1, 0, 1}), 2));
            }
            seen(block, x);
        }
        x = middle(w["mid_block"], x);
        x = at::silu(groupNorm(w["conv_norm_out"], x, config.groups, eps));
        return conv2d(w["conv_out"], x, 1, 1);
    }

    Tensor decoder(const Weights& w, const Tensor& z) const
    {
        Tensor x = seen(w["conv_in"], conv2d(w["conv_in"], z, 1, 1));
        x = middle(w["mid_block"], x);
        for (int i = 0; i < int(config.blockChannels.size()); ++i) {
            const Weights block = w["up_blocks"][i];
            for (int j = 0; j <= config.layersPerBlock; ++j)
                x = residualBlock(block["resnets"][j], x);
            if (i + 1 < int(config.blockChannels.size())) {
                const Weights up = block["upsamplers"][0];
                x = at::upsample_nearest2d(x, {x.size(2) * 2, x.size(3) * 2});
                x = seen(up, conv2d(up["conv"], x, 1, 1));
            }
            seen(block, x);
        }
        x = at::silu(groupNorm(w["conv_norm_out"], x, config.groups, eps));
        return conv2d(w["conv_out"], x, 1, 1);
    }
};

/// The convolution of a name, where the model has one.
Tensor optional(const Weights& w, const char* name, const Tensor& x)
{
    return w.find(std::string(name) + ".weight").defined() ? conv2d(w[name], x) : x;
}

Weights inFloat(const Weights& w)
{
    Weights::Dict dict;
    for (const auto& [name, tensor] : w.dict())
        dict[name] = tensor.to(at::kFloat);
    return Weights(std::move(dict), "vae");
}

} // namespace

AutoencoderConfig autoencoderConfigFromJson(const std::string& json, const std::string& file)
{
    const ConfigFile values(json, file);
    values.expect("act_fn", "silu");
    values.expect("in_channels", 3);
    values.expect("out_channels", 3);
    values.expect("mid_block_add_attention", true);
    for (const char* key : {"shift_factor", "latents_mean", "latents_std"})
        values.expect(key, nullptr);
    values.expect("latent_channels", 4);
    const AutoencoderConfig config {
        .blockChannels = values.counts("block_out_channels", {64}),
        .layersPerBlock = values.count("layers_per_block", 1, 16),
        .groups = values.count("norm_num_groups", 32),
        .scalingFactor = values.number("scaling_factor", 0.18215)};
    if (std::ranges::any_of(config.blockChannels, [&](int n) { return n % config.groups; }))
        values.refuse("norm_num_groups");
    if (!(config.scalingFactor > 0))
        values.refuse("scaling_factor");
    return config;
}

Tensor Posterior::sample(const Tensor& noise) const
{
    return mean + (0.5 * logVariance).exp() * noise;
}

Posterior encode(
    const AutoencoderConfig& config, const Weights& w, const Tensor& image, const Watch& watch)
{
    const auto type = w("encoder.conv_in.weight").scalar_type();
    const Tensor h = Pass {config, watch}.encoder(w["encoder"], image.to(type));
    const Tensor moments = optional(w, "quant_conv", h).to(at::kFloat);
    const auto halves = moments.chunk(2, 1);
    return {.mean = halves[0], .logVariance = halves[1].clamp(-30, 20), .moments = moments};
}

Tensor decode(
    const AutoencoderConfig& config, const Weights& w, const Tensor& z, const Watch& watch)
{
    const auto type = w("decoder.conv_in.weight").scalar_type();
    const Tensor h = optional(w, "post_quant_conv", z.to(type));
    const Tensor image = Pass {config, watch}.decoder(w["decoder"], h).to(at::kFloat);
    // Some fine-tuned autoencoders overflow in half precision.
    if (type != at::kFloat && !image.isfinite().all().item<bool>())
        return decode(config, inFloat(w), z, watch);
    return image;
}
