// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/method.h"

#include <string>

/// How a LoRA is used that was distilled so that few steps do.
struct FewSteps
{
    std::string sha256 = {};  ///< of its file
    std::string name = {};    ///< as its authors call it
    std::string sampler = {}; ///< with the spacing of its steps (core/diffusion/sampler.h)
    int steps = 0;
    double guidance = 0;
};

/// That of a file by its hash; null where it is none that is known.
const FewSteps* fewStepsOf(const std::string& sha256);
/// The values by which a method does so; none where it has no choice of a sampler, or not that one.
Values fewStepValues(const Method& method, const FewSteps& use);
