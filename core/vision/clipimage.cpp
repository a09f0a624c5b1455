// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/vision/clipimage.h"

#include "core/errors.h"
#include "core/file/json.h"
#include "core/model/room.h"
#include "core/nn/layers.h"
#include "core/nn/pixels.h"
#include "core/picture/resample.h"
#include "core/stopping.h"
#include "core/weights/safetensors.h"

#include <algorithm>
#include <cmath>

namespace fs = std::filesystem;

namespace {

constexpr int64_t mostWidth = 1 << 14; // of anything that a header claims
constexpr int mostLayers = 128, largestSide = 1024, longest = 30;
constexpr double shortest = 1e-8; // length of a vector

const std::string vision = "vision_model.", embeddings = vision + "embeddings.",
                  layerList = vision + "encoder.layers.";

Shapes shapesOf(const ClipImageConfig& c)
{
    const int64_t width = c.width, hidden = c.hidden, grid = c.side / c.patch;
    Shapes shapes = {
        {embeddings + "class_embedding", {width}},
        {embeddings + "patch_embedding.weight", {width, 3, c.patch, c.patch}},
        {embeddings + "position_embedding.weight", {1 + grid * grid, width}},
        {"visual_projection.weight", {c.projected, width}}};
    const auto add = [&](const std::string& name, std::vector<int64_t> shape) {
        shapes[name + ".bias"] = {shape.front()};
        shapes[name + ".weight"] = std::move(shape);
    };
    add(vision + "pre_layrnorm", {width}); // as it is spelled there
    add(vision + "post_layernorm", {width});
    for (int i = 0; i < c.layers; ++i) {
        const std::string layer = layerList + std::to_string(i) + ".";
        for (const char* name : {"q_proj", "k_proj", "v_proj", "out_proj"})
            add(layer + "self_attn." + name, {width, width});
        add(layer + "mlp.fc1", {hidden, width});
        add(layer + "mlp.fc2", {width, hidden});
        add(layer + "layer_norm1", {width});
        add(layer + "layer_norm2", {width});
    }
    return shapes;
}

/// What the shapes tell. Throws Error where they are not those of such a network.
ClipImageConfig configOf(const Shapes& shapes, const std::string& file)
{
    const auto size = [&](const std::string& name, size_t dimensions, size_t which) {
        const auto found = shapes.find(name);
        if (found == shapes.end() || found->second.size() != dimensions || found->second[which] < 1
            || found->second[which] > mostWidth)
            throw Error(
                "The file %1 has no image encoder of CLIP with its projection (no fitting %2): the "
                "weights of openai/clip-vit-base-patch16 are expected, as transformers has them.",
                file, name);
        return int(found->second[which]);
    };
    ClipImageConfig config;
    config.width = size(embeddings + "class_embedding", 1, 0);
    config.patch = size(embeddings + "patch_embedding.weight", 4, 2);
    const int places = size(embeddings + "position_embedding.weight", 2, 0) - 1;
    config.side = int(std::lround(std::sqrt(places))) * config.patch;
    config.hidden = size(layerList + "0.mlp.fc1.weight", 2, 0);
    config.projected = size("visual_projection.weight", 2, 0);
    config.layers = 1;
    while (config.layers < mostLayers
           && shapes.contains(layerList + std::to_string(config.layers) + ".mlp.fc1.weight"))
        ++config.layers;
    if (config.side < config.patch || config.side > largestSide)
        throw Error(
            "The network in %1 takes pictures of %2 pixels, which is not supported: the weights of "
            "openai/clip-vit-base-patch16 are expected.",
            file, config.side);
    return config;
}

void addConfigFile(ClipImageConfig& config, const fs::path& file)
{
    config.heads = std::max(1, config.width / 64);
    if (std::error_code ignored; fs::is_regular_file(file, ignored)) {
        auto json = readJson(file);
        if (json.is_object() && json.contains("vision_config")) // of a whole CLIP
            json = nlohmann::json(json["vision_config"]);
        const auto number = [&](const char* key, double standard) {
            const auto found = json.is_object() ? json.find(key) : json.end();
            return found != json.end() && found->is_number() ? found->get<double>() : standard;
        };
        if (number("hidden_size", 0) == config.width) { // else it belongs to another network
            config.heads = int(std::clamp(number("num_attention_heads", config.heads), 0., 1e4));
            config.eps = std::clamp(number("layer_norm_eps", config.eps), 1e-12, 1e-2);
            const auto act = json.find("hidden_act");
            config.quickGelu = act == json.end() || isText(*act, "quick_gelu");
        }
    }
    if (config.heads < 1 || config.width % config.heads != 0)
        throw Error(
            "The network's %1 channels do not make %2 heads: please put its config.json beside it "
            "(%3).",
            config.width, config.heads, file.string());
}

Tensor layer(const ClipImageConfig& c, const Weights& w, Tensor x)
{
    const Tensor h = layerNorm(w["layer_norm1"], x, c.eps);
    const auto heads = [&](const char* name) {
        return splitHeads(linear(w["self_attn"][name], h), c.heads);
    };
    const double scale = 1 / std::sqrt(double(c.width) / c.heads);
    const Tensor mixed = attention(heads("q_proj"), heads("k_proj"), heads("v_proj"), scale);
    x = x + linear(w["self_attn"]["out_proj"], mergeHeads(mixed));
    const Tensor y = linear(w["mlp"]["fc1"], layerNorm(w["layer_norm2"], x, c.eps));
    const Tensor z = c.quickGelu ? y * at::sigmoid(1.702 * y) : at::gelu(y);
    return x + linear(w["mlp"]["fc2"], z);
}

} // namespace

ClipImage loadClipImage(const fs::path& file, const fs::path& configFile, const at::Device& device)
{
    const SafetensorsFile opened(file);
    Shapes found;
    for (const auto& [name, entry] : opened.entries())
        if ((name.starts_with(vision) && !name.ends_with("position_ids"))
            || name.starts_with("visual_projection."))
            found[name] = {entry.shape.begin(), entry.shape.end()};
    ClipImage clip {.config = configOf(found, file.string())};
    addConfigFile(clip.config, configFile);
    const Shapes expected = shapesOf(clip.config);
    checkShapes(expected, found, file.string());
    checkRoom(
        expected, at::kFloat, device, {"the network in the file %1", file.string()},
        "a smaller network");
    Weights::Dict dict;
    for (const auto& [name, shape] : expected) {
        const Tensor values = finite(opened.tensor(name), name, file.string());
        dict[name] = inShape(values, expected, name).to(device).contiguous();
    }
    clip.weights = Weights(std::move(dict), file.string());
    return clip;
}

Image clipSquare(const Image& picture, int side)
{
    const int shorter = std::min(picture.width, picture.height);
    const int longer = std::max(picture.width, picture.height);
    if (shorter < 1 || longer > longest * shorter)
        throw Error(
            "The picture is too long for its width (%1 x %2) to be looked at by CLIP.",
            picture.width, picture.height);
    const int length = int(int64_t(side) * longer / shorter);
    const bool wide = picture.width > picture.height;
    const Image scaled =
        resize(flattened(picture, {}), wide ? length : side, wide ? side : length, Filter::Bicubic);
    return crop(scaled, (scaled.width - side) / 2, (scaled.height - side) / 2, side, side);
}

Tensor clipInput(const Image& picture, int side)
{
    const Tensor unit = (toTensor(clipSquare(picture, side)) + 1) / 2;
    const Tensor mean = at::tensor({0.48145466f, 0.4578275f, 0.40821073f}).reshape({1, 3, 1, 1});
    const Tensor deviation =
        at::tensor({0.26862954f, 0.26130258f, 0.27577711f}).reshape({1, 3, 1, 1});
    return (unit - mean) / deviation;
}

ClipFeatures clipFeatures(const ClipImage& clip, const Tensor& input)
{
    const Stopping never;
    const ClipImageConfig& c = clip.config;
    const Weights w = clip.weights["vision_model"], known = w["embeddings"];
    const Tensor first = known("class_embedding");
    const Tensor patches = conv2d(known["patch_embedding"], input.to(first.device()), c.patch);
    Tensor x = at::cat({first.reshape({1, 1, c.width}), patches.flatten(2).transpose(1, 2)}, 1)
        + known["position_embedding"]("weight");
    x = layerNorm(w["pre_layrnorm"], x, c.eps);
    for (int i = 0; i < c.layers; ++i)
        x = layer(c, w["encoder"]["layers"][i], x);
    const Tensor token = x.select(1, 0);
    const Tensor seen = layerNorm(w["post_layernorm"], token, c.eps);
    return {
        .classToken = token,
        .projected = at::matmul(seen, clip.weights["visual_projection"]("weight").t())};
}

double cosine(const Tensor& a, const Tensor& b)
{
    const Tensor x = a.flatten().to(at::kDouble), y = b.flatten().to(at::kDouble);
    const auto length = [](const Tensor& v) {
        return std::max(shortest, (v * v).sum().sqrt().item<double>());
    };
    return (x * y).sum().item<double>() / (length(x) * length(y));
}

double directionSimilarity(
    const Tensor& a, const Tensor& aAfter, const Tensor& b, const Tensor& bAfter)
{
    return cosine(aAfter - a, bAfter - b);
}
