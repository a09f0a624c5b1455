// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/file/files.h"
#include "core/weights/naming.h"
#include "core/weights/safetensors.h"

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

/// A text encoder in OpenCLIP's names: its three projections are one tensor there.
inline std::map<std::string, Tensor> inOpenClipsNames(
    const std::unordered_map<std::string, Tensor>& tensors)
{
    static const std::vector<std::pair<std::string, std::string>> parts = {
        {"text_model.embeddings.token_embedding.weight", "token_embedding.weight"},
        {"text_model.embeddings.position_embedding.weight", "positional_embedding"},
        {"text_model.encoder.layers.", "transformer.resblocks."},
        {"text_model.final_layer_norm.", "ln_final."},
        {"layer_norm1.", "ln_1."},
        {"layer_norm2.", "ln_2."},
        {"mlp.fc1.", "mlp.c_fc."},
        {"mlp.fc2.", "mlp.c_proj."},
        {"self_attn.q_proj.", "attn.in_proj_"},
        {"self_attn.out_proj.", "attn.out_proj."}};
    const std::string q = "q_proj";
    std::map<std::string, Tensor> result;
    for (const auto& [name, tensor] : tensors) {
        if (name.find(".k_proj.") != name.npos || name.find(".v_proj.") != name.npos)
            continue;
        std::string renamed = name;
        for (const auto& [from, to] : parts)
            if (const size_t at = renamed.find(from); at != renamed.npos)
                renamed.replace(at, from.size(), to);
        const size_t at = name.find(q);
        const auto projection = [&](const char* other) {
            return tensors.at(std::string(name).replace(at, q.size(), other));
        };
        result[renamed] = at == name.npos
            ? tensor
            : at::cat({tensor, projection("k_proj"), projection("v_proj")});
    }
    return result;
}

/// The text encoder of clip-text-sd2 with as many layers as OpenCLIP's: its last one is the last,
/// and those that are put before it change nothing.
inline std::unordered_map<std::string, Tensor> with24Layers(
    const std::unordered_map<std::string, Tensor>& tensors)
{
    const std::string first = "text_model.encoder.layers.0.", last = "text_model.encoder.layers.3.";
    std::unordered_map<std::string, Tensor> result;
    for (const auto& [name, tensor] : tensors) {
        if (name.starts_with(last))
            result["text_model.encoder.layers.23." + name.substr(last.size())] = tensor;
        else
            result[name] = tensor;
        if (!name.starts_with(first))
            continue;
        const std::string inside = name.substr(first.size());
        const bool adds = inside.find("out_proj") != inside.npos || inside.starts_with("mlp.fc2");
        for (int i = 3; i < 23; ++i)
            result["text_model.encoder.layers." + std::to_string(i) + "." + inside] =
                adds ? at::zeros_like(tensor) : tensor;
    }
    return result;
}

/// Writes a file as those of Stable Diffusion 2.x are, of the weights of unet-sd2, vae-sd1 and
/// @p textEncoder. Its UNet and its autoencoder have the names of 1.x.
inline void saveSecondSingleFile(
    const std::filesystem::path& cases, const std::unordered_map<std::string, Tensor>& textEncoder,
    const std::filesystem::path& path)
{
    const auto shapes = nlohmann::json::parse(readText(cases / "single-file-sd1/names.json"));
    std::vector<std::string> names;
    for (const auto& [name, shape] : shapes.items())
        names.push_back(name);
    const SingleFileNames parts = mapNames(names);
    const auto unet = loadSafetensors(cases / "unet-sd2/weights.safetensors");
    const auto vae = loadSafetensors(cases / "vae-sd1/weights.safetensors");
    std::map<std::string, Tensor> file;
    for (const auto& [ours, theirs] : parts.unet)
        file[theirs] = unet.at(ours);
    for (const auto& [ours, theirs] : parts.vae)
        file[theirs] = vae.at(ours).reshape(shapes.at(theirs).get<std::vector<int64_t>>());
    const std::string encoder = "cond_stage_model.model.";
    for (const auto& [name, tensor] : inOpenClipsNames(textEncoder))
        file[encoder + name] = tensor;
    file[encoder + "text_projection"] = at::zeros({4, 4});
    file[encoder + "logit_scale"] = at::zeros({1});
    saveSafetensors(path, file);
}
