// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/picture/graypng.h"

#include "core/picture/pngencoder.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>

namespace {

std::string shortest(double number)
{
    char text[32];
    return {text, std::to_chars(text, text + sizeof text, number).ptr};
}

} // namespace

std::vector<std::byte> encodeGrayPng(
    std::span<const float> values, int width, int height, double from, double to)
{
    std::vector<uint8_t> bytes; // the more significant first, as PNG has them
    bytes.reserve(values.size() * 2);
    for (const float value : values) {
        const double part = to > from ? (value - from) / (to - from) : 0;
        const auto level = uint16_t(std::lround(std::clamp(part, 0., 1.) * 65535));
        bytes.push_back(uint8_t(level >> 8));
        bytes.push_back(uint8_t(level & 255));
    }
    return encodePng(
        {.width = width,
         .height = height,
         .colours = PngPicture::Grey,
         .depth = 16,
         .srgb = false,
         .row = [&](int y) { return &bytes[std::size_t(y) * std::size_t(width) * 2]; },
         .texts = {packed({"Range", shortest(from) + " to " + shortest(to)})}});
}
