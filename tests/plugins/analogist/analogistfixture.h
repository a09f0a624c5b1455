// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/file/files.h"
#include "core/picture/imagefile.h"
#include "core/weights/safetensors.h"
#include "plugins/analogist/analogist.h"
#include "plugins/analogist/parameters.h"
#include "tests/goon.h"

#include <nlohmann/json.hpp>

#include <string>

/// A whole run of the reference implementation on tiny networks.
inline const std::string loopCase = TEST_DATA "/analogist-loop/";

inline Weights tinyWeights(const std::string& name, at::ScalarType type)
{
    Weights::Dict dict = loadSafetensors(TEST_DATA "/" + name + "/weights.safetensors");
    for (auto& [key, tensor] : dict)
        tensor = tensor.to(type);
    return Weights(std::move(dict), name);
}

/// The tiny random networks that the reference run was made with, in numbers of a type.
inline StableDiffusion tinyModelIn(at::ScalarType type)
{
    StableDiffusion m {.type = type};
    const auto config = [](const char* name) {
        return readText(std::string(TEST_DATA "/") + name + "/config.json");
    };
    m.unetConfig = unetConfigFromJson(config("unet-inpaint"), "unet");
    m.unet = tinyWeights("unet-inpaint", type);
    m.vaeConfig = autoencoderConfigFromJson(config("vae-sd1"), "vae");
    m.vae = tinyWeights("vae-sd1", type);
    m.textConfig = textEncoderConfigFromJson(config("clip-text-sd1"), "text");
    m.textEncoder = tinyWeights("clip-text-sd1", type);
    m.tokenizer = std::make_shared<const Tokenizer>(TEST_DATA "/tokenizer");
    return m;
}

/// The same in those of the reference run, fp32.
inline const StableDiffusion& tinyModel()
{
    static const StableDiffusion model = tinyModelIn(at::kFloat);
    return model;
}

/// The reference run as a request: the cells are cut out of its grid, all noise is stored.
inline Request referenceRequest()
{
    const auto params = nlohmann::json::parse(readText(loopCase + "case.json")).at("params");
    Request request;
    for (const Parameter& p : analogistParameters())
        request.values[p.id] = p.initial;
    request.values["prompt"] = params.at("prompt").get<std::string>();
    request.values["prompt_suffix"] = params.at("suffix").get<std::string>();
    request.values["negative"] = params.at("negative").get<std::string>();
    request.values["size"] = params.at("resolution").get<int>();
    request.values["strength"] = params.at("strength").get<double>();
    request.values["candidates"] = params.at("N").get<int>();
    request.values["frame"] = std::string("keep");
    const Image grid = loadImage(loopCase + "grid.png").image;
    const Geometry geometry {params.at("g").get<int>()};
    const int near = geometry.near(), far = geometry.far(), s = geometry.content();
    request.images["a"] = {{.image = crop(grid, near, near, s, s)}};
    request.images["a_prime"] = {{.image = crop(grid, far, near, s, s)}};
    request.images["b"] = {{.image = crop(grid, near, far, s, s)}};
    for (const auto& [name, tensor] : loadSafetensors(loopCase + "inputs.safetensors"))
        if (name.starts_with("noise"))
            request.noise[name] = {
                tensor.data_ptr<float>(), tensor.data_ptr<float>() + tensor.numel()};
    return request;
}

/// A short run of one candidate from a seed.
inline Request shortRequest()
{
    Request request = referenceRequest();
    request.noise.clear();
    request.values["steps"] = 4;
    request.values["candidates"] = 1;
    return request;
}

inline Tensor tensorOf(const Latent& latent)
{
    return at::tensor(at::ArrayRef<float>(latent.values)).reshape(latent.shape);
}
