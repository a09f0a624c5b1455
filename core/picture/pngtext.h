// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// A text chunk of a PNG file. Written as tEXt where it is Latin-1 and not to be compressed, else
/// as iTXt; above 1 MiB never compressed.
struct TextChunk
{
    std::string keyword = {}; ///< 1 to 79 characters of Latin-1
    std::string text = {};    ///< UTF-8
    bool compressed = false;
};

/// The text chunks (tEXt, zTXt, iTXt) of a PNG file, as far as it is whole; none for anything else.
/// All together may have @p limit bytes unpacked, and they may be 10,000, counting also those that
/// are not taken. A chunk beyond that, one that unpacks to more than 16 MiB and eight times its
/// size, and a damaged one is left out. What has a keyword that is not @p wanted is not unpacked.
/// Reading never fails.
std::vector<TextChunk> readPngText(
    std::span<const std::byte> png, size_t limit = size_t(256) << 20,
    const std::function<bool(std::string_view keyword)>& wanted = {});

/// A chunk as it stands in the file.
struct PackedText
{
    std::string type = {}; ///< tEXt, iTXt
    std::string bytes = {};
};
/// Throws Error for a keyword that PNG does not allow.
PackedText packed(const TextChunk& chunk);
