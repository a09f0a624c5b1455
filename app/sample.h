// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/method.h"

#include <QString>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// What a sample is called, and what it shows, in the language of the window.
struct SampleLabel
{
    std::string id = {};
    QString title = {}; ///< a few words
    QString shows = {}; ///< a sentence
};

/// Pictures and values to begin with, from resources/samples/<method>/sample.json.
struct Sample
{
    Pictures pictures = {};
    Values values = {};
    std::optional<uint64_t> seed = {};
    SharedImage made = {}; ///< what the default model makes of it; empty: not known
};

/// Those that are offered of a method, the best first; the lessons' own are not. Throws Error where
/// the file is damaged; a method without samples has none.
std::vector<SampleLabel> offeredSamples(const Method& method);
/// Reads one of a method's by its id, the first where that is empty. Throws Error where there is
/// none, or where it lacks a picture that the method needs.
Sample readSample(const Method& method, const std::string& id = {});
