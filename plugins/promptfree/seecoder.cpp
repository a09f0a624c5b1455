// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/promptfree/seecoder.h"

#include "core/errors.h"
#include "core/nn/layers.h"
#include "core/stopping.h"

#include <array>
#include <cmath>
#include <numbers>

namespace {

/// The levels by the original's names, coarse ones last.
constexpr std::array levelNames = {"res3", "res4", "res5"};
constexpr int groups = 32;

using Levels = std::array<Tensor, 3>; ///< res3, res4, res5

Tensor tokens(const Tensor& x)
{
    return x.flatten(2).transpose(1, 2);
}

Tensor feedForward(const Weights& w, const Tensor& x)
{
    return linear(w["linear2"], linear(w["linear1"], x).relu());
}

/// What queries meet: a level, or each other.
struct Memory
{
    Tensor keys = {}, values = {};
};

/// nn.MultiheadAttention with one fused projection. @p seen says what is known of it besides
/// queries and keys.
Tensor multiheadAttention(
    const Weights& w, const Tensor& query, const Memory& memory, int heads, QueryAttention seen,
    const QueryWatch& watch)
{
    const auto weights = w("in_proj_weight").chunk(3), biases = w("in_proj_bias").chunk(3);
    const auto projected = [&](int i, const Tensor& x) {
        return splitHeads(linear(x, weights[i], biases[i]), heads);
    };
    const Tensor q = projected(0, query);
    const double scale = 1 / std::sqrt(double(q.size(3)));
    const Tensor k = projected(1, memory.keys);
    if (watch) {
        seen.query = q[0], seen.key = k[0], seen.scale = scale;
        watch(seen);
    }
    const Tensor h = attention(q, k, projected(2, memory.values), scale);
    return linear(w["out_proj"], mergeHeads(h));
}

/// A decoder layer for one picture: its softmax over the batch is 1, so that attention is the
/// value's and the output's projection alone.
Tensor decoderLayer(const Weights& w, const Tensor& x)
{
    const Weights own = w["self_attn"];
    const Tensor value =
        linear(x, own("in_proj_weight").chunk(3)[2], own("in_proj_bias").chunk(3)[2]);
    const Tensor h = layerNorm(w["norm1"], x + linear(own["out_proj"], value));
    return layerNorm(w["norm2"], h + feedForward(w, h));
}

Levels decoder(
    const SeeCoderConfig& config, const Weights& w, const Levels& levels, const Watch& watch)
{
    const Tensor embedding = w("level_embed");
    std::vector<Tensor> parts;
    for (int i = 2; i >= 0; --i) { // res5 comes first here
        const Weights project = w["inproj_layers"][levelNames[i]];
        const Tensor x = groupNorm(project[1], conv2d(project[0], levels[i]), groups, 1e-5);
        watch("decoder.inproj." + std::string(levelNames[i]), x);
        parts.push_back(tokens(x) + embedding[2 - i]);
    }
    Tensor x = at::cat(parts, 1);
    for (int i = 0; i < config.decoderLayers; ++i) {
        x = decoderLayer(w["transformer"]["layers"][i], x);
        watch("decoder.layer." + std::to_string(i), x);
    }
    Levels result;
    int64_t begin = 0;
    for (int i = 2; i >= 0; --i) {
        const int64_t height = levels[i].size(2), width = levels[i].size(3);
        const Tensor part = x.narrow(1, begin, height * width).transpose(1, 2);
        begin += height * width;
        const Weights lateral = w["lateral_layers"][levelNames[i]];
        result[i] = part.unflatten(2, {height, width})
            + groupNorm(lateral["norm"], conv2d(lateral, levels[i]), groups, 1e-5);
        watch("decoder." + std::string(levelNames[i]), result[i]);
    }
    return result;
}

/// The sines and cosines of a row's or column's place at 20 frequencies, [size, 40].
Tensor waves(int64_t size, int64_t shorter)
{
    constexpr int frequencies = 20;
    const double m = double(shorter);
    const Tensor place =
        (at::arange(size, at::kFloat) + (0.5 - double(size) / 2)) / m * (2 * std::numbers::pi);
    const Tensor powers = at::linspace(0, 1, frequencies, at::kFloat);
    const Tensor phase = place.unsqueeze(1) * (powers * std::log(m / 2)).exp();
    return at::cat({at::sin(phase), at::cos(phase)}, 1);
}

/// What the position-aware encoder adds to the keys of a level, [1, h * w, width].
Tensor positions(const Weights& w, const Tensor& level)
{
    const int64_t height = level.size(2), width = level.size(3);
    const int64_t shorter = std::min(height, width);
    const Tensor y = waves(height, shorter).unsqueeze(1).expand({-1, width, -1});
    const Tensor x = waves(width, shorter).unsqueeze(0).expand({height, -1, -1});
    Tensor h = at::cat({y, x}, 2).reshape({1, height * width, -1}).to(level.device());
    h = at::silu(linear(w[0], h));
    return linear(w[4], at::silu(linear(w[2], h)));
}

std::array<Memory, 3> memories(
    const SeeCoderConfig& config, const Weights& w, const Levels& levels, const Watch& watch)
{
    std::array<Memory, 3> result;
    const Tensor embedding = w["level_embed"]("weight");
    for (int i = 0; i < 3; ++i) {
        const Tensor values = tokens(levels[i]) + embedding[i];
        result[i] = {values, values};
        if (!config.positions)
            continue;
        const Tensor place = positions(w["pe_layer"]["mlp"], levels[i]);
        const auto shape = levels[i].sizes();
        watch(
            "pe." + std::string(levelNames[i]),
            place.transpose(1, 2).unflatten(2, {shape[2], shape[3]}));
        result[i].keys = values + place;
    }
    return result;
}

Tensor queryTransformer(
    const SeeCoderConfig& config, const Weights& w, const Levels& levels, const Watch& watch,
    const QueryWatch& queries)
{
    const int global = config.globalQueries, local = config.localQueries, heads = config.queryHeads;
    const auto memory = memories(config, w, levels, watch);
    const Tensor place = w["query_pos_embedding"]("weight").unsqueeze(0);
    Tensor all = w["init_query"]("weight").unsqueeze(0);
    for (int i = 0; i < config.queryLayers; ++i) {
        const auto layer = [&](const char* kind) {
            return w["transformer_" + std::string(kind) + "_layers"][i];
        };
        const Weights cross = layer("crossatt"), own = layer("selfatt"), ffn = layer("feedforward");
        const Tensor& level = levels[i % 3];
        Tensor x = all.narrow(1, global, local);
        x = layerNorm(
            cross["norm"],
            x
                + multiheadAttention(
                    cross["multihead_attn"], x + place.narrow(1, global, local), memory[i % 3],
                    heads,
                    {.kind = QueryAttention::Cross,
                     .level = i % 3,
                     .height = int(level.size(2)),
                     .width = int(level.size(3))},
                    queries));
        watch("query.cross." + std::to_string(i), x);
        all = at::cat({all.narrow(1, 0, global), x}, 1);
        const Tensor placed = all + place;
        all = layerNorm(
            own["norm"],
            all
                + multiheadAttention(
                    own["self_attn"], placed, {placed, all}, heads, {.kind = QueryAttention::Self},
                    queries));
        all = layerNorm(ffn["norm"], all + feedForward(ffn, all));
        watch("query.ffn." + std::to_string(i), all);
    }
    return all;
}

} // namespace

Tensor seeCoder(
    const SeeCoderConfig& config, const Weights& w, const Tensor& image, const Watch& watch,
    const QueryWatch& queries)
{
    if (image.dim() != 4 || image.size(0) != 1 || image.size(1) != 3)
        throw std::invalid_argument("SeeCoder encodes one picture at a time");
    const Watch seen = watch ? watch : [](std::string_view, const Tensor&) {};
    const std::vector<Tensor> stages = swin(config.swin, w["imencoder"], image, watch);
    const Levels levels = decoder(config, w["imdecoder"], {stages[1], stages[2], stages[3]}, seen);
    const Tensor result = queryTransformer(config, w["qtransformer"], levels, seen, queries);
    seen("tokens", result);
    return stopAsked() ? Tensor() : result;
}
