// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/autoencoder.h"
#include "core/nn/weights.h"

#include <vector>

/// Swin-L's configuration.
struct SwinConfig
{
    int channels = 192; ///< of the first stage; each further one has twice as many
    std::vector<int> depths = {2, 2, 18, 2};
    std::vector<int> heads = {6, 12, 24, 48};
    int window = 12;

    int channelsOf(int stage) const { return channels << stage; }
};

/// The Swin transformer (Liu et al. 2021) without a classifier: [1, 3, h, w] to the normed outputs
/// of its stages, [1, channels, h / 4, w / 4] and so on, rounded up. Any size: what does not fill
/// a patch or a window is padded with zeros, right and bottom.
std::vector<Tensor> swin(
    const SwinConfig& config, const Weights& w, const Tensor& image, const Watch& watch = {});

/// Of a window's tokens, query i and key j: the row of the table of relative positions,
/// [tokens * tokens].
Tensor relativePositions(int window);
/// What is added to the scores of the shifted windows of a padded map, [windows, tokens, tokens]:
/// -100 between tokens that the shift brought together, else 0.
Tensor shiftMask(int64_t height, int64_t width, int window);
