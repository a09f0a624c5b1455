// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/inspect/colours.h"

#include "core/inspect/principalcomponents.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace {

/// Ten colours of viridis at equal distances (Smith, van der Walt and Firing 2015, as the package
/// viridisLite prints them by viridis(10)); between them sRGB is interpolated, which stays within
/// .02 of the 256 colours of the original.
constexpr Color viridis[] = {{0x44, 0x01, 0x54}, {0x48, 0x28, 0x78}, {0x3e, 0x4a, 0x89},
                             {0x31, 0x68, 0x8e}, {0x26, 0x82, 0x8e}, {0x1f, 0x9e, 0x89},
                             {0x35, 0xb7, 0x79}, {0x6d, 0xcd, 0x59}, {0xb4, 0xde, 0x2c},
                             {0xfd, 0xe7, 0x25}};

/// RdBu of eleven classes (Harrower and Brewer 2003, "ColorBrewer.org"), from blue to red.
constexpr Color diverging[] = {{0x05, 0x30, 0x61}, {0x21, 0x66, 0xac}, {0x43, 0x93, 0xc3},
                               {0x92, 0xc5, 0xde}, {0xd1, 0xe5, 0xf0}, {0xf7, 0xf7, 0xf7},
                               {0xfd, 0xdb, 0xc7}, {0xf4, 0xa5, 0x82}, {0xd6, 0x60, 0x4d},
                               {0xb2, 0x18, 0x2b}, {0x67, 0x00, 0x1f}};

constexpr Color grey[] = {{0, 0, 0}, {255, 255, 255}};

Color between(std::span<const Color> points, double number)
{
    const double at = std::clamp(number, 0., 1.) * double(points.size() - 1);
    const size_t first = std::min(size_t(at), points.size() - 2);
    const double part = at - double(first);
    const auto mix = [part](uint8_t a, uint8_t b) {
        return uint8_t(std::lround(a + part * (double(b) - a)));
    };
    const Color &a = points[first], &b = points[first + 1];
    return {mix(a.r, b.r), mix(a.g, b.g), mix(a.b, b.b)};
}

} // namespace

const std::vector<ColourMapName>& colourMaps()
{
    static const std::vector<ColourMapName> maps = {
        {ColourMap::Automatic, "auto", "As the map needs"},
        {ColourMap::Viridis, "viridis", "Viridis"},
        {ColourMap::Diverging, "diverging", "Blue to red"},
        {ColourMap::Grey, "grey", "Grey"}};
    return maps;
}

Color colourOf(double number, ColourMap map)
{
    if (std::isnan(number))
        return {128, 128, 128};
    return map == ColourMap::Diverging ? between(diverging, number)
        : map == ColourMap::Grey       ? between(grey, number)
                                       : between(viridis, number);
}

Color colourOfGroup(int group)
{
    // Okabe and Ito 2008, "Color Universal Design", without black; the last is a grey.
    constexpr Color colours[] = {{230, 159, 0}, {86, 180, 233}, {0, 158, 115},   {240, 228, 66},
                                 {0, 114, 178}, {213, 94, 0},   {204, 121, 167}, {153, 153, 153}};
    return colours[size_t(group) % std::size(colours)];
}

ValueRange rangeOf(const SeenMap& map)
{
    const ValueRange range {map.least(), map.most()};
    if (!map.diverges)
        return range;
    const double largest = std::max(std::abs(range.from), std::abs(range.to));
    return {-largest, largest};
}

ValueRange rangeOf(const std::vector<SeenMap>& maps)
{
    ValueRange range = maps.empty() ? ValueRange() : rangeOf(maps.front());
    for (const SeenMap& map : maps) {
        const ValueRange each = rangeOf(map);
        range = {std::min(range.from, each.from), std::max(range.to, each.to)};
    }
    return range;
}

Image toImage(const SeenMap& map, const ValueRange& range, ColourMap colours)
{
    if (map.channels == PrincipalComponents::count)
        return toPicture(map.values, map.width, map.height, map.from, map.to);
    if (colours == ColourMap::Automatic)
        colours = map.diverges ? ColourMap::Diverging : ColourMap::Viridis;
    Image image = filled(map.width, map.height, {});
    const double size = range.to - range.from;
    for (size_t i = 0; i < map.values.size(); ++i) {
        // A map that is the same everywhere lies in the middle of colours that diverge, else at
        // their begin.
        const double number = size > 0 ? (map.values[i] - range.from) / size
            : map.diverges             ? .5
                                       : 0;
        const Color colour = colourOf(number, colours);
        uint8_t* pixel = &image.rgb[i * 3];
        pixel[0] = colour.r, pixel[1] = colour.g, pixel[2] = colour.b;
    }
    return image;
}

Image enlarged(const Image& image, int width, int height)
{
    Image large = filled(width, height, {});
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            std::copy_n(
                image.pixel(
                    int(int64_t(x) * image.width / width), int(int64_t(y) * image.height / height)),
                3, large.pixel(x, y));
    return large;
}
