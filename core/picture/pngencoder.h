// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/picture/pngtext.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

/// A picture as PNG has it, row by row.
struct PngPicture
{
    enum Colours { Grey = 1, Rgb = 3, Rgba = 4 }; ///< numbers a pixel

    int width = 0, height = 0;
    Colours colours = Rgb;
    int depth = 8;    ///< bits a number, 8 or 16; of 16 the more significant byte comes first
    bool srgb = true; ///< its colours are sRGB; else nothing is said of them
    /// The bytes of a row, which stay until the next one is asked for. Must not throw.
    std::function<const uint8_t*(int y)> row = {};
    std::vector<PackedText> texts = {}; ///< chunks in front of the pixels
};

/// Throws Error where libpng gives up, std::bad_alloc where memory is missing.
std::vector<std::byte> encodePng(const PngPicture& picture);
