// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/picture/decoder.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <gif_lib.h>
#include <memory>
#include <new>

namespace {

/// What giflib is given: what all frames share, then the first frame. It asks for a length and then
/// for so many bytes, so that of a block that is cut off nothing would be read: that one is given
/// the length that it has.
struct Giving
{
    std::span<const std::byte> shared, frame;
    const std::stop_token& stop;
    std::size_t cutBlock =
        SIZE_MAX;       ///< where the length of a block that is cut off is in the frame
    std::size_t at = 0; ///< in both together
    bool ended = false, stopped = false;

    /// Behind the end there are zeros: no more blocks.
    std::byte byte()
    {
        if (at < shared.size())
            return shared[at];
        const std::size_t inFrame = at - shared.size();
        if (inFrame == cutBlock)
            return std::byte(frame.size() - inFrame - 1);
        ended = ended || inFrame >= frame.size();
        return ended ? std::byte {} : frame[inFrame];
    }
};

int give(GifFileType* gif, GifByteType* to, int count)
{
    Giving& giving = *static_cast<Giving*>(gif->UserData);
    giving.stopped = giving.stopped || giving.stop.stop_requested();
    if (giving.stopped)
        return 0;
    for (int i = 0; i < count; ++i, ++giving.at)
        to[i] = GifByteType(giving.byte());
    return count;
}

/// Where the length of a block that goes beyond the frame's end is; SIZE_MAX where there is none.
std::size_t cutBlockOf(std::span<const std::byte> frame, std::size_t first)
{
    for (std::size_t at = first; at < frame.size();) {
        const auto length = std::size_t(frame[at]);
        if (at + length >= frame.size())
            return at;
        at += length + 1;
    }
    return SIZE_MAX;
}

struct CloseGif
{
    void operator()(GifFileType* gif) const
    {
        int error = 0;
        DGifCloseFile(gif, &error);
    }
};

using Gif = std::unique_ptr<GifFileType, CloseGif>;

void checkMemory(int error)
{
    if (error == D_GIF_ERR_NOT_ENOUGH_MEM)
        throw std::bad_alloc();
}

/// At the first frame; nothing where giflib does not take it.
Gif opened(Giving& giving, const FirstFrame& frame)
{
    int error = 0;
    Gif gif(DGifOpen(&giving, give, &error));
    checkMemory(error);
    GifRecordType type {};
    const bool there = gif && DGifGetRecordType(gif.get(), &type) == GIF_OK
        && type == IMAGE_DESC_RECORD_TYPE && DGifGetImageDesc(gif.get()) == GIF_OK;
    if (gif)
        checkMemory(gif->Error);
    const bool same = there && gif->Image.Width == frame.width && gif->Image.Height == frame.height;
    return same ? std::move(gif) : nullptr;
}

/// All 256, those that are not there black.
std::array<GifColorType, 256> coloursOf(const GifFileType& gif)
{
    std::array<GifColorType, 256> colours {};
    if (const ColorMapObject* own = gif.Image.ColorMap ? gif.Image.ColorMap : gif.SColorMap)
        std::copy_n(own->Colors, std::min(own->ColorCount, 256), colours.begin());
    return colours;
}

/// In which order the rows are stored.
std::vector<int> orderOfRows(int height, bool interlaced)
{
    constexpr std::pair<int, int> passes[] = {{0, 8}, {4, 8}, {2, 4}, {1, 2}};
    std::vector<int> order;
    order.reserve(std::size_t(height));
    if (!interlaced)
        for (int y = 0; y < height; ++y)
            order.push_back(y);
    else
        for (const auto& [first, step] : passes)
            for (int y = first; y < height; y += step)
                order.push_back(y);
    return order;
}

/// Of an interlaced picture of which only the first @p count rows of the order are there: the rows
/// between them are as those above. Returns how many at the end have none above them.
int fillBetween(Image& image, const std::vector<int>& order, int count)
{
    std::vector<bool> there(std::size_t(image.height));
    for (int i = 0; i < count; ++i)
        there[std::size_t(order[std::size_t(i)])] = true;
    const auto width = std::size_t(image.width);
    int last = 0; // it is the first that is stored
    for (int y = 0; y < image.height; ++y) {
        if (there[std::size_t(y)])
            last = y;
        else if (y - last >= 8)
            return image.height - y;
        else {
            std::copy_n(image.pixel(0, last), width * 3, image.pixel(0, y));
            if (!image.alpha.empty())
                std::copy_n(
                    &image.alpha[width * std::size_t(last)], width,
                    &image.alpha[width * std::size_t(y)]);
        }
    }
    return 0;
}

/// Decodes the rows as far as they are there; how many are.
int readRows(GifFileType& gif, const std::vector<int>& order, int transparent, Image& image)
{
    const auto colours = coloursOf(gif);
    std::vector<GifPixelType> row(std::size_t(image.width));
    for (std::size_t i = 0; i < order.size(); ++i) {
        if (DGifGetLine(&gif, row.data(), image.width) != GIF_OK)
            return int(i);
        uint8_t* out = image.pixel(0, order[i]);
        for (const GifPixelType value : row) {
            const GifColorType& colour = colours[value];
            *out++ = colour.Red;
            *out++ = colour.Green;
            *out++ = colour.Blue;
        }
        if (transparent >= 0)
            std::ranges::transform(
                row, &image.alpha[std::size_t(order[i]) * row.size()],
                [&](GifPixelType value) { return value == transparent ? 0 : 255; });
    }
    return int(order.size());
}

void addNotes(Decoded& decoded, const std::vector<int>& order, int count, bool interlaced, bool cut)
{
    const auto rows = int(order.size());
    if (count == rows) {
        if (cut)
            decoded.notes.emplace_back("The end of the file is missing; all its pixels are there.");
        return;
    }
    const int missing = interlaced ? fillBetween(decoded.image, order, count) : rows - count;
    if (missing > 0)
        decoded.notes.push_back(missingRows(missing, rows));
    else
        decoded.notes.emplace_back(
            "It is incomplete: its end is missing, so it is coarser than it was.");
}

} // namespace

Decoded decodedGif(
    std::span<const std::byte> file, const ImageHeader& header, const std::stop_token& stop)
{
    const FirstFrame& frame = *header.frame;
    const auto own = file.subspan(frame.begin, frame.size);
    Giving giving {
        .shared = file.first(gifScreenSize + gifColoursSize(file[gifSharedFlags])),
        .frame = own,
        .stop = stop,
        .cutBlock = cutBlockOf(own, 11 + gifColoursSize(own[9]))};
    const Gif gif = opened(giving, frame);
    if (giving.stopped)
        return {};
    Decoded decoded;
    int count = 0;
    const bool interlaced = gif && gif->Image.Interlace;
    const std::vector<int> order = orderOfRows(int(frame.height), interlaced);
    if (gif) {
        Image& image = decoded.image;
        image = {.width = int(frame.width), .height = int(frame.height)};
        const std::size_t pixels = std::size_t(image.width) * std::size_t(image.height);
        constexpr uint8_t grey = 128; // of what is missing
        image.rgb.assign(pixels * 3, grey);
        image.alpha.assign(frame.transparent >= 0 ? pixels : 0, 0);
        count = readRows(*gif, order, frame.transparent, image);
        checkMemory(gif->Error);
    }
    if (giving.stopped)
        return {};
    if (count == 0)
        return {
            .problem = giving.ended ? "is incomplete: the end of the GIF picture is missing"
                                    : "is damaged or incomplete: its pixels could not be read"};
    addNotes(decoded, order, count, interlaced, giving.ended || header.endIsMissing);
    return decoded;
}
