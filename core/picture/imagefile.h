// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image.h"
#include "core/picture/pngtext.h"
#include "core/sentence.h"

#include <cstddef>
#include <filesystem>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

/// What a picture, or all pictures of a record together, may have.
constexpr int64_t mostPixels = int64_t(1) << 28;

/// What is accepted, checked from the header before anything is decoded. A JPEG picture of more
/// pixels, or of more than 100 million, is made smaller while it is decoded.
struct ImageLimits
{
    int64_t pixels = mostPixels; ///< at most mostPixels
    int side = 30'000;
};

/// A decoded picture and what the user should know of it: one sentence each ("The colours were
/// converted from Display P3 to sRGB.").
struct LoadedImage
{
    Image image = {};
    std::vector<Sentence> notes = {};
};

/// Reads a PNG, JPEG, WebP, TIFF, BMP or GIF file (told apart by content): upright by its EXIF
/// orientation, in sRGB, 8 bits, alpha apart. Throws Error naming the file: not a picture,
/// unsupported, too large, without any pixels. Of a PNG or JPEG that is cut off what is there is
/// read, with a note. Empty where it is stopped.
LoadedImage loadImage(
    const std::filesystem::path& path, const ImageLimits& limits = {},
    const std::stop_token& stop = {});
/// The same from memory; @p name stands for the file in messages.
LoadedImage decodeImage(
    std::span<const std::byte> bytes, const std::string& name, const ImageLimits& limits = {},
    const std::stop_token& stop = {});
/// How many pixels it would have, from its header. Throws Error as above.
int64_t pixelsOf(std::span<const std::byte> bytes, const std::string& name);

/// A PNG tagged sRGB, with text chunks before the pixels.
std::vector<std::byte> encodePng(const Image& image, const std::vector<TextChunk>& text = {});
