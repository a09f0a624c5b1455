// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/weights.h"
#include "core/sentence.h"

#include <filesystem>
#include <string>
#include <vector>

/// The decoder of a TAESD, a small autoencoder that shows quickly what a latent holds, with less
/// detail than the model's own.
struct TinyDecoder
{
    Weights weights = {};             ///< "layers.0.weight" and so on, fp32
    std::vector<Sentence> notes = {}; ///< what was seen of a file that loads all the same
};

/// From a file of either published layout, opened as safetensors: diffusers'
/// ("decoder.layers.0.weight", with the encoder beside it or without) or the author's
/// ("1.weight", "3.conv.0.weight"). @p shown stands for it in messages. Throws Error where it is
/// for other latents than Stable Diffusion 1.x and 2.x have, is an encoder alone, or incomplete.
TinyDecoder loadTinyDecoder(
    const std::filesystem::path& file, const at::Device& device, const std::string& shown);

/// The pictures [n, 3, 8 h, 8 w], fp32, about [-1, 1], of latents as the sampler has them (scaled);
/// undefined where the pass was stopped.
Tensor decode(const TinyDecoder& decoder, const Tensor& latents);
