// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

/// An sRGB colour, 8 bits a channel.
struct Color
{
    uint8_t r = 255, g = 255, b = 255;
    bool operator==(const Color&) const = default;
};

/// A picture: 8-bit sRGB, row by row from the top, 3 bytes a pixel; alpha apart, empty when opaque.
struct Image
{
    int width = 0, height = 0;
    std::vector<uint8_t> rgb = {};   ///< [height, width, 3]
    std::vector<uint8_t> alpha = {}; ///< [height, width], not premultiplied; empty: opaque

    bool empty() const { return rgb.empty(); }
    uint8_t* pixel(int x, int y) { return &rgb[(std::size_t(y) * width + x) * 3]; }
    const uint8_t* pixel(int x, int y) const { return &rgb[(std::size_t(y) * width + x) * 3]; }
    bool operator==(const Image&) const = default;
};

/// A picture of one colour.
Image filled(int width, int height, Color color);
/// The rectangle at (@p x, @p y); it must lie inside.
Image crop(const Image& image, int x, int y, int width, int height);
/// Puts @p image (its colours, not its alpha) over @p onto with its top left corner at (@p x, @p
/// y); what falls outside is cut.
void paste(Image& onto, const Image& image, int x, int y);
/// Fills a rectangle; what falls outside is cut.
void fill(Image& image, int x, int y, int width, int height, Color color);
/// The picture composited over @p ground; opaque.
Image flattened(const Image& image, Color ground);
/// The picture with its alpha dropped, as Pillow's convert("RGB") does.
Image opaque(Image image);
