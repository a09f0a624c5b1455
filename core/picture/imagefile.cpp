// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/picture/imagefile.h"

#include "core/errors.h"
#include "core/file/files.h"
#include "core/file/systemerror.h"
#include "core/picture/colorprofile.h"
#include "core/picture/decoder.h"
#include "core/picture/imageheader.h"
#include "core/picture/pngencoder.h"

#include <algorithm>

namespace {

constexpr int64_t wholePixels = 100'000'000; ///< more are made fewer where the format can
constexpr uint64_t largestFile = uint64_t(1) << 30;

Sentence millions(double pixels)
{
    const double rounded = pixels / 1e6;
    std::string text = std::to_string(rounded);
    text.resize(rounded < 10 ? text.find('.') + 3 : text.find('.'));
    return {"%1 million", text};
}

/// What a picture of so many pixels takes.
Sentence memoryOf(int64_t pixels)
{
    return amountOf(uint64_t(pixels) * 3);
}

/// By what the sides are divided while decoding: 1, 2, 4 or 8. Throws where a picture of that size
/// is not read.
int divisorFor(const ImageHeader& header, const std::string& name, const ImageLimits& limits)
{
    const bool scales = header.format == ImageFormat::Jpeg;
    const int64_t most = std::min(limits.pixels, mostPixels);
    const bool tooLong = std::max(header.width, header.height) > (scales ? 65'535 : limits.side);
    // Of two sides of 32 bits the product would not fit.
    const int64_t pixels = tooLong ? INT64_MAX : header.width * header.height;
    for (int divisor = 1; divisor <= (scales ? 8 : 1) && pixels <= mostPixels; divisor *= 2) {
        const int64_t width = (header.width + divisor - 1) / divisor;
        const int64_t height = (header.height + divisor - 1) / divisor;
        if (width * height <= (scales ? std::min(most, wholePixels) : most)
            && std::max(width, height) <= limits.side)
            return divisor;
    }
    throw Error(
        "%1 is too large: %2 x %3 pixels (%4). At most %5 pixels and %6 on a side are read; make "
        "it smaller first.",
        name, header.width, header.height, millions(double(header.width) * double(header.height)),
        millions(double(scales ? mostPixels : most)), limits.side);
}

/// The header of a file that is whole as far as its header tells. What it says of its sides counts
/// for nothing before.
ImageHeader soundHeader(std::span<const std::byte> bytes, const std::string& name)
{
    ImageHeader header = readImageHeader(bytes, name);
    if (!header.problem.empty())
        throw Error("%1 %2.", name, header.problem);
    return header;
}

/// What is to be known of a large picture.
void noteSize(const ImageHeader& header, int divisor, LoadedImage& loaded)
{
    const int64_t pixels = header.width * header.height;
    const Image& image = loaded.image;
    if (divisor > 1)
        loaded.notes.emplace_back(
            "It has %1 x %2 pixels and was read at %3 x %4, which takes %5 in place of %6.",
            header.width, header.height, image.width, image.height,
            memoryOf(int64_t(image.width) * image.height), memoryOf(pixels));
    else if (pixels > wholePixels)
        loaded.notes.emplace_back(
            "It has %1 x %2 pixels, which take %3 of memory.", header.width, header.height,
            memoryOf(pixels));
}

Decoded decoded(
    std::span<const std::byte> file, const ImageHeader& header, int divisor,
    const std::stop_token& stop)
{
    switch (header.format) {
    case ImageFormat::Png:
        return decodedPng(file, header, stop);
    case ImageFormat::Jpeg:
        return decodedJpeg(file, header, divisor, stop);
    case ImageFormat::WebP:
        return decodedWebP(file, header, stop);
    case ImageFormat::Tiff:
        return decodedTiff(file, header, stop);
    case ImageFormat::Gif:
        return decodedGif(file, header, stop);
    case ImageFormat::Bmp:
        break;
    }
    return decodedBmp(file, header, stop);
}

/// The frame at its place; what it does not cover is transparent.
Image onCanvas(const Image& frame, const ImageHeader& header)
{
    Image canvas = filled(int(header.width), int(header.height), {});
    canvas.alpha.resize(canvas.rgb.size() / 3);
    for (int y = 0; y < frame.height; ++y) {
        const std::size_t row = std::size_t(y) * frame.width;
        const auto at = std::size_t((header.frame->y + y) * canvas.width + header.frame->x);
        std::copy_n(&frame.rgb[row * 3], frame.width * 3, &canvas.rgb[at * 3]);
        if (frame.alpha.empty())
            std::fill_n(&canvas.alpha[at], frame.width, 255);
        else
            std::copy_n(&frame.alpha[row], frame.width, &canvas.alpha[at]);
    }
    return canvas;
}

/// The picture as it is stored; empty where it is stopped.
Image pixelsIn(
    std::span<const std::byte> file, const ImageHeader& header, int divisor,
    const std::string& name, std::vector<Sentence>& notes, const std::stop_token& stop)
{
    Decoded found = decoded(file, header, divisor, stop);
    if (!found.problem.empty())
        throw Error("%1 %2.", name, found.problem);
    Image image = std::move(found.image);
    notes.insert(notes.end(), found.notes.begin(), found.notes.end());
    if (image.empty())
        return image;
    if (std::ranges::all_of(image.alpha, [](uint8_t a) { return a == 255; }))
        image.alpha = {};
    if (header.frame && (image.width < header.width || image.height < header.height))
        return onCanvas(image, header);
    return image; // not copied
}

/// Upright, by the EXIF orientation (CIPA DC-008, 4.6.4): where the stored first row and first
/// column are. Empty where it is stopped.
Image turned(Image image, int orientation, const std::stop_token& stop)
{
    if (orientation == 1)
        return image;
    const bool swapped = orientation >= 5;
    const bool fromRight = orientation == 2 || orientation == 3 || orientation >= 7;
    const bool fromBottom =
        orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
    Image result {.width = image.width, .height = image.height};
    if (swapped)
        std::swap(result.width, result.height);
    result.rgb.reserve(image.rgb.size());
    result.alpha.reserve(image.alpha.size());
    for (int y = 0; y < result.height; ++y) {
        if (stop.stop_requested())
            return {};
        for (int x = 0; x < result.width; ++x) {
            int column = swapped ? y : x, row = swapped ? x : y;
            column = fromRight ? image.width - 1 - column : column;
            row = fromBottom ? image.height - 1 - row : row;
            const uint8_t* pixel = image.pixel(column, row);
            result.rgb.insert(result.rgb.end(), pixel, pixel + 3);
            if (!image.alpha.empty())
                result.alpha.push_back(image.alpha[std::size_t(row) * image.width + column]);
        }
    }
    return result;
}

/// A row as PNG has it: that of the picture or, with alpha, four bytes a pixel, put together in
/// @p room.
const uint8_t* rowOf(const Image& image, int y, std::vector<uint8_t>& room)
{
    if (image.alpha.empty())
        return image.pixel(0, y);
    const uint8_t* alpha = &image.alpha[std::size_t(y) * image.width];
    for (int x = 0; x < image.width; ++x) {
        std::copy_n(image.pixel(x, y), 3, &room[std::size_t(x) * 4]);
        room[std::size_t(x) * 4 + 3] = alpha[x];
    }
    return room.data();
}

} // namespace

LoadedImage loadImage(
    const std::filesystem::path& path, const ImageLimits& limits, const std::stop_token& stop)
{
    return decodeImage(readFile(path, largestFile), path.filename().string(), limits, stop);
}

LoadedImage decodeImage(
    std::span<const std::byte> bytes, const std::string& name, const ImageLimits& limits,
    const std::stop_token& stop)
{
    ImageHeader header = soundHeader(bytes, name);
    const int divisor = divisorFor(header, name, limits);
    LoadedImage result {.notes = std::move(header.notes)};
    result.image = pixelsIn(bytes, header, divisor, name, result.notes, stop);
    if (result.image.empty() || stop.stop_requested())
        return {};
    noteSize(header, divisor, result);
    if (!header.profile.empty())
        if (Sentence note = convertToSrgb(result.image, header.profile, stop); !note.empty())
            result.notes.push_back(std::move(note));
    result.image = turned(std::move(result.image), header.orientation, stop);
    return stop.stop_requested() ? LoadedImage {} : std::move(result);
}

int64_t pixelsOf(std::span<const std::byte> bytes, const std::string& name)
{
    const ImageHeader header = soundHeader(bytes, name);
    divisorFor(header, name, {});
    return header.width * header.height;
}

std::vector<std::byte> encodePng(const Image& image, const std::vector<TextChunk>& text)
{
    std::vector<uint8_t> room(std::size_t(image.width) * 4); // of one row
    PngPicture picture {
        .width = image.width,
        .height = image.height,
        .colours = image.alpha.empty() ? PngPicture::Rgb : PngPicture::Rgba,
        .row = [&](int y) { return rowOf(image, y, room); }};
    for (const TextChunk& chunk : text)
        picture.texts.push_back(packed(chunk));
    return encodePng(picture);
}
