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
#include <cstring>
#include <iostream>
#include <mutex>
#include <opencv2/core/utils/logger.hpp>
#include <opencv2/imgcodecs.hpp>
#include <webp/decode.h>

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

/// By libwebp itself, since OpenCV decodes no animation. Empty: it could not.
cv::Mat decodedFrame(std::span<const std::byte> file, const FirstFrame& frame)
{
    cv::Mat pixels(int(frame.height), int(frame.width), CV_8UC4);
    const auto* chunks = reinterpret_cast<const uint8_t*>(file.data()) + frame.begin;
    const bool read = WebPDecodeBGRAInto(
        chunks, frame.size, pixels.data, pixels.total() * pixels.elemSize(), int(pixels.step));
    return read ? pixels : cv::Mat();
}

/// A copy for the decoder.
std::vector<std::byte> patched(std::span<const std::byte> file, const ImageHeader& header)
{
    std::vector<std::byte> copy(file.begin(), file.end());
    for (const auto& [at, value] : header.patches)
        std::memcpy(&copy[at], &value, sizeof value);
    return copy;
}

/// While it lives OpenCV says nothing of a damaged file on standard error.
class Quiet
{
public:
    Quiet()
        : m_lock(mutex())
        , m_level(cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT))
        , m_before(std::cerr.rdbuf(nullptr))
    {
    }
    ~Quiet()
    {
        std::cerr.rdbuf(m_before); // which makes it good again
        cv::utils::logging::setLogLevel(m_level);
    }
    Quiet(const Quiet&) = delete;
    Quiet& operator=(const Quiet&) = delete;

private:
    static std::mutex& mutex()
    {
        static std::mutex one;
        return one;
    }

    std::scoped_lock<std::mutex> m_lock;
    cv::utils::logging::LogLevel m_level;
    std::streambuf* m_before;
};

/// WebP, TIFF and BMP.
cv::Mat decodedPixels(
    std::span<const std::byte> file, const ImageHeader& header, const std::string& name)
{
    const Quiet quiet;
    cv::Mat pixels;
    try {
        if (header.frame) {
            pixels = decodedFrame(file, *header.frame);
        } else {
            std::vector<std::byte> bytes = patched(file, header);
            pixels = cv::imdecode(
                cv::Mat(1, int(bytes.size()), CV_8U, bytes.data()), cv::IMREAD_UNCHANGED);
        }
    } catch (const cv::Exception& exception) {
        if (exception.code == cv::Error::StsNoMem)
            throw std::bad_alloc();
    }
    const bool known = pixels.depth() == CV_8U || pixels.depth() == CV_16U;
    const int channels = pixels.channels();
    const int64_t width = header.frame ? header.frame->width : header.width;
    const int64_t height = header.frame ? header.frame->height : header.height;
    if (pixels.cols != width || pixels.rows != height)
        throw Error("%1 is damaged or incomplete: its pixels could not be read.", name);
    if (!known || (channels != 1 && channels != 3 && channels != 4))
        throw Error("%1 holds pixels of a kind that is not supported; save it as 8-bit PNG.", name);
    return pixels;
}

uint8_t eightBits(uint8_t value)
{
    return value;
}

uint8_t eightBits(uint16_t value)
{
    return uint8_t((value + 128) / 257);
}

template<typename Value>
void takePixels(const cv::Mat& pixels, Image& image)
{
    const int channels = pixels.channels();
    for (int y = 0; y < pixels.rows; ++y) {
        const Value* in = pixels.ptr<Value>(y);
        uint8_t* out = image.pixel(0, y);
        uint8_t* alpha = image.alpha.empty() ? nullptr : &image.alpha[std::size_t(y) * image.width];
        for (int x = 0; x < pixels.cols; ++x, in += channels) {
            *out++ = eightBits(in[channels == 1 ? 0 : 2]);
            *out++ = eightBits(in[channels == 1 ? 0 : 1]);
            *out++ = eightBits(in[0]);
            if (alpha)
                *alpha++ = eightBits(in[3]);
        }
    }
}

Image toImage(const cv::Mat& pixels, const ImageHeader& header)
{
    const std::size_t count = pixels.total();
    Image image {.width = pixels.cols, .height = pixels.rows};
    image.rgb.resize(count * 3);
    if (pixels.channels() == 4 && !header.ignoreAlpha)
        image.alpha.resize(count);
    if (pixels.depth() == CV_8U)
        takePixels<uint8_t>(pixels, image);
    else
        takePixels<uint16_t>(pixels, image);
    if (header.premultiplied)
        for (std::size_t i = 0; i < image.alpha.size() * 3; ++i)
            if (const int alpha = image.alpha[i / 3]; alpha != 0)
                image.rgb[i] = uint8_t(std::min((255 * image.rgb[i] + alpha / 2) / alpha, 255));
    return image;
}

/// The frame at its place; what it does not cover is transparent.
Image onCanvas(const Image& frame, const ImageHeader& header)
{
    if (frame.width == header.width && frame.height == header.height)
        return frame;
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

/// The picture as it is stored; of a format that cannot be stopped it is whole in any case.
Image pixelsIn(
    std::span<const std::byte> file, const ImageHeader& header, int divisor,
    const std::string& name, std::vector<Sentence>& notes, const std::stop_token& stop)
{
    Image image;
    if (header.format == ImageFormat::Png || header.format == ImageFormat::Jpeg) {
        Decoded decoded = header.format == ImageFormat::Png
            ? decodedPng(file, header, stop)
            : decodedJpeg(file, header, divisor, stop);
        if (!decoded.problem.empty())
            throw Error("%1 %2.", name, decoded.problem);
        image = std::move(decoded.image);
        notes.insert(notes.end(), decoded.notes.begin(), decoded.notes.end());
    } else {
        image = toImage(decodedPixels(file, header, name), header);
    }
    if (std::ranges::all_of(image.alpha, [](uint8_t a) { return a == 255; }))
        image.alpha = {};
    if (header.frame)
        return onCanvas(image, header);
    return image; // not copied
}

/// Upright, by the EXIF orientation (CIPA DC-008, 4.6.4): where the stored first row and first
/// column are.
Image turned(Image image, int orientation)
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
    for (int y = 0; y < result.height; ++y)
        for (int x = 0; x < result.width; ++x) {
            int column = swapped ? y : x, row = swapped ? x : y;
            column = fromRight ? image.width - 1 - column : column;
            row = fromBottom ? image.height - 1 - row : row;
            const uint8_t* pixel = image.pixel(column, row);
            result.rgb.insert(result.rgb.end(), pixel, pixel + 3);
            if (!image.alpha.empty())
                result.alpha.push_back(image.alpha[std::size_t(row) * image.width + column]);
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
        if (Sentence note = convertToSrgb(result.image, header.profile); !note.empty())
            result.notes.push_back(std::move(note));
    result.image = turned(std::move(result.image), header.orientation);
    return result;
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
