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

// By the formats' own libraries, row by row: what is there of a file that is cut off is read, with
// a note, and what the libraries would write to standard error does not get there. The sides must
// be those of the header.

Decoded decodedPng(
    std::span<const std::byte> file, const ImageHeader& header, const std::stop_token& stop);
/// The sides divided by @p divisor (1, 2, 4 or 8) and rounded up, while decoding.
Decoded decodedJpeg(
    std::span<const std::byte> file, const ImageHeader& header, int divisor,
    const std::stop_token& stop);
/// What is to be said where @p missing of @p rows are not there.
Sentence missingRows(int64_t missing, int64_t rows);
