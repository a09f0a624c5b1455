// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/autoencoder.h"
#include "core/diffusion/tinydecoder.h"
#include "core/image.h"

#include <memory>
#include <string>
#include <vector>

/// A linear map from a scaled latent to RGB, for previews that cost nothing.
struct PreviewMap
{
    Tensor weight = {};                           ///< [3, latentChannels]
    Tensor bias = {};                             ///< [3]; RGB in [-1, 1] of an 8x8 block
    std::shared_ptr<const TinyDecoder> tiny = {}; ///< for those of steps, which cost a little
};

/// Reads a model's preview.json. Throws Error.
PreviewMap previewMapFromJson(const std::string& json, int64_t channels, const std::string& file);
/// Fits the map by least squares: @p latents (scaled, [n, c, h, w]) to what the model's own decoder
/// makes of them, averaged over 8x8 blocks.
PreviewMap fitPreviewMap(
    const AutoencoderConfig& config, const Weights& vae, const Tensor& latents);
/// The pictures of scaled latents [n, c, h, w], one pixel per latent cell.
std::vector<Image> preview(const PreviewMap& map, const Tensor& latents);
/// The pictures of the clean latents of a step: by the small decoder where there is one, with a
/// pixel for 2x2 of the result's, else the same as preview().
std::vector<Image> stepPreview(const PreviewMap& map, const Tensor& latents);
