// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/sampler.h"

#include <vector>

/// The times at which a sampler asks the model, before any is left out, in its order (PLMS: each
/// once), and for the samplers of σ space the noise levels, the last one included.
struct TimeSteps
{
    std::vector<double> times = {};
    std::vector<float> sigmas = {};
};

/// Whether the sampler works with σ = √((1-ᾱ)/ᾱ).
bool inSigmaSpace(SamplerKind kind);
/// Throws Error where so many steps make no such grid.
TimeSteps timeSteps(
    const ScheduleConfig& config, const Schedule& schedule, const SamplerOptions& options);
