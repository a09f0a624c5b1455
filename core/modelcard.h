// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sentence.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

/// What a file or folder is, read from its headers alone.
struct ModelCard
{
    std::filesystem::path path = {};
    std::string name = {}; ///< to show: folder or file name
    std::string kind = {}; ///< "Stable Diffusion 1.x inpainting", "ControlNet", "SDXL" ...
    Sentence problem = {}; ///< why it cannot be loaded; empty: it can
    std::vector<Sentence> notes = {}; ///< "It has no text encoder."
    int channels = 0;                 ///< of the UNet's input: 4, 9
    int contextWidth = 0;             ///< 768, 1024 ...
    int size = 512;                   ///< native side in pixels
    bool velocity = false;            ///< v-prediction
    bool guessesPrediction = false;   ///< its files do not say which
    bool needsAutoencoder = false;    ///< it has none; a method must be given one
    uint64_t bytes = 0;
    std::map<std::string, std::map<std::string, std::string>> recommended =
        {}; ///< recommended.json: method -> parameter -> text
};
