// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/method.h"
#include "core/nn/pixels.h"

#include <filesystem>
#include <string>
#include <vector>

/// The values of a request, typed.
struct PromptFreeSettings
{
    std::string encoder = "seecoder", encoderFile = {};
    std::vector<std::string> controlModels = {};
    std::string autoencoder = {}, annotators = {}, prompt = {};
    int width = 512, height = 512; ///< multiples of 64
    int steps = 50, candidates = 1;
    double guidance = 2, strength = 0.75;
    bool average = false;   ///< else the references' tokens stand in a row
    bool guessMode = false; ///< of the ControlNets
    bool halfSchedule = false;
    Rounding rounding = Rounding::Nearest;

    bool isAnime() const { return encoder == "seecoder-anime"; }
};

/// What a side of the result may be, in pixels.
struct Limits
{
    int least = 0, most = 0;
};
Limits sideLimits();

std::vector<Parameter> promptFreeParameters();
PromptFreeSettings promptFreeSettings(const Values& values);

/// What a control picture may be: a picture of which a map is made, or a finished map.
std::vector<Choice> controlKinds();
std::vector<Slot> promptFreeSlots();

/// Where SeeCoders and anime_ug.pth are looked for when no file is named.
std::filesystem::path promptFreeFolder();
