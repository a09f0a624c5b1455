// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image.h"
#include "core/picture/pngtext.h"
#include "core/sentence.h"

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

/// What is accepted, checked from the header before anything is decoded (hard cap: 268 million
/// pixels).
struct ImageLimits
{
    int64_t pixels = 100'000'000;
    int side = 30'000;
};

/// A decoded picture and what the user should know of it: one sentence each ("The colours were
/// converted from Display P3 to sRGB.").
struct LoadedImage
{
    Image image = {};
    std::vector<Sentence> notes = {};
};

/// Reads a PNG, JPEG, WebP, TIFF, BMP file (told apart by content): upright by its EXIF
/// orientation, in sRGB, 8 bits, alpha apart. Throws Error naming the file: not a picture,
/// unsupported, too large, incomplete.
LoadedImage loadImage(const std::filesystem::path& path, const ImageLimits& limits = {});
/// The same from memory; @p name stands for the file in messages.
LoadedImage decodeImage(
    std::span<const std::byte> bytes, const std::string& name, const ImageLimits& limits = {});

/// A PNG tagged sRGB, with text chunks before the pixels.
std::vector<std::byte> encodePng(const Image& image, const std::vector<TextChunk>& text = {});
