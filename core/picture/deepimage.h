// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image.h"

#include <cstdint>
#include <vector>

/// An opaque picture in 16-bit sRGB, as the floats of a decoder fill it: row by row from the top,
/// three numbers a pixel, white is 65535.
struct DeepImage
{
    int width = 0, height = 0;
    std::vector<uint16_t> rgb = {}; ///< [height, width, 3]

    bool empty() const { return rgb.empty(); }
    bool operator==(const DeepImage&) const = default;
};

/// A result with 16 bits a channel, as a Candidate is one with 8.
struct DeepCandidate
{
    DeepImage image = {};  ///< what was asked for
    DeepImage canvas = {}; ///< all that the network made
};

/// The same colours with 16 bits, without the alpha: 255 becomes 65535.
DeepImage deepened(const Image& image);
/// The rectangle at (@p x, @p y); throws WorkError where it does not lie inside.
DeepImage crop(const DeepImage& image, int x, int y, int width, int height);
/// Puts @p image over @p onto with its top left corner at (@p x, @p y); throws WorkError where it
/// does not fit there.
void paste(DeepImage& onto, const DeepImage& image, int x, int y);
