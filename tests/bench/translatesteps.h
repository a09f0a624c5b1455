// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/stablediffusion.h"

#include <nlohmann/json.hpp>

/// Seconds of a step of Translate with its usual values, at latents of
/// @p size pixels: of a first edit, whose source's pass is to be done, and of a second one of the
/// same source, beside a plain batch of three latents (as the authors
/// compute source, negative prompt and prompt), one after the
/// other in each of @p rounds. A run's steps are of three kinds (attention and features are
/// injected, features alone, nothing); one of each is taken, and counts as often as a run of 50
/// has it.
nlohmann::json translateSteps(const StableDiffusion& model, int size, int rounds);
