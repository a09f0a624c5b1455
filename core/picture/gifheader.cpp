// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/picture/imageheader.h"
#include "core/picture/pngchunks.h"

#include <algorithm>
#include <string_view>

namespace {

constexpr std::size_t descriptorSize = 10; ///< of a frame
constexpr int mostParts = 1 << 22;         ///< that are visited; as many as a GiB needs at most
constexpr unsigned char frameMark = 0x2C, extensionMark = 0x21;
constexpr unsigned char controlLabel = 0xF9, applicationLabel = 0xFF;
constexpr std::string_view profileName = "ICCRGBG1012";

/// Where one is in the file, and how many parts of it one may still look at.
struct GifWalk
{
    std::span<const std::byte> file;
    std::size_t at = 0;
    int parts = mostParts;

    [[nodiscard]] std::size_t left() const { return file.size() - at; }
    [[nodiscard]] unsigned char byte(std::size_t offset = 0) const
    {
        return static_cast<unsigned char>(file[at + offset]);
    }
};

/// Goes past blocks of data and the empty one behind them. False: that is not there. What they
/// have is put behind @p content, up to a byte more than the limit.
bool passBlocks(GifWalk& walk, std::string* content = nullptr)
{
    while (walk.left() > 0 && walk.parts-- > 0) {
        const std::size_t length = walk.byte();
        const std::size_t there = std::min(length, walk.left() - 1);
        if (content && content->size() <= metadataLimit)
            *content += characters(walk.file.subspan(walk.at + 1, there));
        walk.at += 1 + there;
        if (length == 0)
            return true;
    }
    return false;
}

/// Goes past an extension. Of those before the first frame the colour that is left out of it and
/// the colour profile are taken.
bool passExtension(GifWalk& walk, ImageHeader& header, int& transparent)
{
    if (walk.left() < 2)
        return false;
    const unsigned char label = walk.byte(1);
    walk.at += 2;
    if (header.frame)
        return passBlocks(walk);
    if (label == controlLabel && walk.left() >= 5 && walk.byte() == 4)
        transparent = walk.byte(1) & 1 ? walk.byte(4) : -1;
    const bool profile = label == applicationLabel && walk.left() > profileName.size()
        && walk.byte() == profileName.size()
        && characters(walk.file.subspan(walk.at + 1, profileName.size())) == profileName;
    if (!profile || !header.profile.empty())
        return passBlocks(walk);
    walk.at += 1 + profileName.size();
    const bool whole = passBlocks(walk, &header.profile);
    if (header.profile.size() > metadataLimit) {
        header.profile.clear();
        header.notes.emplace_back("Its colour profile is larger than 1 MiB and was ignored.");
    }
    return whole;
}

/// Goes past a frame; the first is kept.
bool passFrame(GifWalk& walk, ImageHeader& header, int transparent)
{
    const std::size_t begin = walk.at;
    if (walk.left() < descriptorSize)
        return false;
    const FirstFrame frame {
        .begin = begin,
        .x = littleEndian(walk.file, begin + 1, 2),
        .y = littleEndian(walk.file, begin + 3, 2),
        .width = littleEndian(walk.file, begin + 5, 2),
        .height = littleEndian(walk.file, begin + 7, 2),
        .transparent = transparent};
    const std::size_t colours = gifColoursSize(walk.file[begin + 9]);
    if (!header.frame && colours + gifColoursSize(walk.file[gifSharedFlags]) == 0)
        header.problem = "is a damaged GIF picture: it has no colours";
    // Behind the colours a byte says how wide the first codes are.
    walk.at += std::min(walk.left(), descriptorSize + colours + 1);
    const bool whole = passBlocks(walk);
    if (!header.frame) {
        header.frame = frame;
        header.frame->size = walk.at - begin;
    }
    return whole;
}

} // namespace

std::size_t gifColoursSize(std::byte flags)
{
    const bool there = (flags & std::byte(0x80)) != std::byte(0);
    return there ? std::size_t(6) << unsigned(flags & std::byte(7)) : 0;
}

void readGifHeader(std::span<const std::byte> file, ImageHeader& header)
{
    GifWalk walk {.file = file};
    bool whole = file.size() >= gifScreenSize;
    if (whole)
        walk.at = gifScreenSize + gifColoursSize(file[gifSharedFlags]);
    whole = whole && walk.at <= file.size();
    int frames = 0, transparent = -1;
    while (whole && walk.parts > 0) {
        whole = walk.left() > 0;
        const unsigned char mark = whole ? walk.byte() : 0;
        if (whole && mark == frameMark) {
            whole = passFrame(walk, header, transparent);
            ++frames;
        } else if (whole && mark == extensionMark)
            whole = passExtension(walk, header, transparent);
        else if (whole)
            break; // the end, or what browsers take for it
    }
    const bool tooMany = walk.parts <= 0;
    header.endIsMissing = !whole && !tooMany;
    if (!header.frame) {
        header.problem = header.endIsMissing
            ? "is incomplete: the end of the GIF picture is missing"
            : "is a damaged GIF picture: it has no frame";
        return;
    }
    // A frame that goes beyond the picture makes it larger, as in browsers.
    const FirstFrame& frame = *header.frame;
    if (frame.width > 0 && frame.height > 0) {
        header.width = std::max<int64_t>(littleEndian(file, 6, 2), frame.x + frame.width);
        header.height = std::max<int64_t>(littleEndian(file, 8, 2), frame.y + frame.height);
    }
    if (tooMany && frames > 1)
        header.notes.emplace_back(
            "It is animated (more than %1 frames); its first frame was read.", frames);
    else if (frames > 1)
        header.notes.emplace_back("It is animated (%1 frames); its first frame was read.", frames);
}
