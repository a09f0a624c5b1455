// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/sampler.h"

#include <string>
#include <vector>

/// The original's grid of time steps, from the last to the first: every c-th from 1, c being
/// 1000 / steps rounded down. So 30 steps are 31, and numbers for which the grid ends beyond the
/// last time step do not exist: throws Error.
std::vector<int> promptFreeTimes(int steps, int trained);

/// DDIM (Song et al. 2021, η = 0) on that grid, of the last @p strength (0 to 1) of the steps; or,
/// for models that were distilled to few steps, another sampler by its name
/// (core/diffusion/sampler.h) on its own. @p half rounds the noise levels to half precision. Throws
/// Error where so many steps cannot be.
Sampler promptFreeSampler(
    const ScheduleConfig& config, int steps, double strength = 1, bool half = false,
    const std::string& sampler = "ddim");
