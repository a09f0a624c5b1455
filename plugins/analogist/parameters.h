// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "plugins/analogist/inpainting.h"

/// What the method takes, with the paper's values (Gu et al. 2024, section 5; the official code
/// where the paper is silent).
std::vector<Parameter> analogistParameters();
/// The values of a resolved request, typed.
AnalogistSettings analogistSettings(const Values& values);
/// What is injected where and when, for resolved values.
AttentionEdits attentionEditsOf(const Values& values);
