// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/imageheader.h"
#include "core/pngchunks.h"

#include <algorithm>
#include <string_view>

namespace {

/// Width and height from the beginning of a WebP chunk that holds pixels or the canvas.
void takeWebPSize(std::string_view type, std::span<const std::byte> bytes, ImageHeader& header)
{
    if (type == "VP8X" && bytes.size() >= 10) {
        header.width = littleEndian(bytes, 4, 3) + 1;
        header.height = littleEndian(bytes, 7, 3) + 1;
    } else if (type == "VP8 " && bytes.size() >= 10) {
        header.width = littleEndian(bytes, 6, 2) & 0x3FFF;
        header.height = littleEndian(bytes, 8, 2) & 0x3FFF;
    } else if (type == "VP8L" && bytes.size() >= 5) {
        const uint32_t bits = littleEndian(bytes, 1, 4);
        header.width = (bits & 0x3FFF) + 1;
        header.height = (bits >> 14 & 0x3FFF) + 1;
    }
}

/// A frame's place and size come before its chunks. Nothing where it is not within the picture or
/// its pixels are of another size.
std::optional<FirstFrame> webPFrame(
    std::span<const std::byte> file, std::span<const std::byte> bytes, const ImageHeader& header)
{
    constexpr std::size_t placed = 16;
    if (bytes.size() < placed)
        return {};
    FirstFrame frame {
        .x = int64_t(littleEndian(bytes, 0, 3)) * 2,
        .y = int64_t(littleEndian(bytes, 3, 3)) * 2,
        .width = int64_t(littleEndian(bytes, 6, 3)) + 1,
        .height = int64_t(littleEndian(bytes, 9, 3)) + 1};
    ImageHeader pixels;
    std::span<const std::byte> rest = bytes.subspan(placed);
    while (rest.size() >= 8 && frame.pixelsSize == 0) {
        const std::string_view type = characters(rest.first(4));
        const std::size_t length = littleEndian(rest, 4, 4), whole = 8 + length + length % 2;
        if (whole > rest.size())
            return {};
        const auto at = std::size_t(rest.data() - file.data());
        if (type == "ALPH" && frame.alphaSize == 0) {
            frame.alpha = at;
            frame.alphaSize = whole;
        } else if (type == "VP8 " || type == "VP8L") {
            frame.pixels = at;
            frame.pixelsSize = whole;
            takeWebPSize(type, rest.subspan(8, length), pixels);
        }
        rest = rest.subspan(whole);
    }
    const bool fits = frame.x + frame.width <= header.width
        && frame.y + frame.height <= header.height && pixels.width == frame.width
        && pixels.height == frame.height;
    return fits ? std::optional(frame) : std::nullopt;
}

} // namespace

void readWebPHeader(std::span<const std::byte> file, ImageHeader& header)
{
    bool whole = uint64_t(littleEndian(file, 4, 4)) + 8 <= file.size();
    int frames = 0;
    std::span<const std::byte> rest = file.subspan(12);
    while (rest.size() >= 8) {
        const std::string_view type = characters(rest.first(4));
        const std::size_t length = littleEndian(rest, 4, 4);
        rest = rest.subspan(8);
        whole = whole && length <= rest.size();
        const auto bytes = rest.first(std::min(length, rest.size()));
        if (header.width == 0)
            takeWebPSize(type, bytes, header);
        if (type == "ANMF" && ++frames == 1)
            header.frame = webPFrame(file, bytes, header);
        else if (type == "EXIF")
            takeExif(bytes, header);
        else if (type == "ICCP" && length <= metadataLimit)
            header.profile = characters(bytes);
        else if (type == "ICCP")
            header.notes.emplace_back("Its colour profile is larger than 1 MiB and was ignored.");
        rest = rest.subspan(std::min(length + length % 2, rest.size()));
    }
    if (header.width == 0)
        header.problem = "is a damaged WebP picture: its header is missing";
    else if (!whole)
        header.problem = "is incomplete: the end of the WebP picture is missing";
    else if (frames > 0 && !header.frame)
        header.problem = "is a damaged WebP picture: its first frame does not fit into it";
    if (frames > 1)
        header.notes.push_back(
            "It is animated (" + std::to_string(frames) + " frames); its first frame was read.");
}
