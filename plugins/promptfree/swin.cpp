// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/promptfree/swin.h"

#include "core/nn/layers.h"

#include <algorithm>
#include <cmath>

namespace {

/// With zeros at the right and the bottom of [1, h, w, c], up to multiples of @p side.
Tensor padded(const Tensor& x, int64_t side)
{
    const int64_t right = (side - x.size(2) % side) % side,
                  below = (side - x.size(1) % side) % side;
    return right || below ? at::pad(x, {0, 0, 0, right, 0, below}) : x;
}

/// [1, h, w, c] to [windows, tokens, c], row by row.
Tensor windows(const Tensor& x, int64_t side)
{
    const int64_t rows = x.size(1) / side, columns = x.size(2) / side;
    return x.reshape({rows, side, columns, side, x.size(3)})
        .permute({0, 2, 1, 3, 4})
        .reshape({rows * columns, side * side, x.size(3)});
}

/// The inverse of windows().
Tensor joined(const Tensor& x, int64_t side, int64_t height, int64_t width)
{
    return x.reshape({height / side, width / side, side, side, x.size(2)})
        .permute({0, 2, 1, 3, 4})
        .reshape({1, height, width, x.size(2)});
}

/// Attention within each window, a few windows at a time so that their matrices stay small.
Tensor windowAttention(
    const Weights& w, const Tensor& x, const SwinConfig& config, int heads, const Tensor& mask)
{
    constexpr int64_t most = 64;
    const int64_t tokens = x.size(1);
    const Tensor bias = w("relative_position_bias_table")
                            .index_select(0, relativePositions(config.window).to(x.device()))
                            .reshape({tokens, tokens, heads})
                            .permute({2, 0, 1})
                            .unsqueeze(0);
    std::vector<Tensor> parts;
    for (int64_t begin = 0; begin < x.size(0); begin += most) {
        const int64_t n = std::min(most, x.size(0) - begin);
        const auto qkv = linear(w["qkv"], x.narrow(0, begin, n)).chunk(3, -1);
        const Tensor q = splitHeads(qkv[0], heads), k = splitHeads(qkv[1], heads);
        const Tensor added = mask.defined() ? bias + mask.narrow(0, begin, n).unsqueeze(1)
                                            : bias.expand({n, -1, -1, -1});
        parts.push_back(mergeHeads(
            attention(q, k, splitHeads(qkv[2], heads), 1 / std::sqrt(double(q.size(3))), added)));
    }
    return linear(w["proj"], at::cat(parts));
}

/// One block on [1, h, w, c].
Tensor block(
    const Weights& w, Tensor x, const SwinConfig& config, int heads, int shift, const Tensor& mask)
{
    const int64_t height = x.size(1), width = x.size(2);
    // Padded after the norm: the added tokens are zero, and they take part as keys.
    Tensor h = padded(layerNorm(w["norm1"], x), config.window);
    const int64_t fullHeight = h.size(1), fullWidth = h.size(2);
    if (shift)
        h = h.roll({-shift, -shift}, {1, 2});
    h = windowAttention(w["attn"], windows(h, config.window), config, heads, mask);
    h = joined(h, config.window, fullHeight, fullWidth);
    if (shift)
        h = h.roll({shift, shift}, {1, 2});
    x = x + h.narrow(1, 0, height).narrow(2, 0, width);
    const Weights mlp = w["mlp"];
    return x + linear(mlp["fc2"], at::gelu(linear(mlp["fc1"], layerNorm(w["norm2"], x))));
}

/// Patch merging: four neighbours become one token of twice the width.
Tensor merged(const Weights& w, const Tensor& x)
{
    const Tensor even = padded(x, 2);
    const auto every = [&](int64_t row, int64_t column) {
        return even.slice(1, row, {}, 2).slice(2, column, {}, 2);
    };
    const Tensor four = at::cat({every(0, 0), every(1, 0), every(0, 1), every(1, 1)}, -1);
    return linear(w["reduction"], layerNorm(w["norm"], four));
}

/// The patches, [1, h / 4, w / 4, c].
Tensor patches(const Weights& w, const Tensor& image)
{
    constexpr int side = 4;
    const Tensor whole = padded(image.permute({0, 2, 3, 1}), side).permute({0, 3, 1, 2});
    return layerNorm(w["norm"], conv2d(w["proj"], whole, side).permute({0, 2, 3, 1}));
}

Tensor stage(
    const SwinConfig& config, const Weights& w, Tensor x, int index, const std::string& name,
    const Watch& watch)
{
    const int shift = config.window / 2;
    const auto full = [&](int64_t n) {
        return (n + config.window - 1) / config.window * config.window;
    };
    const Tensor mask = shiftMask(full(x.size(1)), full(x.size(2)), config.window).to(x.options());
    for (int i = 0; i < config.depths[index]; ++i) {
        const bool shifted = i % 2 == 1;
        x = block(
            w["blocks"][i], x, config, config.heads[index], shifted ? shift : 0,
            shifted ? mask : Tensor());
        if (watch)
            watch(name + ".blocks." + std::to_string(i), x.flatten(1, 2));
    }
    return x;
}

} // namespace

Tensor relativePositions(int window)
{
    const int64_t tokens = int64_t(window) * window;
    Tensor result = at::empty({tokens * tokens}, at::kLong);
    auto* values = result.data_ptr<int64_t>();
    for (int64_t i = 0; i < tokens; ++i)
        for (int64_t j = 0; j < tokens; ++j) {
            const int64_t rows = i / window - j / window, columns = i % window - j % window;
            *values++ = (rows + window - 1) * (2 * window - 1) + columns + window - 1;
        }
    return result;
}

Tensor shiftMask(int64_t height, int64_t width, int window)
{
    const int shift = window / 2;
    const auto label = [&](int64_t i, int64_t size) {
        return i < size - window ? 0 : i < size - shift ? 1 : 2;
    };
    Tensor regions = at::empty({1, height, width, 1}, at::kFloat);
    auto* values = regions.data_ptr<float>();
    for (int64_t y = 0; y < height; ++y)
        for (int64_t x = 0; x < width; ++x)
            *values++ = float(3 * label(y, height) + label(x, width));
    const Tensor each = windows(regions, window).squeeze(-1);
    return each.unsqueeze(1).ne(each.unsqueeze(2)).to(at::kFloat) * -100;
}

std::vector<Tensor> swin(
    const SwinConfig& config, const Weights& w, const Tensor& image, const Watch& watch)
{
    const auto show = [&](const std::string& name, const Tensor& x) {
        if (watch)
            watch(name, x);
    };
    Tensor x = patches(w["patch_embed"], image);
    show("patch_embed", x.permute({0, 3, 1, 2}));
    std::vector<Tensor> levels;
    for (int i = 0; i < int(config.depths.size()); ++i) {
        const Weights layer = w["layers"][i];
        const std::string name = "swin.layers." + std::to_string(i);
        x = stage(config, layer, x, i, name, watch);
        show(name, x.flatten(1, 2));
        const Weights norm = w["norm" + std::to_string(i)];
        levels.push_back(layerNorm(norm, x).permute({0, 3, 1, 2}).contiguous());
        show("res" + std::to_string(i + 2), levels.back());
        if (i + 1 < int(config.depths.size()))
            x = merged(layer["downsample"], x);
    }
    return levels;
}
