// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/weights.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

/// AutoencoderKL's configuration; the defaults are those of SD.
struct AutoencoderConfig
{
    std::vector<int> blockChannels = {128, 256, 512, 512};
    int layersPerBlock = 2;
    int latentChannels = 4;
    int groups = 32;
    double scalingFactor = 0.18215;
    bool quantConv = true, postQuantConv = true; ///< whether there are these 1x1 convolutions
};

/// Reads vae/config.json; absent keys take diffusers' class defaults. Throws Error naming the key
/// of a value that is not supported.
AutoencoderConfig autoencoderConfigFromJson(const std::string& json, const std::string& file);

/// The output of every module by its diffusers name.
using Watch = std::function<void(std::string_view module, const Tensor&)>;

/// The posterior of [n, 3, h, w] in [-1, 1]: mean and logarithm of the variance (clamped to [-30,
/// 20]), [n, latentChannels, h/8, w/8], fp32, unscaled. In half precision, what is not finite is
/// computed again in fp32, and @p again is set.
struct Posterior
{
    Tensor mean = {}, logVariance = {};
    Tensor moments = {}; ///< both as the network gave them, [n, 2 * latentChannels, ...]

    Tensor sample(const Tensor& noise) const; ///< mean + exp(logVariance / 2) noise
};
Posterior encode(
    const AutoencoderConfig& config, const Weights& w, const Tensor& image, const Watch& watch = {},
    bool* again = nullptr);
/// [n, 3, 8 h, 8 w], fp32, not clamped, from a latent already divided by the scaling factor; @p
/// again as of encode().
Tensor decode(
    const AutoencoderConfig& config, const Weights& w, const Tensor& z, const Watch& watch = {},
    bool* again = nullptr);
