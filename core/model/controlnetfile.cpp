// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/controlnet.h"
#include "core/errors.h"
#include "core/model/configfile.h"
#include "core/model/loadpart.h"
#include "core/model/modelfamily.h"
#include "core/weights/naming.h"

#include <algorithm>

namespace fs = std::filesystem;

namespace {

std::string hintConv(int i, int last)
{
    const std::string encoder = "controlnet_cond_embedding.";
    return encoder
        + (i == 0          ? "conv_in"
               : i == last ? "conv_out"
                           : "blocks." + std::to_string(i - 1));
}

/// The outputs of the way down, by their channels.
std::vector<int> outputsOf(const UNetConfig& config)
{
    std::vector<int> channels = {config.blockChannels.front()};
    for (size_t i = 0; i < config.blockChannels.size(); ++i) {
        channels.insert(channels.end(), config.layersPerBlock, config.blockChannels[i]);
        if (i + 1 < config.blockChannels.size())
            channels.push_back(config.blockChannels[i]);
    }
    return channels;
}

/// Whether the name is that of a ControlNet for shuffled pictures, whose outputs are pooled:
/// nothing in a single file tells.
bool isShuffle(const fs::path& path)
{
    std::string name = path.filename().string();
    std::ranges::transform(
        name, name.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
    return name.find("shuffle") != name.npos;
}

/// The tensors of all files under the names that the networks use. Throws Error where there is
/// something else in the file.
PartFiles openControlNet(const fs::path& path)
{
    if (!fs::exists(path))
        throw Error("There is no file or folder %1 to load a ControlNet from.", path.string());
    PartFiles part = {.shown = path.string()};
    part.paths = fs::is_directory(path) ? weightFiles(path) : std::vector {path};
    Shapes found;
    for (const fs::path& one : part.paths) {
        const auto file = std::make_shared<const SafetensorsFile>(one);
        std::vector<std::string> names;
        for (const auto& [name, entry] : file->entries()) {
            names.push_back(name);
            found[name] = entry.shape;
        }
        for (const auto& [name, old] : mapControlNetNames(names))
            part.tensors[name] = {file, old};
    }
    if (found.contains("difference"))
        throw Error(
            "The file %1 holds only the difference between a ControlNet and a model. Please get "
            "the whole ControlNet.",
            path.string());
    const ModelFamily family = modelFamily(found);
    if (!part.tensors.contains("controlnet_mid_block.weight") || family.kind == "ControlLoRA") {
        throw Error(
            "The file %1 %2, where a ControlNet is expected. Please choose a ControlNet.",
            path.string(), family.problem.empty() ? Sentence("is a model") : family.problem);
    }
    if (fs::is_directory(path) && fs::exists(path / "config.json"))
        part.config = readConfig(path / "config.json");
    return part;
}

} // namespace

ControlNetConfig controlNetConfigFromJson(const std::string& json, const std::string& file)
{
    const ConfigFile values(json, file);
    values.expect("conditioning_channels", 3);
    ControlNetConfig config = {.unet = unetConfigFromJson(json, file)};
    config.pooled = values.flag("global_pool_conditions", false);
    config.hintChannels = values.counts("conditioning_embedding_out_channels", {16, 32, 96, 256});
    if (config.hintChannels.size() != 4) // as many halvings as the autoencoder makes
        values.refuse("conditioning_embedding_out_channels");
    const auto order = values.text("controlnet_conditioning_channel_order", "rgb");
    if (order != "rgb" && order != "bgr")
        values.refuse("controlnet_conditioning_channel_order");
    config.bgr = order == "bgr";
    return config;
}

ControlNetConfig controlNetConfigOf(const Shapes& shapes, const UNetConfig& base)
{
    ControlNetConfig config = {.unet = unetConfigOf(shapes)};
    if (config.unet.blockChannels == base.blockChannels) {
        config.unet.heads = base.heads;
        config.unet.groups = base.groups;
    }
    const int levels = int(config.hintChannels.size());
    for (int i = 0; i < levels; ++i) {
        const auto found = shapes.find(hintConv(2 * i, 2 * levels - 1) + ".weight");
        if (found != shapes.end() && !found->second.empty())
            config.hintChannels[i] = int(found->second.front());
    }
    return config;
}

Shapes controlNetShapes(const ControlNetConfig& config)
{
    Shapes shapes;
    for (const auto& [name, shape] : unetShapes(config.unet))
        for (const char* part : {"conv_in.", "time_embedding.", "down_blocks.", "mid_block."})
            if (name.starts_with(part))
                shapes[name] = shape;
    const auto conv = [&](const std::string& name, int64_t in, int64_t out, int64_t side) {
        shapes[name + ".weight"] = {out, in, side, side};
        shapes[name + ".bias"] = {out};
    };
    const std::vector<int>& hint = config.hintChannels;
    const int last = 2 * int(hint.size()) - 1;
    conv(hintConv(0, last), 3, hint.front(), 3);
    for (size_t i = 0; i + 1 < hint.size(); ++i) {
        conv(hintConv(int(2 * i) + 1, last), hint[i], hint[i], 3);
        conv(hintConv(int(2 * i) + 2, last), hint[i], hint[i + 1], 3);
    }
    conv(hintConv(last, last), hint.back(), config.unet.blockChannels.front(), 3);
    const std::vector<int> outputs = outputsOf(config.unet);
    for (size_t i = 0; i < outputs.size(); ++i)
        conv("controlnet_down_blocks." + std::to_string(i), outputs[i], outputs[i], 1);
    const int middle = config.unet.blockChannels.back();
    conv("controlnet_mid_block", middle, middle, 1);
    return shapes;
}

ControlNet loadControlNet(
    const fs::path& path, const UNetConfig& base, const at::Device& device, at::ScalarType type,
    const StageReport& progress)
{
    const PartFiles part = openControlNet(path);
    ControlNet result;
    if (part.config.empty()) {
        result.config = controlNetConfigOf(shapesOf(part), base);
        result.config.pooled = isShuffle(path);
    } else {
        result.config = controlNetConfigFromJson(part.config, (path / "config.json").string());
    }
    const UNetConfig& own = result.config.unet;
    if (own.contextWidth != base.contextWidth || own.blockChannels != base.blockChannels)
        throw Error(
            "The ControlNet %1 was made for a model with a context of %2 features and %3 channels; "
            "this model has %4 and %5. Please choose a ControlNet made for this model.",
            path.string(), own.contextWidth, own.blockChannels.front(), base.contextWidth,
            base.blockChannels.front());
    if (own.inChannels != base.inChannels && own.inChannels != base.outChannels)
        throw Error(
            "The ControlNet %1 takes %2 channels, and this model's latents have %3. Please choose "
            "a ControlNet made for this model.",
            path.string(), own.inChannels, base.outChannels);
    Loading loading = {.device = device, .type = type, .progress = progress};
    result.weights = loadPart(part, controlNetShapes(result.config), "ControlNet", loading);
    result.notes = std::move(loading.notes);
    return result;
}
