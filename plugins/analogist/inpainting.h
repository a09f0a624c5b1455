// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/sampler.h"
#include "core/diffusion/stablediffusion.h"
#include "core/stagereport.h"
#include "plugins/analogist/settings.h"

#include <optional>

// The grid's hole, filled: what the network that inpaints is given, and what it gives.

/// What the run starts from; latents are scaled, fp32, on the model's device.
struct Conditions
{
    Tensor z = {};       ///< of the pasted grid, [candidates or 1, c, h, w]
    Tensor zMasked = {}; ///< of the grid with a grey hole
    Tensor mask = {};    ///< [1, 1, h, w], 1 is the hole
    Tensor context =
        {}; ///< [2, tokens, width]: negative, positive; at guidance 1 the positive one alone
    Tensor noise = {};                ///< [candidates, c, h, w]
    std::vector<Sentence> notes = {}; ///< of latentOf()
};

/// Encodes the pasted grid and the prompts. Noise comes from the request's stored tensors `noise`,
/// `noise_z` and `noise_z_masked` where they are given, else from its seed: stream 0 of seed + i
/// for candidate i, streams 1 and 2 of the seed for the posterior. Tells the stage "Encoding the
/// pictures" before each; nothing where @p progress stopped it.
std::optional<Conditions> prepare(
    const StableDiffusion& model, const Image& pastedGrid, const AnalogistSettings& settings,
    const Request& request, const StageReport& progress = {});

/// The UNet's predictions for the latents of all candidates.
struct Predictions
{
    Tensor negative = {}, positive = {};  ///< negative is undefined at guidance 1
    Tensor guided(double guidance) const; ///< negative + guidance (positive - negative)
};
/// @p kept: of earlier passes with these conditions.
Predictions predict(
    const StableDiffusion& model, const Conditions& conditions, const Tensor& x, const Step& step,
    const Taps& taps, KeptPasses& kept);

/// Skips the noisy end of the grid: int(steps * strength) steps remain. Throws Error where none
/// does.
Sampler analogistSampler(const StableDiffusion& model, const AnalogistSettings& settings);
/// The start latents: the noised pasted grid, or at strength 1 noise alone.
Tensor start(const Sampler& sampler, const Conditions& conditions, double strength);
