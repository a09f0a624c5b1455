// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/taps.h"
#include "core/nn/devicegraph.h"
#include "core/nn/weights.h"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// What a UNet's configuration says and its weights do not; the defaults are those of SD 1.x.
struct UNetConfig
{
    int inChannels = 4, outChannels = 4;
    std::vector<int> blockChannels = {320, 640, 1280, 1280};
    std::vector<bool> downAttention = {true, true, true, false},
                      upAttention = {false, true, true, true};
    int layersPerBlock = 2;
    std::vector<int> heads = {8, 8, 8, 8}; ///< per block of the way down
    int contextWidth = 768;
    int groups = 32;
    double normEps = 1e-5;
    bool flipSinToCos = true; ///< cosine half first
    double freqShift = 0;
};

/// Reads unet/config.json: absent keys take the class defaults of diffusers.
/// Throws Error naming the key of a value that is not supported.
UNetConfig unetConfigFromJson(const std::string& json, const std::string& file);

/// Added to the skips of the way down (in their order) and to the middle's output: what a
/// ControlNet gives.
struct Residuals
{
    std::vector<Tensor> down = {};
    Tensor middle = {};
};

/// Where a pass may end before the end.
struct LastSite
{
    Site::Kind kind = Site::SelfAttention;
    int layer = 0;
};

/// The keys and values of a context by cross-attention layer: they are the same at every step, so
/// a run keeps them between its passes. Another context needs another one.
using ContextKeys = std::map<int, std::pair<Tensor, Tensor>>;

/// What a run keeps between its passes with the same contexts and weights.
struct KeptPasses
{
    ContextKeys keys = {};
    DeviceGraph graph = {};
};

/// What a forward pass is asked with besides the latent.
struct UNetInput
{
    double time = 0;                ///< diffusion time, the same for the whole batch
    std::vector<double> times = {}; ///< or one for each latent of it
    Tensor context = {}; ///< [batch, tokens, contextWidth]; undefined: as if all zero, but not
                         ///< computed (and not shown to taps of cross-attention)
    int step = 0;        ///< of the sampler, for the taps
    const Residuals* residuals = nullptr;
    ContextKeys* contextKeys = nullptr; ///< filled by the first pass; null: computed each time
    DeviceGraph* graph = nullptr; ///< by which a GPU repeats passes that no tap sees; together with
                                  ///< contextKeys; null: none is repeated
    Tensor sinusoids = {}; ///< timeFeatures() of the times, where the weights are; undefined:
                           ///< computed
    std::optional<LastSite> last = {}; ///< the pass ends when the taps have seen this site
};

/// The sinusoids of a diffusion time [channels], fp32 (Ho et al. 2020, as diffusers'
/// get_timestep_embedding).
Tensor timeFeatures(double time, int channels, bool flipSinToCos = true, double freqShift = 0);

/// UNet2DConditionModel of diffusers: [batch, inChannels, h, w] to [batch, outChannels, h, w].
/// Computes in the type of the weights; @p x may be fp32. One latent with several contexts gives an
/// output for each: what comes before the first cross-attention is computed once. A pass that ends
/// at a last site, or by a stop (core/stopping.h), gives an undefined tensor.
Tensor unet(
    const UNetConfig& config, const Weights& w, const Tensor& x, const UNetInput& input,
    const Taps& taps = {});
