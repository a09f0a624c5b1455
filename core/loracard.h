// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sentence.h"

#include <filesystem>
#include <string>
#include <vector>

/// What a LoRA's file is, read from its header alone.
struct LoraCard
{
    std::filesystem::path path = {};
    std::string name = {};            ///< to show: the file's
    Sentence problem = {};            ///< why it cannot be added to the model; empty: it can
    std::vector<Sentence> notes = {}; ///< what of it is left out
    int layers = 0;                   ///< of the model that it changes
    /// Words of its training that call it up, as its metadata say, the most frequent first: to be
    /// shown as plain text; at most 200 bytes.
    std::string triggers = {};
};

/// Reads a LoRA's header and compares it with a model's. Throws std::bad_alloc alone: see problem.
LoraCard describeLora(const std::filesystem::path& file, const std::filesystem::path& model);
