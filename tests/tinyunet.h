// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/unet.h"
#include "core/random.h"

#include <cmath>

/// A UNet with the names and the structure of Stable Diffusion's, few channels, and random weights.
struct TinyUNet
{
    UNetConfig config {
        .blockChannels = {4, 8, 12, 12}, .heads = {2, 2, 2, 2}, .contextWidth = 6, .groups = 4};
    Weights::Dict dict = {};

    explicit TinyUNet(int inChannels = 4)
    {
        config.inChannels = inChannels;
        const std::vector<int>& channels = config.blockChannels;
        const int time = 4 * channels.front(), last = int(channels.size()) - 1;
        layer("time_embedding.linear_1", {time, channels.front()});
        layer("time_embedding.linear_2", {time, time});
        layer("conv_in", {channels.front(), inChannels, 3, 3});
        std::vector<int> skips = {channels.front()};
        for (int i = 0; i <= last; ++i)
            down(i, skips);
        const std::string mid = "mid_block.";
        residualBlock(mid + "resnets.0", channels[last], channels[last]);
        transformer(mid + "attentions.0", channels[last]);
        residualBlock(mid + "resnets.1", channels[last], channels[last]);
        for (int i = 0; i <= last; ++i)
            up(i, skips);
        norm("conv_norm_out", channels.front());
        layer("conv_out", {config.outChannels, channels.front(), 3, 3});
    }

    Weights weights() const { return Weights(dict, "tiny"); }

private:
    Tensor random(at::IntArrayRef shape, double scale)
    {
        Tensor x = at::empty(shape, at::kFloat);
        normal(7, uint32_t(dict.size()), {x.data_ptr<float>(), size_t(x.numel())});
        return x * scale;
    }

    void layer(const std::string& name, at::IntArrayRef shape, bool bias = true)
    {
        const double fanIn = double(c10::multiply_integers(shape.slice(1)));
        dict[name + ".weight"] = random(shape, 1 / std::sqrt(fanIn));
        if (bias)
            dict[name + ".bias"] = random({shape[0]}, 0.1);
    }

    void norm(const std::string& name, int channels)
    {
        dict[name + ".weight"] = random({channels}, 0.1) + 1;
        dict[name + ".bias"] = random({channels}, 0.1);
    }

    void residualBlock(const std::string& name, int in, int out)
    {
        norm(name + ".norm1", in);
        layer(name + ".conv1", {out, in, 3, 3});
        layer(name + ".time_emb_proj", {out, 4 * config.blockChannels.front()});
        norm(name + ".norm2", out);
        layer(name + ".conv2", {out, out, 3, 3});
        if (in != out)
            layer(name + ".conv_shortcut", {out, in, 1, 1});
    }

    void transformer(const std::string& name, int channels)
    {
        norm(name + ".norm", channels);
        layer(name + ".proj_in", {channels, channels, 1, 1});
        const std::string block = name + ".transformer_blocks.0.";
        for (const std::string attention : {"attn1", "attn2"}) {
            const int context = attention == "attn1" ? channels : config.contextWidth;
            layer(block + attention + ".to_q", {channels, channels}, false);
            layer(block + attention + ".to_k", {channels, context}, false);
            layer(block + attention + ".to_v", {channels, context}, false);
            layer(block + attention + ".to_out.0", {channels, channels});
        }
        for (const char* name : {"norm1", "norm2", "norm3"})
            norm(block + name, channels);
        layer(block + "ff.net.0.proj", {8 * channels, channels});
        layer(block + "ff.net.2", {channels, 4 * channels});
        layer(name + ".proj_out", {channels, channels, 1, 1});
    }

    void down(int i, std::vector<int>& skips)
    {
        const std::string name = "down_blocks." + std::to_string(i) + ".";
        const int channels = config.blockChannels[i];
        for (int j = 0; j < config.layersPerBlock; ++j) {
            residualBlock(name + "resnets." + std::to_string(j), skips.back(), channels);
            if (config.downAttention[i])
                transformer(name + "attentions." + std::to_string(j), channels);
            skips.push_back(channels);
        }
        if (i + 1 == int(config.blockChannels.size()))
            return;
        layer(name + "downsamplers.0.conv", {channels, channels, 3, 3});
        skips.push_back(channels);
    }

    void up(int i, std::vector<int>& skips)
    {
        const std::string name = "up_blocks." + std::to_string(i) + ".";
        const int last = int(config.blockChannels.size()) - 1;
        const int channels = config.blockChannels[last - i];
        int in = config.blockChannels[std::min(last, last - i + 1)];
        for (int j = 0; j <= config.layersPerBlock; ++j) {
            residualBlock(name + "resnets." + std::to_string(j), in + skips.back(), channels);
            skips.pop_back();
            if (config.upAttention[i])
                transformer(name + "attentions." + std::to_string(j), channels);
            in = channels;
        }
        if (i < last)
            layer(name + "upsamplers.0.conv", {channels, channels, 3, 3});
    }
};
