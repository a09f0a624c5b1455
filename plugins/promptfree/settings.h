// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/promptrules.h"
#include "core/method.h"
#include "core/nn/pixels.h"

#include <string>
#include <vector>

/// The values of a request, typed.
struct PromptFreeSettings
{
    std::string encoder = "seecoder", encoderFile = {};
    std::vector<std::string> controlModels = {};
    std::string annotators = {}, prompt = {};
    int width = 512, height = 512; ///< multiples of 64
    int steps = 50, candidates = 1;
    std::string sampler = "ddim";
    double guidance = 2, strength = 0.75;
    bool average = false;   ///< else the references' tokens stand in a row
    bool guessMode = false; ///< of the ControlNets
    bool halfSchedule = false;
    PromptRules prompts = {};
    Rounding rounding = Rounding::Nearest;
    bool dropAlpha = false; ///< else transparent parts are white

    /// A picture as the networks take it: opaque.
    Image onGround(const Image& picture) const
    {
        return dropAlpha ? opaque(picture) : flattened(picture, {});
    }
    bool isAnime() const { return encoder == "seecoder-anime"; }
};

PromptFreeSettings promptFreeSettings(const Values& values);
