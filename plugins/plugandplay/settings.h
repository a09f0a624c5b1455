// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/method.h"
#include "core/nn/pixels.h"
#include "plugins/plugandplay/guidance.h"
#include "plugins/plugandplay/timesteps.h"

/// How a picture is brought to the network's size; the short side is the size that was asked for.
enum class PictureFit {
    Eights,    ///< both sides to multiples of 8, Lanczos
    ShortSide, ///< the long side as it comes, bilinear (pnp-diffusers)
    Square,    ///< the middle square, Lanczos (plug-and-play)
};

/// How a picture is inverted.
struct InversionSettings
{
    InversionRule rule = InversionRule::NextLevel;
    int steps = 200;
    std::string prompt = {};
    int size = 512;
    PictureFit fit = PictureFit::Eights;
    bool posteriorSample = false; ///< else the posterior's mean
    PromptRules prompts = {};
    int samplingSteps = 50;
    bool forward =
        true; ///< the source's latents are the inversion's own, else those of a pass back
    int reverseSteps = 999;
};

/// The values of a translation, typed.
struct TranslateSettings
{
    InversionSettings inversion = {};
    std::vector<std::string> prompts = {}; ///< one at least
    std::string negative = {};
    std::string sourcePrompt = {}; ///< the source is made from it, where there is no picture
    double sourceGuidance = 5;
    std::string sourceShape = "1:1"; ///< width to height
    Guidance guidance = {};
    Injection injection = {};
    double memory = 2; ///< GiB that the source's features may take between edits
    bool reconstruct = false;
    Rounding rounding = Rounding::Nearest;
    bool plain = false;
    bool halvesApart = false; ///< of guidance, one after the other; not on the plain path
};

/// The values of a resolved request, typed.
TranslateSettings translateSettings(const Values& values);
InversionSettings inversionSettings(const Values& values);
/// Throws Error where the steps of an inversion do not fit those of the sampling, saying which do.
void checkInversion(const InversionSettings& settings);
/// How decoded colours are rounded.
Rounding roundingOf(const Values& values);
/// The steps in which features and queries and keys are injected, for resolved values.
Injection injectedBy(const Values& values);
/// The numbers of steps that checkInversion() lets pass; nothing for other parameters.
std::vector<int> offeredCounts(const std::string& id, const Values& values);
