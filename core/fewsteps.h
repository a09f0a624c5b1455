// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalogue.h"
#include "core/method.h"

#include <string>

/// How a LoRA is used, by its file's hash; null where it is none of the catalogue that is made for
/// few steps.
const FewSteps* fewStepsOf(const std::string& sha256);
/// The values by which a method does so; none where it has no choice of a sampler, or not that one.
Values fewStepValues(const Method& method, const FewSteps& use);
