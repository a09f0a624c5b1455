// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "plugins/plugandplay/injection.h"
#include "plugins/plugandplay/network.h"
#include "plugins/plugandplay/timesteps.h"

#include "core/stagereport.h"

/// The latents of a way to noise or back by level of noise, [1, c, h, w], fp32 on the CPU; level 0
/// is the picture's own.
struct Trajectory
{
    std::map<int, Tensor> latents = {};
    int done = 0; ///< steps of the grid
};

/// Takes the steps of @p grid that are not done yet. What came before is dropped as the trajectory
/// goes on unless @p all levels are to be kept. Tells the stage "Inverting the picture"
/// before each; returns false where @p progress stopped it: the trajectory can be continued then,
/// with the same numbers. Throws WorkError where a latent is no longer finite, as sampleBack() and
/// generatedSource() do.
bool invert(
    const Network& network, const std::vector<InversionStep>& grid, const Tensor& context, bool all,
    Trajectory& trajectory, const StageReport& progress = {});

/// Samples back from an inversion's last latent without guidance: takes the steps of @p grid that
/// are not done yet. @p trajectory begins with that latent, at the level where the grid begins; it
/// stays, and so do the latents at @p times and the last one. Tells the stage "Sampling the source
/// back" and returns false as invert() does.
bool sampleBack(
    const Network& network, const std::vector<InversionStep>& grid, const std::vector<int>& times,
    const Tensor& context, Trajectory& trajectory, const StageReport& progress = {});

/// The source of a translation: what its network pass starts from at every sampling step.
struct Source
{
    Tensor start = {};                ///< of the sampling, [1, c, h, w], fp32
    std::vector<Tensor> latents = {}; ///< at the sampling steps, the noisiest first
    Tensor context = {}; ///< [1 or 2, tokens, width]: of one pass, or of both halves of
                         ///< guidance, the unconditional one first
    Tensor clean = {};   ///< what the latents end in; undefined: not computed
};

/// The latents of an inversion at the sampling times (pnp-diffusers).
Source forwardSource(
    const Trajectory& trajectory, const std::vector<int>& times, const Tensor& context);

/// The latents of the way back at the sampling times (plug-and-play, 3.3): @p back is done. The
/// sampling itself starts from the inversion's last latent, at whatever level that is.
Source reverseSource(const Trajectory& back, const std::vector<int>& times, const Tensor& context);

/// Samples a picture from noise under guidance with @p context, [2, tokens, width], and takes its
/// latents (plug-and-play's generated guidance pictures). Tells the stage "Making the source"; an
/// undefined start where @p progress stopped it.
Source generatedSource(
    const Network& network, const Tensor& noise, const std::vector<int>& times,
    const Tensor& context, double guidance, const StageReport& progress = {});

/// The tensors to be injected at a step, from a pass of the source that ends after the last of
/// them. @p keys is of the source's context.
SourceFeatures featuresOf(
    const Network& network, const Source& source, const Injection& injection, int step, double time,
    ContextKeys& keys);
