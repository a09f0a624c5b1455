// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image.h"
#include "core/nn/weights.h"

#include <filesystem>

// The structure distance that Plug-and-Play is measured by (Tumanyan et al. 2022, "Splicing ViT
// Features for Semantic Appearance Transfer", section 3): how alike the places of a picture are to
// each other, as the keys of a ViT trained by DINO (Caron et al. 2021) have them.

/// A ViT with patches of 8 pixels: the shapes of its tensors, and what these do not tell.
struct DinoConfig
{
    int width = 768, layers = 12, heads = 12;
    int hidden = 3072;  ///< width of the MLP
    int grid = 28;      ///< a side of the learned positions' square
    double eps = 1e-12; ///< of the norms, as in the published config.json
};
struct Dino
{
    DinoConfig config = {};
    Weights weights = {}; ///< fp32, in the names of transformers 5
};

/// Reads a safetensors file in the names of transformers 5 or of those before. The number of heads
/// and the norms' epsilon are those of @p configFile, where it is there and of a network as wide;
/// else a head has 64 channels, as all of DINO's. Throws Error where it is another network.
Dino loadDino(
    const std::filesystem::path& file, const std::filesystem::path& configFile,
    const at::Device& device = at::kCPU);

/// A picture as the network takes it, [1, 3, h, w]: the short side 224 and the long one at most
/// 480, bilinear and not antialiased, in ImageNet's mean and deviation; transparent parts are
/// white. Throws Error where it is too long for its width.
Tensor dinoInput(const Image& picture);
/// The same at a given size.
Tensor dinoInput(const Image& picture, int64_t height, int64_t width);
/// Keys of the last layer, [1, 1 + (h / 8) (w / 8), width], the heads side by side: the class
/// token's first, then those of the patches in rows.
Tensor dinoKeys(const Dino& dino, const Tensor& input);
/// Cosines of all pairs of keys, [n, n] for [1, n, width].
Tensor selfSimilarity(const Tensor& keys);
/// The mean squared difference of two self-similarities of the same size, of 0 (the same) to 4.
double structureDistance(const Tensor& a, const Tensor& b);
/// That of two pictures. Where one is cut a little differently (methods round sides to multiples of
/// 8) it is taken at the other's size. Throws Error where their shapes differ by more than that.
double structureDistance(const Dino& dino, const Image& source, const Image& result);
