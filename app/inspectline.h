// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspect/colours.h"
#include "core/inspect/view.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

/// `simile inspect FILE --kind KIND ... -o OUT`, as it is typed.
struct InspectCommand
{
    std::string file = {};
    std::string kind = {}, layer = "all", step = "all";
    int head = -1, channel = 0, diffuse = 0;
    std::optional<int> candidate = {}; ///< from 1; none: the picture's own
    std::vector<std::string> tokens = {}, pixels = {}, boxes = {}, without = {}, loras = {};
    bool column = false, negative = false, source = false, fitEachStep = false, cells = false;
    std::string colours = "auto";
    std::string out = {}, data = {}, model = {}, device = {}, precision = {};
    bool json = false;
};

/// Adds the command. @p command must outlive the parsing.
CLI::App& addInspect(CLI::App& app, InspectCommand& command);

/// A place in pixels; its width and height are 0 of a pixel.
struct PixelBox
{
    int x = 0, y = 0, width = 0, height = 0;
};
/// In what form maps are written.
enum class MapForm { Png, Folder, Animation, Npy, Csv };
/// What was typed, understood as far as it can be without the run.
struct InspectPlan
{
    View view = {};               ///< its words, places and step are still to be filled in
    std::optional<int> step = {}; ///< none: all
    std::vector<PixelBox> places = {};
    MapForm form = MapForm::Png;
    ColourMap colours = ColourMap::Automatic;

    bool words() const; ///< the kind is of words
    /// Whether layers are apart, each with maps of its own.
    bool layersApart() const;
};
/// Throws CommandError.
InspectPlan planOf(const InspectCommand& command);
