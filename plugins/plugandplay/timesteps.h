// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

// The time steps of Plug-and-Play's two programs: sampling looks up the source's latents by time,
// so an inversion has to meet the times of the sampling.

/// When an inversion asks the network for the noise of a step from one level to the next.
enum class InversionRule {
    NextLevel,    ///< at the time of the level it goes to (pnp-diffusers): levels 0, 1, ... 999
    CurrentLevel, ///< at the time of the level it is at (plug-and-play): levels 0 to 999
};

/// A step of an inversion, or of the way back.
struct InversionStep
{
    int asked = 0;        ///< time that the network is asked at
    int from = 0, to = 0; ///< levels of the latent, as times: 0 is the picture's own
};

/// The times of @p steps sampling steps, the noisiest first: k (1000 / steps) + 1. Throws Error
/// where steps are not in 1 to 999.
std::vector<int> samplingTimes(int steps);
/// The steps of an inversion, from the picture (level 0) up.
std::vector<InversionStep> inversionSteps(InversionRule rule, int steps);
/// The steps of a sampling down to level 0: the way back from an inversion.
std::vector<InversionStep> wayBackSteps(int steps);
/// The numbers of steps that an inversion may have, the smallest first. Where sampling takes its
/// features from the inversion's own latents (@p forward), these must have its times.
std::vector<int> inversionCounts(InversionRule rule, int samplingSteps, bool forward);
/// The numbers of steps of a sampling that meets all times of one with @p samplingSteps, the
/// smallest first: that number itself and, of those with finer steps, the longest of each.
std::vector<int> containingCounts(int samplingSteps);
