// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/picture/pngchunks.h"

#include <algorithm>
#include <array>
#include <zlib.h>

namespace {

constexpr std::string_view signature = "\x89PNG\r\n\x1a\n";
constexpr std::size_t frame = 12; // length, type and checksum around a chunk's content

} // namespace

std::string_view characters(std::span<const std::byte> bytes)
{
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

uint32_t bigEndian32(std::span<const std::byte> bytes, std::size_t offset)
{
    uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i)
        value = value << 8 | uint32_t(bytes[offset + i]);
    return value;
}

bool isPng(std::span<const std::byte> file)
{
    return characters(file).starts_with(signature);
}

bool visitPngChunks(
    std::span<const std::byte> file, const std::function<void(const PngChunk&)>& visit)
{
    if (!isPng(file))
        return false;
    file = file.subspan(signature.size());
    while (file.size() >= frame) {
        const std::size_t length = bigEndian32(file, 0);
        if (length > file.size() - frame)
            return false;
        const PngChunk chunk {characters(file.subspan(4, 4)), file.subspan(8, length)};
        visit(chunk);
        if (chunk.type == "IEND")
            return true;
        file = file.subspan(length + frame);
    }
    return false;
}

std::optional<std::string> inflated(std::span<const std::byte> packed, std::size_t& budget)
{
    z_stream stream {};
    if (packed.size() > UINT32_MAX || inflateInit(&stream) != Z_OK)
        return {};
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<std::byte*>(packed.data()));
    stream.avail_in = uInt(packed.size());
    std::string result;
    std::array<char, 1 << 14> piece; // not filled: there may be thousands of small texts
    int status = Z_OK;
    while (status == Z_OK && result.size() <= budget) {
        stream.next_out = reinterpret_cast<Bytef*>(piece.data());
        stream.avail_out = uInt(piece.size());
        status = inflate(&stream, Z_NO_FLUSH);
        result.append(piece.data(), piece.size() - stream.avail_out);
    }
    inflateEnd(&stream);
    const bool whole = status == Z_STREAM_END && result.size() <= budget;
    budget -= std::min(budget, result.size());
    if (!whole)
        return {};
    return result;
}
