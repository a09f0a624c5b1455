// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/picture/imageheader.h"
#include "core/picture/pngchunks.h"

#include <map>

namespace {

enum Marker : uint8_t {
    Dht = 0xC4,
    Jpg = 0xC8,
    Dac = 0xCC,
    Rst0 = 0xD0,
    Soi = 0xD8,
    Eoi = 0xD9,
    Sos = 0xDA,
    App1 = 0xE1,
    App2 = 0xE2,
    App14 = 0xEE
};

/// What the segments of a JPEG file tell (ITU T.81, annex B).
struct Segments
{
    int components = 0;
    bool adobe = false, exif = false, scan = false, end = false;
    std::map<uint8_t, std::span<const std::byte>> profile = {}; ///< its parts by their numbers
};

std::size_t pair(std::span<const std::byte> bytes, std::size_t offset)
{
    return std::size_t(bytes[offset]) << 8 | std::size_t(bytes[offset + 1]);
}

bool isFrame(uint8_t marker)
{
    return marker >= 0xC0 && marker <= 0xCF && marker != Dht && marker != Jpg && marker != Dac;
}

bool standsAlone(uint8_t marker)
{
    return (marker >= Rst0 && marker <= Soi) || marker <= 0x01;
}

void take(uint8_t marker, std::span<const std::byte> bytes, Segments& segments, ImageHeader& header)
{
    using namespace std::string_view_literals;
    const std::string_view text = characters(bytes);
    if (isFrame(marker) && segments.components == 0 && bytes.size() >= 6) {
        header.height = int64_t(pair(bytes, 1));
        header.width = int64_t(pair(bytes, 3));
        segments.components = int(bytes[5]);
    } else if (marker == App1 && !segments.exif && text.starts_with("Exif\0\0"sv)) {
        segments.exif = true;
        header.orientation = exifOrientation(bytes.subspan(6));
    } else if (marker == App2 && text.starts_with("ICC_PROFILE\0"sv) && bytes.size() > 14) {
        segments.profile.emplace(uint8_t(bytes[12]), bytes.subspan(14));
    } else if (marker == App14 && text.starts_with("Adobe")) {
        segments.adobe = true;
    } else if (marker == Sos) {
        segments.scan = true;
    }
}

/// The next marker at or after @p at that is not part of compressed pixels, which hold FF only
/// before 00 or between their own restart markers; at the end of the file: its size.
std::size_t nextMarker(std::span<const std::byte> file, std::size_t at)
{
    const std::string_view text = characters(file);
    while ((at = text.find('\xFF', at)) < file.size() - 1) {
        const auto next = static_cast<uint8_t>(text[at + 1]);
        if (next != 0xFF && next != 0 && !(next >= Rst0 && next < Soi))
            return at;
        at += next == 0xFF ? 1 : 2;
    }
    return file.size();
}

Segments readSegments(std::span<const std::byte> file, ImageHeader& header)
{
    Segments segments;
    std::size_t at = 2;
    while ((at = nextMarker(file, at)) + 2 <= file.size()) {
        const auto marker = uint8_t(file[at + 1]);
        at += 2;
        if (marker == Eoi) {
            segments.end = true;
            break;
        }
        if (standsAlone(marker))
            continue;
        if (file.size() - at < 2)
            break;
        const std::size_t length = pair(file, at);
        if (length < 2 || length > file.size() - at)
            break;
        take(marker, file.subspan(at + 2, length - 2), segments, header);
        at += length;
    }
    return segments;
}

} // namespace

void readJpegHeader(std::span<const std::byte> file, ImageHeader& header)
{
    const Segments segments = readSegments(file, header);
    for (const auto& [number, part] : segments.profile)
        header.profile += characters(part);
    if (header.profile.size() > metadataLimit) {
        header.profile.clear();
        header.notes.push_back("Its colour profile is larger than 1 MiB and was ignored.");
    }
    if (!segments.end && (segments.components == 0 || !segments.scan))
        header.problem = "is incomplete: the end of the JPEG picture is missing";
    else if (segments.components == 0 || !segments.scan)
        header.problem = "is a damaged JPEG picture: it holds no pixels";
    if (segments.components != 4)
        return;
    // Only Adobe's programs say how they store the four inks, and the decoder assumes their way.
    if (!segments.adobe && header.problem.empty())
        header.problem = "is a JPEG picture in CMYK of an unknown kind; save it in RGB";
    header.profile.clear();
    header.notes.push_back(
        "Its CMYK colours were converted to RGB without a colour profile and may look different.");
}
