// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/stablediffusion.h"
#include "plugins/analogist/attention.h"
#include "plugins/analogist/grid.h"

#include <string>

/// Which pictures of the grid show the same things in the same places: A and A' (beside each other
/// in the paper's grid), A and B (put there in their place), or none, so that nothing is cloned.
enum class Layout { Aligned, Swapped, None };

/// The values of a request, typed.
struct AnalogistSettings
{
    std::string prompt = {}, negative = {};
    int steps = 50, candidates = 1;
    double guidance = 15, strength = 0.98;
    Geometry geometry = {};
    Fit fit = Fit::Stretch;
    Layout layout = Layout::Aligned;
    bool keepFrame = false;
    bool dropAlpha = false;
    Color ground = {}; ///< under transparent parts and around padded pictures
    AttentionEdits edits = {};
    std::string sampler = "ddim";
    bool posteriorSample = true; ///< else the posterior's mean
    PromptRules prompts = {};
    bool plain = false;
    bool halvesApart = false; ///< of guidance, one after the other
};

/// The values of a resolved request, typed.
AnalogistSettings analogistSettings(const Values& values);
/// What is injected where and when, for resolved values.
AttentionEdits attentionEditsOf(const Values& values);
