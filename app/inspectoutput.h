// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/inspectline.h"
#include "core/inspect/curves.h"

#include <nlohmann/json_fwd.hpp>

#include <cstddef>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <vector>

/// What was seen, to be written: with a view's layers, at a step or, with -1, of several.
struct SeenAt
{
    int step = -1;
    Seen seen = {};
};
/// The same of all layers that are apart, by step.
struct Sights
{
    std::vector<SeenAt> all = {};
    std::vector<Curve> curves = {}; ///< for a table
    std::string along = {};         ///< what the curves go over
    int width = 0, height = 0;      ///< of the picture
};

/// Writes a file, here or elsewhere: its name.
using WriteFile = std::function<std::string(const std::string&, std::span<const std::byte>)>;
/// Writes what was asked for; what is to be said of each map that was written.
nlohmann::json writeMaps(
    const InspectCommand& command, const InspectPlan& plan, const Sights& sights,
    const WriteFile& write);
/// All numbers, by step and label.
std::map<std::string, Array> numbersOf(const Sights& sights);
