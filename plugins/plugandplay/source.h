// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/recorder.h"
#include "plugins/plugandplay/injection.h"
#include "plugins/plugandplay/inversion.h"

/// The source of a translation: what its network pass starts from at every sampling step.
struct Source
{
    std::vector<int> times = {};      ///< of the sampling steps, the noisiest first
    std::vector<Tensor> latents = {}; ///< at these times, [1, c, h, w], fp32
    Tensor start = {};                ///< of the sampling, [1, c, h, w], fp32
    Tensor context = {}; ///< [1 or 2, tokens, width]: of one pass, or of both halves of
                         ///< guidance, the unconditional one first
    Tensor clean = {};   ///< what the latents end in; undefined: not computed
};

/// The latents of an inversion at the sampling times (pnp-diffusers).
Source sourceOnInversion(
    const Trajectory& inversion, const std::vector<int>& times, const Tensor& context);
/// Those of the way back, which is done (plug-and-play). The sampling itself starts from the
/// inversion's last latent, at whatever level that is.
Source sourceOnWayBack(
    const Trajectory& back, const std::vector<int>& times, const Tensor& context);

/// Samples a picture from @p source's start at its times, under guidance with its context, [2,
/// tokens, width], and takes the latents and what they end in (plug-and-play's generated guidance
/// pictures). Tells the stage "Making the source"; false where @p progress stopped it. Throws
/// WorkError where a latent is no longer finite.
bool generate(
    const Network& network, Source& source, double guidance, const StageReport& progress = {});

/// The tensors to be injected at each of @p steps, from passes of the source in one batch that ends
/// after the last of them: one step, or several of stepsAtOnce() of a source that has one pass. @p
/// keys is of the source's context; @p recorder looks on.
std::vector<SourceFeatures> featuresOf(
    const Network& network, const Source& source, const Injection& injection, Range steps,
    ContextKeys& keys, Recorder* recorder = nullptr);
