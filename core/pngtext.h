// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

/// A text chunk of a PNG file. Written as tEXt where plain and Latin-1, else as iTXt, compressed
/// where asked for.
struct TextChunk
{
    std::string keyword = {}; ///< 1 to 79 characters of Latin-1
    std::string text = {};    ///< UTF-8
    bool compressed = false;
};

/// The text chunks (tEXt, zTXt, iTXt) of a PNG file; empty for anything else or a damaged file. A
/// chunk is read up to
/// @p limit bytes unpacked and left out beyond it; reading never fails.
std::vector<TextChunk> readPngText(
    std::span<const std::byte> png, size_t limit = size_t(256) << 20);
