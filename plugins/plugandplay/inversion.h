// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/preview.h"
#include "core/stagereport.h"
#include "plugins/plugandplay/network.h"
#include "plugins/plugandplay/timesteps.h"

#include <map>
#include <string>

// DDIM inversion (Song et al. 2021, section 4.3): DDIM's deterministic step, taken from a picture
// towards noise, and back. Without guidance.

/// A way between a picture and noise that is to be taken.
struct Way
{
    const char* name = "";                 ///< begins a sentence: "The inversion"
    const char* stage = "";                ///< told while it is taken: "Inverting the picture"
    std::vector<InversionStep> steps = {}; ///< in their order
    bool keepsAll = false;                 ///< the latents of all levels stay
    std::vector<int> kept = {}; ///< else those of these levels, besides the first and the last
};
/// From a picture's latent to noise, by the steps of inversionSteps().
Way inversion(InversionRule rule, int steps, bool keepsAll);
/// From an inversion's last latent to a picture, by those of wayBackSteps().
Way wayBack(int steps, const std::vector<int>& kept = {});

/// The latents of a way by level of noise, [1, c, h, w], fp32 on the CPU; level 0 is the picture's
/// own. It begins with the latent of the way's first level.
struct Trajectory
{
    std::map<int, Tensor> latents = {};
    int done = 0; ///< steps of the way
};

/// Takes the steps that are not done yet, with the prompt encoded as @p context, [1, tokens,
/// width]. Tells the way's stage before each and at the end, with what @p map makes of the latent,
/// if it is one. Returns false where @p progress
/// stopped it: the trajectory can be continued then, with the same numbers. Throws WorkError where
/// a latent is no longer finite.
bool follow(
    const Way& way, const Network& network, const Tensor& context, Trajectory& trajectory,
    const StageReport& progress = {}, const PreviewMap& map = {});

/// The latent that the way back gives from an inversion's last latent @p noise; undefined where the
/// caller stopped.
Tensor sampledBack(
    const Network& network, const Tensor& noise, const Tensor& context, int steps,
    const StageReport& progress);
/// "The inversion brings the source back with 24.5 dB (PSNR)."
Sentence reconstructionNote(const Image& source, const Image& back);
