// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/tinydecoder.h"

#include "core/errors.h"
#include "core/model/loadpart.h"
#include "core/model/shapes.h"
#include "core/nn/layers.h"
#include "core/stopping.h"
#include "core/weights/names.h"
#include "core/weights/safetensors.h"

#include <algorithm>

namespace {

constexpr int64_t width = 64, latentChannels = 4;
constexpr int lastLayer = 18;

/// The blocks, and the convolutions behind an upsampling, by their place in diffusers' list.
constexpr std::array<int, 10> blocks = {2, 3, 4, 7, 8, 9, 12, 13, 14, 17};
constexpr std::array<int, 3> narrowings = {6, 11, 16};

std::string layer(int i)
{
    return "layers." + std::to_string(i);
}

Shapes tinyShapes()
{
    Shapes shapes;
    const auto conv = [&](const std::string& name, int64_t in, int64_t out, bool bias = true) {
        shapes[name + ".weight"] = {out, in, 3, 3};
        if (bias)
            shapes[name + ".bias"] = {out};
    };
    conv(layer(0), latentChannels, width);
    for (const int i : blocks)
        for (const char* place : {".conv.0", ".conv.2", ".conv.4"})
            conv(layer(i) + place, width, width);
    for (const int i : narrowings)
        conv(layer(i), width, width, false);
    conv(layer(lastLayer), width, 3);
    return shapes;
}

/// The decoder's name in diffusers' list; nothing: it is not of the decoder.
Renamed ownName(std::string_view name, bool authors)
{
    if (const auto rest = after(name, "decoder.layers."); rest && !authors)
        return "layers." + std::string(*rest);
    if (!authors)
        return {};
    std::string_view rest = name;
    const int n = takeNumber(rest); // the author's list begins with what diffusers does before it
    return n < 1 ? std::nullopt : Renamed(layer(n - 1) + "." + std::string(rest));
}

void checkKind(const SafetensorsFile& file, const std::string& shown)
{
    const auto has = [&](const char* name) { return file.entries().contains(name); };
    const bool encodes = has("1.conv.0.weight")
        || (has("encoder.layers.0.weight") && !has("decoder.layers.0.weight"));
    if (encodes)
        throw Error("The file %1 is the encoder of a TAESD: choose its decoder.", shown);
    const char* first = has("1.weight") ? "1.weight" : "decoder.layers.0.weight";
    if (!has(first))
        throw Error("The file %1 is no TAESD (a small autoencoder for previews).", shown);
    const auto& shape = file.entries().at(first).shape;
    if (shape.size() == 4 && shape[1] != latentChannels)
        throw Error(
            "The TAESD %1 is for latents of %2 channels, as other models have them, where %3 are "
            "needed: choose that of Stable Diffusion 1.x.",
            shown, shape[1], latentChannels);
    std::string name = std::filesystem::path(shown).filename().string();
    std::ranges::transform(
        name, name.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
    if (name.find("taesdxl") != name.npos) // it has the same tensors, and nothing else tells
        throw Error(
            "The TAESD %1 is that of SDXL, as its name says: choose that of Stable Diffusion 1.x.",
            shown);
}

Tensor conv(const Weights& w, const Tensor& x)
{
    return conv2d(w, x, 1, 1);
}

Tensor block(const Weights& w, const Tensor& x)
{
    const Weights c = w["conv"];
    return (conv(c[4], conv(c[2], conv(c[0], x).relu()).relu()) + x).relu();
}

} // namespace

TinyDecoder loadTinyDecoder(
    const std::filesystem::path& path, const at::Device& device, const std::string& shown)
{
    const SafetensorsFile file(path);
    checkKind(file, shown);
    const bool authors = file.entries().contains("1.weight");
    const Shapes expected = tinyShapes();
    Shapes found;
    Weights::Dict dict;
    bool nonZero = false;
    for (const auto& [name, entry] : file.entries())
        if (const Renamed own = ownName(name, authors); own && expected.contains(*own)) {
            found[*own] = entry.shape;
            dict[*own] = finite(file.tensor(name), name, shown).to(device);
            nonZero |= dict[*own].any().item<bool>();
        }
    checkShapes(expected, found, shown);
    TinyDecoder made {.weights = Weights(std::move(dict), shown)};
    if (!nonZero)
        made.notes.push_back(onlyZeros(std::string("TAESD"), shown));
    return made;
}

Tensor decode(const TinyDecoder& decoder, const Tensor& latents)
{
    const Weights layers = decoder.weights["layers"];
    const Tensor z = latents.to(layers[0]("weight").options());
    Tensor x = conv(layers[0], (z / 3).tanh() * 3).relu();
    for (int i = 2; i < lastLayer; ++i) {
        if (stopAsked())
            return {};
        if (std::ranges::find(blocks, i) != blocks.end())
            x = block(layers[i], x);
        else if (std::ranges::find(narrowings, i) != narrowings.end())
            x = conv(layers[i], x);
        else // between them
            x = at::upsample_nearest2d(x, {2 * x.size(2), 2 * x.size(3)});
    }
    return conv(layers[lastLayer], x) * 2 - 1;
}
