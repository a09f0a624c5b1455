// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run.h"

#include <string>
#include <vector>

/// With what a run was computed, as far as it decides about the last bits: where all of it is the
/// same, equal requests of one version give equal latents.
struct Computed
{
    std::string library = {};   ///< version of libtorch
    std::string processor = {}; ///< the instructions it uses ("AVX2"), or the GPU's name
    std::string precision = {}; ///< fp32, bf16, fp16
    int threads = 0;

    bool operator==(const Computed&) const = default;
};

/// With what a request is computed here and now. Throws ValueError where its device or precision is
/// none.
Computed computedHere(const Request& request);

/// SHA-256 of a latent's numbers.
std::string latentHash(const Latent& latent);
/// Of each step's latent, the start's first.
std::vector<std::string> latentHashes(const std::vector<std::shared_ptr<const Latent>>& latents);
