// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image.h"
#include "core/inspect/view.h"
#include "core/sentence.h"

#include <array>
#include <optional>
#include <string_view>
#include <vector>

/// How numbers become colours. All can be told apart by people who see red and green alike.
enum class ColourMap {
    Automatic, ///< Diverging where a map diverges, else Viridis
    Viridis,   ///< dark blue over green to yellow, ever lighter
    Diverging, ///< blue over white to red
    Grey
};
struct ColourMapName
{
    ColourMap map;
    const char* name; ///< on the command line
    Sentence label;
};
const std::vector<ColourMapName>& colourMaps();

/// The colour of a number, 0 to 1; others are cut off. Of Automatic Viridis.
Color colourOf(double number, ColourMap map);
/// One of eight colours for words and places side by side, over and over.
Color colourOfGroup(int group);

/// What goes from the first to the last colour.
struct ValueRange
{
    double from = 0, to = 1;
    bool operator==(const ValueRange&) const = default;
};
/// From the least to the most of a map; from minus to plus the largest where it diverges.
ValueRange rangeOf(const SeenMap& map);
/// Of all maps.
ValueRange rangeOf(const std::vector<SeenMap>& maps);

/// A pixel a cell. Principal components have their own ranges and colours.
Image toImage(const SeenMap& map, const ValueRange& range, ColourMap colours);
/// A picture of cells at another size, so that cells stay visible: nearest neighbour.
Image enlarged(const Image& image, int width, int height);
