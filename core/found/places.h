// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/found/found.h"

/// What tells where programs keep their networks.
struct Surroundings
{
    std::filesystem::path home = {};
    std::map<std::string, std::string> variables = {}; ///< of the environment, by name
    std::filesystem::path own = {};                  ///< Simile's folder for networks; empty: none
    std::vector<std::filesystem::path> named = {};   ///< folders that the user named
    std::vector<std::filesystem::path> further = {}; ///< where programs may lie besides home
    std::function<bool(const std::filesystem::path&)> isRemote = {}; ///< as FoundLimits::isRemote
};

/// Those of this process: $HOME, the environment, userFolder(), /opt.
Surroundings surroundings();

/// The places that are there: named ones first, Simile's own, Hugging Face's cache, then ComfyUI
/// (with extra_model_paths.yaml), A1111, Forge, SD.Next, InvokeAI, Krita AI Diffusion and Fooocus,
/// as far as such lie in the home folder or one below it. Puts into @p notes what could not be
/// read.
std::vector<FoundPlace> placesOf(const Surroundings& around, std::vector<Sentence>& notes);
