// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/plugandplay/structure.h"

#include "core/errors.h"
#include "core/file/files.h"
#include "core/file/json.h"
#include "core/model/room.h"
#include "core/nn/layers.h"
#include "core/nn/pixels.h"
#include "core/weights/safetensors.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace fs = std::filesystem;

namespace {

constexpr int patch = 8;
constexpr int64_t shortSide = 224, longestSide = 480;
constexpr int64_t mostWidth = 1 << 14; // of anything that a header claims
constexpr double alike = 1.05;         // shapes, by the ratio of their sides' ratios

/// A name as transformers 5 has it. The attention's output has to come before the MLP's, whose old
/// name is the end of its own.
std::string newName(std::string name)
{
    static constexpr std::array<std::array<const char*, 2>, 8> renamed = {{
        {"vit.", ""}, // of a model with a head
        {"encoder.layer.", "layers."},
        {"attention.attention.query", "attention.q_proj"},
        {"attention.attention.key", "attention.k_proj"},
        {"attention.attention.value", "attention.v_proj"},
        {"attention.output.dense", "attention.o_proj"},
        {"intermediate.dense", "mlp.fc1"},
        {"output.dense", "mlp.fc2"},
    }};
    for (const auto& [before, after] : renamed)
        if (const size_t at = name.find(before); at != std::string::npos)
            name.replace(at, std::string(before).size(), after);
    return name;
}

Shapes shapesOf(const DinoConfig& c)
{
    const int64_t width = c.width, hidden = c.hidden;
    const std::string projection = "embeddings.patch_embeddings.projection.";
    Shapes shapes = {
        {"embeddings.cls_token", {1, 1, width}},
        {"embeddings.position_embeddings", {1, 1 + int64_t(c.grid) * c.grid, width}},
        {projection + "weight", {width, 3, patch, patch}},
        {projection + "bias", {width}}};
    const auto add = [&](const std::string& name, std::vector<int64_t> shape) {
        shapes[name + ".bias"] = {shape.front()};
        shapes[name + ".weight"] = std::move(shape);
    };
    for (int i = 0; i < c.layers; ++i) {
        const std::string layer = "layers." + std::to_string(i) + ".";
        for (const char* name : {"q_proj", "k_proj", "v_proj", "o_proj"})
            add(layer + "attention." + name, {width, width});
        add(layer + "mlp.fc1", {hidden, width});
        add(layer + "mlp.fc2", {width, hidden});
        add(layer + "layernorm_before", {width});
        add(layer + "layernorm_after", {width});
    }
    return shapes;
}

/// What the shapes tell. Throws Error where they are not those of such a network.
DinoConfig configOf(const Shapes& shapes, const std::string& file)
{
    const auto size = [&](const std::string& name, size_t dimensions, size_t which,
                          int64_t least = 1) {
        const auto found = shapes.find(name);
        if (found == shapes.end() || found->second.size() != dimensions
            || found->second[which] < least || found->second[which] > mostWidth)
            throw Error(
                "The file %1 is not a ViT as DINO has it (it has no fitting %2): the weights of "
                "facebook/dino-vitb8 are expected.",
                file, name);
        return int(found->second[which]);
    };
    DinoConfig config;
    config.width = size("embeddings.cls_token", 3, 2);
    config.hidden = size("layers.0.mlp.fc1.weight", 2, 0);
    const int places = size("embeddings.position_embeddings", 3, 1, 2); // one beside the class
    config.grid = int(std::lround(std::sqrt(places - 1)));
    const int side = size("embeddings.patch_embeddings.projection.weight", 4, 2);
    if (side != patch)
        throw Error(
            "The network in %1 has patches of %2 pixels, and the distance is defined with those of "
            "8: the weights of facebook/dino-vitb8 are expected.",
            file, side);
    config.layers = 1;
    while (shapes.contains("layers." + std::to_string(config.layers) + ".mlp.fc1.weight"))
        ++config.layers;
    return config;
}

void addConfigFile(DinoConfig& config, const fs::path& file)
{
    config.heads = std::max(1, config.width / 64);
    if (std::error_code ignored; fs::is_regular_file(file, ignored)) {
        const auto json = readJson(file);
        const auto number = [&](const char* key, double standard) {
            const auto found = json.is_object() ? json.find(key) : json.end();
            return found != json.end() && found->is_number() ? found->get<double>() : standard;
        };
        if (number("hidden_size", 0) == config.width) { // else it belongs to another network
            config.heads = int(std::clamp(number("num_attention_heads", config.heads), 0., 1e4));
            config.eps = number("layer_norm_eps", config.eps);
        }
    }
    if (config.heads < 1 || config.width % config.heads != 0)
        throw Error(
            "The network's %1 channels do not make %2 heads: please put its config.json beside it "
            "(%3).",
            config.width, config.heads, file.string());
}

/// Weights of bicubic interpolation [out, in] with a = -.75 and the edge repeated, as
/// torch.nn.functional.interpolate has it.
Tensor bicubic(int64_t in, int64_t out)
{
    constexpr double a = -0.75;
    const auto near = [](double x) { return ((a + 2) * x - (a + 3)) * x * x + 1; };
    const auto far = [](double x) { return ((a * x - 5 * a) * x + 8 * a) * x - 4 * a; };
    Tensor matrix = at::zeros({out, in}, at::kFloat);
    auto* values = matrix.data_ptr<float>();
    for (int64_t i = 0; i < out; ++i) {
        const double place = (double(i) + 0.5) * double(in) / double(out) - 0.5;
        const double t = place - std::floor(place);
        const std::array<double, 4> weights = {far(t + 1), near(t), near(1 - t), far(2 - t)};
        for (int64_t j = 0; j < 4; ++j) {
            const int64_t from = int64_t(std::floor(place)) - 1 + j;
            values[i * in + std::clamp<int64_t>(from, 0, in - 1)] += float(weights[size_t(j)]);
        }
    }
    return matrix;
}

/// The learned positions, class first, brought to a grid of another size (transformers' way: by
/// the sizes; DINO's own program goes by a scale that is a little larger).
Tensor positions(const DinoConfig& c, const Tensor& learned, int64_t rows, int64_t columns)
{
    const Tensor square =
        learned[0].slice(0, 1).t().reshape({c.width, c.grid, c.grid}).contiguous();
    const auto matrix = [&](int64_t out) { return bicubic(c.grid, out).to(learned.device()); };
    const Tensor resized = at::matmul(at::matmul(matrix(rows), square), matrix(columns).t());
    return at::cat({learned.narrow(1, 0, 1), resized.flatten(1).t().unsqueeze(0)}, 1);
}

Tensor layer(const DinoConfig& c, const Weights& w, Tensor x)
{
    const Tensor h = layerNorm(w["layernorm_before"], x, c.eps);
    const auto heads = [&](const char* name) {
        return splitHeads(linear(w["attention"][name], h), c.heads);
    };
    const double scale = 1 / std::sqrt(double(c.width) / c.heads);
    const Tensor mixed = attention(heads("q_proj"), heads("k_proj"), heads("v_proj"), scale);
    x = x + linear(w["attention"]["o_proj"], mergeHeads(mixed));
    const Tensor y = linear(w["mlp"]["fc1"], layerNorm(w["layernorm_after"], x, c.eps));
    return x + linear(w["mlp"]["fc2"], at::gelu(y));
}

std::string sidesOf(const Image& image)
{
    return std::to_string(image.width) + " x " + std::to_string(image.height);
}

} // namespace

Dino loadDino(const fs::path& file, const fs::path& configFile, const at::Device& device)
{
    const SafetensorsFile opened(file);
    Shapes found;
    std::map<std::string, std::string> names;
    for (const auto& [name, entry] : opened.entries()) {
        names[newName(name)] = name;
        found[newName(name)] = {entry.shape.begin(), entry.shape.end()};
    }
    Dino dino {.config = configOf(found, file.string())};
    addConfigFile(dino.config, configFile);
    const Shapes expected = shapesOf(dino.config);
    checkShapes(expected, found, file.string());
    checkRoom(
        expected, at::kFloat, device, {"the network in the file %1", file.string()},
        "a smaller network");
    Weights::Dict dict;
    for (const auto& [name, shape] : expected) {
        const Tensor values = finite(opened.tensor(names.at(name)), name, file.string());
        dict[name] = inShape(values, expected, name).to(device).contiguous();
    }
    dino.weights = Weights(std::move(dict), file.string());
    return dino;
}

Tensor dinoInput(const Image& picture)
{
    const int64_t width = picture.width, height = picture.height;
    const double ratio = double(std::max(width, height)) / double(std::min(width, height));
    int64_t shorter = shortSide, longer = int64_t(double(shortSide) * ratio);
    if (longer > longestSide) {
        shorter = longestSide * shortSide / longer;
        longer = longestSide;
    }
    if (shorter < patch)
        throw Error(
            "The picture is too long for its width (%1): its short side would be less than a patch "
            "of 8 pixels.",
            sidesOf(picture));
    return width < height ? dinoInput(picture, longer, shorter)
                          : dinoInput(picture, shorter, longer);
}

Tensor dinoInput(const Image& picture, int64_t height, int64_t width)
{
    const Tensor unit = (toTensor(flattened(picture, {})) + 1) / 2;
    const Tensor mean = at::tensor({0.485f, 0.456f, 0.406f}).reshape({1, 3, 1, 1});
    const Tensor deviation = at::tensor({0.229f, 0.224f, 0.225f}).reshape({1, 3, 1, 1});
    return (at::upsample_bilinear2d(unit, {height, width}, /*align_corners=*/false) - mean)
        / deviation;
}

Tensor dinoKeys(const Dino& dino, const Tensor& input)
{
    const DinoConfig& c = dino.config;
    const Weights embeddings = dino.weights["embeddings"], layers = dino.weights["layers"];
    const Tensor patches = conv2d(embeddings["patch_embeddings"]["projection"], input, patch);
    Tensor x = at::cat({embeddings("cls_token"), patches.flatten(2).transpose(1, 2)}, 1)
        + positions(c, embeddings("position_embeddings"), patches.size(2), patches.size(3));
    for (int i = 0; i + 1 < c.layers; ++i)
        x = layer(c, layers[i], x);
    const Weights last = layers[c.layers - 1];
    return linear(last["attention"]["k_proj"], layerNorm(last["layernorm_before"], x, c.eps));
}

Tensor selfSimilarity(const Tensor& keys)
{
    const Tensor x = keys[0];
    const Tensor lengths = (x * x).sum(1, true).sqrt();
    return at::matmul(x, x.t()) / at::matmul(lengths, lengths.t()).clamp_min(1e-8);
}

double structureDistance(const Tensor& a, const Tensor& b)
{
    const Tensor difference = a.to(at::kDouble) - b.to(at::kDouble);
    return (difference * difference).mean().item<double>();
}

double structureDistance(const Dino& dino, const Image& source, const Image& result)
{
    const Tensor a = dinoInput(source);
    Tensor b = dinoInput(result);
    const auto patches = [](const Tensor& x) {
        return std::array {x.size(2) / patch, x.size(3) / patch};
    };
    if (patches(a) != patches(b)) {
        const double ratio =
            double(source.width) * result.height / (double(source.height) * result.width);
        if (std::max(ratio, 1 / ratio) > alike)
            throw Error(
                "The pictures have different shapes (%1 and %2): please crop them to the same one.",
                sidesOf(source), sidesOf(result));
        b = dinoInput(result, a.size(2), a.size(3));
    }
    const at::Device device = dino.weights("embeddings.cls_token").device();
    const auto similarity = [&](const Tensor& input) {
        return selfSimilarity(dinoKeys(dino, input.to(device)));
    };
    return structureDistance(similarity(a), similarity(b));
}
