// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image.h"
#include "core/nn/weights.h"

#include <filesystem>

// What CLIP sees in a picture (Radford et al. 2021, "Learning Transferable Visual Models From
// Natural Language Supervision", section 2.4): a ViT whose class token is projected.

/// The shapes of its tensors, and what these do not tell.
struct ClipImageConfig
{
    int width = 768, layers = 12, heads = 12;
    int hidden = 3072; ///< width of the MLP
    int patch = 16;    ///< pixels
    int side = 224;    ///< of the picture, in pixels
    int projected = 512;
    double eps = 1e-5; ///< of the norms
    bool quickGelu = true;
};
struct ClipImage
{
    ClipImageConfig config = {};
    Weights weights = {}; ///< fp32, in the names of transformers
};

/// Reads a safetensors file in the names of transformers, of a whole CLIP or of its image encoder
/// with the projection; what is of the text encoder stays away. What shapes do not tell is that of
/// @p configFile, where it is there and of a network as wide; else a head has 64 channels. Throws
/// Error where it is another network.
ClipImage loadClipImage(
    const std::filesystem::path& file, const std::filesystem::path& configFile,
    const at::Device& device = at::kCPU);

/// The middle square of a picture at @p side x @p side, as the network takes it: the short side
/// resampled to that (bicubic, as Pillow), the long one cut off below; transparency is over white.
/// Throws Error where it is more than thirty times as long as wide.
Image clipSquare(const Image& picture, int side);
/// The same in CLIP's mean and deviation, [1, 3, side, side].
Tensor clipInput(const Image& picture, int side);

struct ClipFeatures
{
    Tensor classToken = {}; ///< after the last layer, before its norm, [1, width]
    Tensor projected = {};  ///< [1, projected], not normalised
};
/// Takes a fifth of a second with ViT-B/16; it is not stopped.
ClipFeatures clipFeatures(const ClipImage& clip, const Tensor& input);

/// The cosine of two features, lengths at least 1e-8.
double cosine(const Tensor& a, const Tensor& b);
/// The cosine between what becomes of @p b and what becomes of @p a, by differences of features
/// that are not normalised before.
double directionSimilarity(
    const Tensor& a, const Tensor& aAfter, const Tensor& b, const Tensor& bAfter);
