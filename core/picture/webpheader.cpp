// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/picture/imageheader.h"
#include "core/picture/pngchunks.h"

#include <algorithm>
#include <memory>
#include <string_view>
#include <webp/decode.h>
#include <webp/demux.h>

namespace {

const uint8_t* bytesOf(std::span<const std::byte> file)
{
    return reinterpret_cast<const uint8_t*>(file.data());
}

/// The first frame of an animation that may be cut behind it. Nothing where it is not within the
/// picture or, which the demuxer does not mind, its pixels are of another size than @p chunk says.
std::optional<FirstFrame> firstFrame(
    std::span<const std::byte> file, std::span<const std::byte> chunk)
{
    constexpr std::size_t described = 16; // bytes of an ANMF before its pixels
    if (chunk.size() < described)
        return {};
    const WebPData data {bytesOf(file), file.size()};
    const std::unique_ptr<WebPDemuxer, decltype(&WebPDemuxDelete)> demuxer(
        WebPDemuxPartial(&data, nullptr), WebPDemuxDelete);
    WebPIterator frame {};
    if (!WebPDemuxGetFrame(demuxer.get(), 1, &frame))
        return {};
    const FirstFrame found {
        .begin = std::size_t(frame.fragment.bytes - data.bytes),
        .size = frame.fragment.size,
        .x = frame.x_offset,
        .y = frame.y_offset,
        .width = frame.width,
        .height = frame.height};
    const bool fits = frame.complete && found.width == littleEndian(chunk, 6, 3) + 1
        && found.height == littleEndian(chunk, 9, 3) + 1;
    WebPDemuxReleaseIterator(&frame);
    return fits ? std::optional(found) : std::nullopt;
}

} // namespace

void readWebPHeader(std::span<const std::byte> file, ImageHeader& header)
{
    WebPBitstreamFeatures features {};
    const VP8StatusCode status = WebPGetFeatures(bytesOf(file), file.size(), &features);
    if (status == VP8_STATUS_OK) {
        header.width = features.width;
        header.height = features.height;
    }
    // The chunks one by one, not from the demuxer: it leaves out metadata that no VP8X announces
    // and refuses a file for damage behind its first picture.
    bool whole = uint64_t(littleEndian(file, 4, 4)) + 8 <= file.size();
    int frames = 0;
    std::span<const std::byte> rest = file.subspan(12);
    while (rest.size() >= 8) {
        const std::string_view type = characters(rest.first(4));
        const std::size_t length = littleEndian(rest, 4, 4);
        rest = rest.subspan(8);
        whole = whole && length <= rest.size();
        const auto bytes = rest.first(std::min(length, rest.size()));
        rest = rest.subspan(std::min(length + length % 2, rest.size()));
        if (type == "ANMF" && ++frames == 1)
            header.frame = firstFrame(file.first(file.size() - rest.size()), bytes);
        else if (type == "EXIF")
            takeExif(bytes, header);
        else if (type == "ICCP" && length <= metadataLimit)
            header.profile = characters(bytes);
        else if (type == "ICCP")
            header.notes.emplace_back("Its colour profile is larger than 1 MiB and was ignored.");
    }
    if (!whole)
        header.problem = "is incomplete: the end of the WebP picture is missing";
    else if (status != VP8_STATUS_OK)
        header.problem = "is a damaged WebP picture: its header is missing";
    else if (frames > 0 && !header.frame)
        header.problem = "is a damaged WebP picture: its first frame does not fit into it";
    if (frames > 1)
        header.notes.emplace_back("It is animated (%1 frames); its first frame was read.", frames);
}
