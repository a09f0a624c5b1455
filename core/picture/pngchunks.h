// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

/// A piece of a PNG file (PNG specification, section 5): its four letters and its content.
struct PngChunk
{
    std::string_view type = {};
    std::span<const std::byte> bytes = {};
};

bool isPng(std::span<const std::byte> file);
/// Visits the chunks up to IEND; their checksums are not looked at. False where the file ends
/// before IEND.
bool visitPngChunks(
    std::span<const std::byte> file, const std::function<void(const PngChunk&)>& visit);
/// Four bytes at @p offset, most significant first; they must be there.
uint32_t bigEndian32(std::span<const std::byte> bytes, std::size_t offset);
/// The bytes as characters.
std::string_view characters(std::span<const std::byte> bytes);
/// What zlib packed; nothing where it is damaged or longer than @p budget, which becomes smaller by
/// what was unpacked either way.
std::optional<std::string> inflated(std::span<const std::byte> packed, std::size_t& budget);
