// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "plugins/promptfree/seecoder.h"

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

/// The configuration of a recorded SeeCoder, from the case's own short form.
inline SeeCoderConfig seeCoderConfigOfCase(const std::string& json)
{
    const auto values = nlohmann::json::parse(json);
    return {
        .swin =
            {.channels = values.at("embed"),
             .depths = values.at("depths"),
             .heads = values.at("heads"),
             .window = values.at("window")},
        .width = values.at("dim"),
        .decoderLayers = values.at("dec_layers"),
        .decoderHidden = values.at("dec_ffn"),
        .queryLayers = values.at("q_layers"),
        .queryHeads = values.at("q_heads"),
        .queryHidden = values.at("q_ffn"),
        .globalQueries = values.at("queries").at(0),
        .localQueries = values.at("queries").at(1)};
}

/// Names without the prefix of the published files.
inline Weights::Dict bareNames(const Weights::Dict& dict)
{
    constexpr std::string_view prefix = "ctx.image.";
    Weights::Dict bare;
    for (const auto& [name, tensor] : dict)
        bare[name.starts_with(prefix) ? name.substr(prefix.size()) : name] = tensor;
    return bare;
}

/// The smallest SeeCoder that has all its parts, for a text of that width.
inline SeeCoderConfig tinySeeCoder(int width = 32)
{
    return {
        .swin = {.channels = 8, .depths = {1, 2, 2, 1}, .heads = {1, 2, 2, 4}, .window = 4},
        .width = width,
        .decoderLayers = 2,
        .decoderHidden = 16,
        .queryLayers = 3,
        .queryHeads = 8,
        .queryHidden = 16,
        .globalQueries = 4,
        .localQueries = 6};
}
