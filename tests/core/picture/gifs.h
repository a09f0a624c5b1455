// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/core/picture/encoded.h"

#include <span>
#include <string>
#include <vector>

/// A frame of a GIF that is written by hand, without giflib.
struct GifFrame
{
    int x = 0, y = 0, width = 0, height = 0;
    std::vector<uint8_t> pixels = {}; ///< numbers of colours
    std::string colours = {};         ///< three bytes each, 2, 4, ... 256 of them; none: the shared
    int transparent = -1;             ///< the number that is not seen
    bool interlaced = false;
    std::size_t block = 255; ///< bytes of data in a block
};

/// Two bytes, least significant first.
inline std::string gifWord(int value)
{
    return {char(value), char(value >> 8)};
}

/// How the flags tell of so many colours: of one bit that there are any, of three how many.
inline char gifColourFlags(const std::string& colours)
{
    int bits = 0;
    while ((std::size_t(6) << bits) < colours.size())
        ++bits;
    return char(colours.empty() ? 0 : 0x80 | bits);
}

/// Bytes in blocks of a length each and the empty one.
inline std::string gifBlocks(const std::string& data, std::size_t block = 255)
{
    std::string text;
    for (std::size_t at = 0; at < data.size(); at += block) {
        const std::string part = data.substr(at, block);
        text += char(part.size());
        text += part;
    }
    return text + '\0';
}

/// By Lempel, Ziv and Welch, with a table of all that was met: codes become wider, and it begins
/// anew where it is full.
inline std::string gifPacked(const std::vector<uint8_t>& pixels, int least = 8)
{
    const int clear = 1 << least;
    std::vector<std::vector<int>> next;
    std::string packed;
    uint32_t bits = 0;
    int count = 0, width = least + 1;
    const auto put = [&](int code) {
        bits |= uint32_t(code) << count;
        for (count += width; count >= 8; count -= 8, bits >>= 8)
            packed += char(bits);
    };
    const auto anew = [&] {
        put(clear);
        next.assign(std::size_t(clear) + 2, {});
        width = least + 1;
    };
    anew();
    int current = -1;
    for (const uint8_t pixel : pixels) {
        if (current < 0) {
            current = pixel;
            continue;
        }
        auto& following = next[std::size_t(current)];
        following.resize(std::size_t(clear), -1);
        if (following[pixel] >= 0) {
            current = following[pixel];
            continue;
        }
        put(current);
        current = pixel;
        if (next.size() == 4096) {
            anew();
            continue;
        }
        following[pixel] = int(next.size());
        if (next.size() == std::size_t(1) << width)
            ++width;
        next.emplace_back();
    }
    if (current >= 0)
        put(current);
    put(clear + 1);
    if (count > 0)
        packed += char(bits);
    return packed;
}

/// The frame with what stands before it; @p packed in place of its pixels.
inline std::string gifFrame(const GifFrame& frame, std::string packed = {})
{
    std::string text;
    if (frame.transparent >= 0)
        text += std::string("\x21\xF9\x04\x01\0\0", 6) + char(frame.transparent) + '\0';
    const char flags = char(gifColourFlags(frame.colours) | (frame.interlaced ? 0x40 : 0));
    text += "," + gifWord(frame.x) + gifWord(frame.y) + gifWord(frame.width) + gifWord(frame.height)
        + flags + frame.colours + '\x08';
    std::vector<uint8_t> stored;
    constexpr std::pair<int, int> passes[] = {{0, 8}, {4, 8}, {2, 4}, {1, 2}};
    for (const auto& [first, step] : passes)
        for (int y = first; frame.interlaced && y < frame.height; y += step) {
            const auto row = frame.pixels.begin() + std::ptrdiff_t(y) * frame.width;
            stored.insert(stored.end(), row, row + frame.width);
        }
    if (packed.empty())
        packed = gifPacked(frame.interlaced ? stored : frame.pixels);
    return text + gifBlocks(packed, frame.block);
}

/// The file up to its first frame.
inline std::string gifScreen(int width, int height, const std::string& colours)
{
    return "GIF89a" + gifWord(width) + gifWord(height) + gifColourFlags(colours)
        + std::string(2, '\0') + colours;
}

inline Bytes gifBytes(const std::string& text)
{
    const auto bytes = std::as_bytes(std::span(text));
    return {bytes.begin(), bytes.end()};
}

/// A whole file.
inline Bytes gif(
    int width, int height, const std::string& colours, const std::vector<GifFrame>& frames)
{
    std::string text = gifScreen(width, height, colours);
    for (const GifFrame& frame : frames)
        text += gifFrame(frame);
    return gifBytes(text + ";");
}

/// 256 colours, every one another: (i, 5 i, 255 - i) with @p shift added to i.
inline std::string gifColours(int shift = 0)
{
    std::string colours;
    for (int i = shift; i < 256 + shift; ++i)
        colours += {char(i), char(5 * i), char(255 - i)};
    return colours;
}

/// Pixels that do not repeat soon.
inline std::vector<uint8_t> gifNoise(int width, int height)
{
    std::vector<uint8_t> pixels(std::size_t(width) * std::size_t(height));
    uint32_t state = 1;
    for (uint8_t& pixel : pixels)
        pixel = uint8_t((state = state * 1664525 + 1013904223) >> 24);
    return pixels;
}

/// What is to be read where all colours are those of gifColours(@p shift).
inline Image gifWanted(
    int width, int height, const std::vector<uint8_t>& pixels, int shift = 0, int transparent = -1)
{
    Image image = filled(width, height, {});
    for (std::size_t i = 0; i < pixels.size(); ++i) {
        const int colour = pixels[i] + shift;
        image.rgb[3 * i] = uint8_t(colour);
        image.rgb[3 * i + 1] = uint8_t(5 * colour);
        image.rgb[3 * i + 2] = uint8_t(255 - colour);
        if (transparent >= 0)
            image.alpha.push_back(pixels[i] == transparent ? 0 : 255);
    }
    return image;
}
