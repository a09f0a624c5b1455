// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/files.h"
#include "core/nn/naming.h"
#include "core/nn/safetensors.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <map>

/// Writes the model files of the case single-file-sd1 into @p folder. They hold the weights of
/// unet-sd1, vae-sd1 and clip-text-sd1, rounded or not, under other names (names.json), so they
/// are not committed a second time.
inline void saveSingleFiles(const std::filesystem::path& cases, const std::filesystem::path& folder)
{
    const auto shapes = nlohmann::json::parse(readText(cases / "single-file-sd1/names.json"));
    std::vector<std::string> names;
    for (const auto& [name, shape] : shapes.items())
        names.push_back(name);
    const SingleFileNames parts = mapNames(names);

    using Names = std::unordered_map<std::string, std::string>;
    using Tensors = std::map<std::string, Tensor>;
    Tensors file, unet;
    const auto put = [&](const Names& part, const char* weights, Tensors& into) {
        const auto tensors = loadSafetensors(cases / weights / "weights.safetensors");
        for (const auto& [ours, theirs] : part)
            into[theirs] = tensors.at(ours).reshape(shapes.at(theirs).get<std::vector<int64_t>>());
    };
    put(parts.unet, "unet-sd1", file);
    put(parts.vae, "vae-sd1", file);
    put(parts.textEncoder, "clip-text-sd1", file);
    for (const std::string& name : parts.ignored)
        file[name] = at::zeros(shapes.at(name).get<std::vector<int64_t>>());
    saveSafetensors(folder / "model.safetensors", file);
    for (auto& [name, tensor] : file)
        tensor = tensor.to(at::kHalf);
    saveSafetensors(folder / "model-fp16.safetensors", file);

    put(parts.unet, "unet-sd1", unet);
    for (auto& [name, tensor] : unet)
        tensor = tensor.to(at::kBFloat16);
    saveSafetensors(folder / "model-bf16.safetensors", unet);
}
