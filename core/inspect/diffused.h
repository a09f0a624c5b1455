// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspect/seeing.h"

#include <vector>

/// What maps are multiplied with again and again: the mean of the matrices of self-attentions of
/// one size. Either way it is where n looks in a row lead (Abnar and Zuidema 2020, "Quantifying
/// Attention Flow in Transformers": attention rollout).
struct Diffusion
{
    std::vector<AttentionAt> layers = {}; ///< of that size
    std::vector<float> matrix = {};       ///< [tokens, tokens]
    int tokens = 0;

    std::vector<float> fromLeft(std::vector<float> row, int times) const;  ///< row P^n
    std::vector<float> fromRight(std::vector<float> map, int times) const; ///< P^n map
};

/// Of the layers of the size that most of them have, of two sizes the larger; of one head or, with
/// @p head < 0, of all. Throws ValueError where the matrix would be too large.
///
/// The mean over heads and layers is kept, 4 bytes an entry, 64 MiB of 64 x 64 tokens: to compute
/// it takes a second there, to multiply with it a hundredth.
Diffusion diffusionOf(int head, const std::vector<AttentionAt>& layers);
