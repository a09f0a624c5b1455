// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/method.h"

/// What the method takes, with the paper's values (Gu et al. 2024, section 5; the official code
/// where the paper is silent).
std::vector<Parameter> analogistParameters();
