// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/stablediffusion.h"
#include "plugins/promptfree/settings.h"

/// A picture as SeeCoder takes it, [1, 3, h, w] in [0, 1]: its own size, without alpha.
Tensor referenceTensor(const Image& picture);

/// Where SeeCoders and anime_ug.pth are looked for when no file is named.
std::filesystem::path promptFreeFolder();
/// The file or folder of the SeeCoder that is chosen: the one that is named, the model's own (in
/// its folder seecoder), or the published file in promptFreeFolder(). Throws Error that names what
/// is missing and what it is for.
std::filesystem::path seeCoderFile(
    const PromptFreeSettings& settings, const std::filesystem::path& model);

/// Several references' tokens [1, n, width] as one context; weights that are all equal to one
/// change nothing. Throws Error where all weights are zero.
Tensor mixed(const std::vector<Tensor>& tokens, const std::vector<double>& weights, bool average);

/// The user's anime_ug.pth beside the encoder. Throws Error where it is missing.
std::filesystem::path animeFile(const PromptFreeSettings& settings);
/// The unconditional context of SeeCoder-Anime from that file, converted: its 77 rows, and rows of
/// zeros up to the 148 tokens of a reference.
Tensor animeUnconditional(const std::filesystem::path& file);

/// What the network is given of a request's references, and where each of them was looked at.
struct ReferenceContext
{
    Tensor context = {}; ///< [1, n, width] in the model's type; undefined: the caller stopped
    std::vector<ContextToken> tokens = {}; ///< of the context: "global 1" ..., "local 1" ... of
                                           ///< each reference in its place, then the prompt's
    /// In the order of the references. In a row each has tokens of its own and the weight 1 here;
    /// averaged ones share their tokens, and what those look at is each one's by its weight. One
    /// that is left out, since its weight is 0, has no origins.
    std::vector<ReferenceTrace> references = {};
    std::vector<Sentence> notes = {}; ///< what is to be said of the network that read them
};
/// Each reference is encoded alone, and kept for the next run. With a prompt its tokens follow.
ReferenceContext referenceContext(
    const StableDiffusion& model, const Request& request, const PromptFreeSettings& settings,
    Models& models, const StageReport& progress);
/// What goes with it; undefined: zeros, or the caller stopped.
Tensor unconditionalContext(
    const StableDiffusion& model, const PromptFreeSettings& settings, Models& models,
    const StageReport& progress);
