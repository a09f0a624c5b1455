// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image.h"
#include "core/picture/imageheader.h"
#include "core/sentence.h"

#include <cstddef>
#include <span>
#include <stop_token>
#include <vector>

/// What a decoder made of a file.
struct Decoded
{
    Image image = {};      ///< empty where there is a problem or it was stopped
    Sentence problem = {}; ///< to follow the name
    std::vector<Sentence> notes = {};
};

// By the formats' own libraries, piece by piece, so that a decode is stopped between two of them:
// at the next rows of a PNG or JPEG, the next 256th of a WebP file, the next strip or tile of a
// TIFF, the next block (255 bytes) of a GIF, the next MiB of a BMP whose rows are not packed. What
// the libraries would write to standard error does not get there. The sides must be those of the
// header.

/// What is there of a file that is cut off is read, with a note.
Decoded decodedPng(
    std::span<const std::byte> file, const ImageHeader& header, const std::stop_token& stop);
/// Likewise; the sides divided by @p divisor (1, 2, 4 or 8) and rounded up, while decoding.
Decoded decodedJpeg(
    std::span<const std::byte> file, const ImageHeader& header, int divisor,
    const std::stop_token& stop);
/// The first picture of an animated one: the frame alone.
Decoded decodedWebP(
    std::span<const std::byte> file, const ImageHeader& header, const std::stop_token& stop);
/// The first page. What is there of a strip or tile that is damaged is read, with a note.
Decoded decodedTiff(
    std::span<const std::byte> file, const ImageHeader& header, const std::stop_token& stop);
/// The first frame alone, where its file has colours for it. What is there of one that is cut off
/// is read, with a note.
Decoded decodedGif(
    std::span<const std::byte> file, const ImageHeader& header, const std::stop_token& stop);
/// By OpenCV.
Decoded decodedBmp(
    std::span<const std::byte> file, const ImageHeader& header, const std::stop_token& stop);
/// What is to be said where @p missing of @p rows are not there.
Sentence missingRows(int64_t missing, int64_t rows);
