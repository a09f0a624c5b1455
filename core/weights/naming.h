// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/weights.h"

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

/// The parts of a CompVis single file, renamed to diffusers' and transformers' names; a part that
/// is not there is empty.
struct SingleFileNames
{
    /// new name -> name in the file, by part
    std::unordered_map<std::string, std::string> unet = {}, vae = {}, textEncoder = {};
    std::vector<std::string> ignored = {}; ///< known leftovers: EMA bookkeeping, schedules, losses
    std::vector<std::string> unexpected = {}; ///< to be listed in the load report
};

/// A name without what wraps a network around another: `module.` of DataParallel, `_orig_mod.` of
/// torch.compile, a prefix that stands there twice.
std::string unwrapped(std::string_view name);
/// Maps the names of a single file. Accepts the prefixes of full checkpoints
/// (model.diffusion_model., first_stage_model., cond_stage_model., conditioner.embedders.0.model.)
/// Prompt-Free Diffusion's lists, and files of one bare part. diffusers and transformers names go
/// through unchanged, older spellings corrected. A file that has of the UNet its moving average
/// alone (model_ema.) has that as the UNet.
SingleFileNames mapNames(const std::vector<std::string>& names);

/// What stands behind the name of a layer whose weight has to be multiplied by it (scaled fp8, as
/// ComfyUI writes it): `x.scale_weight` beside `x.weight`.
constexpr const char* scaleEnd = ".scale_weight";

/// Of a ControlNet's file in either naming, new name -> name in the file; what belongs to no
/// ControlNet is left out.
std::unordered_map<std::string, std::string> mapControlNetNames(
    const std::vector<std::string>& names);

/// Brings a part's tensors into the shapes that the networks expect: 1x1 convolutions of the
/// autoencoder's attention to [out, in], OpenCLIP's fused in_proj split into q, k, v, the last of
/// 24 OpenCLIP layers dropped.
void adaptShapes(Weights::Dict& dict);
