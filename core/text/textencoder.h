// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/weights.h"

#include <string>
#include <vector>

/// CLIP's text transformer; the defaults are those of SD 1.x.
struct TextEncoderConfig
{
    int width = 768, layers = 12, heads = 12;
    bool quickGelu = true; ///< x σ(1.702 x) instead of the exact GELU
    int vocabulary = 49408, positions = 77;
    double eps = 1e-5;
};

/// Reads text_encoder/config.json; absent keys take transformers' class defaults. Throws Error
/// naming the key of a value that is not supported.
TextEncoderConfig textEncoderConfigFromJson(const std::string& json, const std::string& file);

/// The hidden state of a layer after the final LayerNorm [n, 77, width] of ids [n, 77] (int64),
/// causal, the padding attended to. The layer is the last, or with @p skip 2 the one before it and
/// so on ("clip skip"); throws ValueError where there is none. The weights' names begin
/// "text_model." or without it. @p hidden takes the embeddings and the state after each layer that
/// was computed, before the final norm. Ids behind the vocabulary's are rows of @p learnt, [n,
/// width], any floating type.
Tensor encodeText(
    const TextEncoderConfig& config, const Weights& w, const Tensor& ids,
    std::vector<Tensor>* hidden = nullptr, int skip = 1, const Tensor& learnt = {});
