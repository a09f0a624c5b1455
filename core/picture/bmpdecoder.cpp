// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/picture/decoder.h"

#include <algorithm>
#include <iostream>
#include <mutex>
#include <new>
#include <opencv2/core/utils/logger.hpp>
#include <opencv2/imgcodecs.hpp>

namespace {

constexpr std::size_t fileHeader = 14; ///< the description of the picture begins behind it
constexpr std::size_t usualHead = fileHeader + 40;
/// The longest description with what may stand behind it: 256 colours of a palette.
constexpr std::size_t longestBmpHead = fileHeader + 124 + 256 * 4;
constexpr std::size_t bmpBand = 1 << 20; ///< bytes of rows that are decoded in one go

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

void putLittleEndian(
    std::vector<std::byte>& bytes, std::size_t offset, std::size_t size, uint32_t value)
{
    for (std::size_t i = 0; i < size; ++i)
        bytes[offset + i] = std::byte(value >> (8 * i));
}

/// What stands before the pixels of OS/2's files, as it is in others: OpenCV reads the former
/// without their colours.
std::vector<std::byte> usualHeadOf(std::span<const std::byte> file)
{
    const uint32_t bits = littleEndian(file, 24, 2);
    const std::size_t colours = bits <= 8 ? std::size_t(1) << bits : 0;
    std::vector<std::byte> head(usualHead + colours * 4);
    std::copy_n(file.begin(), 2, head.begin());
    putLittleEndian(head, fileHeader, 4, usualHead - fileHeader);
    putLittleEndian(head, 18, 4, littleEndian(file, 18, 2));
    putLittleEndian(head, 26, 2, 1);
    putLittleEndian(head, 28, 2, bits);
    const auto palette = file.subspan(26); // three bytes each
    for (std::size_t i = 0; i < std::min(colours * 3, palette.size()); ++i)
        head[usualHead + i / 3 * 4 + i % 3] = palette[i];
    return head;
}

/// A file of @p count rows from the @p first one in the file on, which the header says are there.
std::vector<std::byte> bandOf(
    std::span<const std::byte> file, const BmpRows& rows, int64_t first, int64_t count)
{
    const auto own = file.first(std::min(file.size(), longestBmpHead));
    std::vector<std::byte> band =
        rows.old ? usualHeadOf(file) : std::vector<std::byte>(own.begin(), own.end());
    putLittleEndian(band, 10, 4, uint32_t(band.size()));
    putLittleEndian(band, 22, 4, uint32_t(rows.fromTop ? -count : count));
    const auto pixels = file.subspan(
        rows.begin + std::size_t(first) * rows.stride, std::size_t(count) * rows.stride);
    band.insert(band.end(), pixels.begin(), pixels.end());
    return band;
}

/// What OpenCV reads of a file, which it does in one go; empty: nothing.
cv::Mat readBmp(std::vector<std::byte> file)
{
    const Quiet quiet;
    try {
        return cv::imdecode(cv::Mat(1, int(file.size()), CV_8U, file.data()), cv::IMREAD_UNCHANGED);
    } catch (const cv::Exception& exception) {
        if (exception.code == cv::Error::StsNoMem)
            throw std::bad_alloc();
    }
    return {};
}

/// Puts rows into the picture, the first one as its row @p top.
void takeBmpRows(const cv::Mat& pixels, int top, Image& image)
{
    const int channels = pixels.channels();
    if (channels == 4)
        image.alpha.resize(image.rgb.size() / 3);
    for (int y = 0; y < pixels.rows; ++y) {
        const uint8_t* in = pixels.ptr<uint8_t>(y);
        uint8_t* out = image.pixel(0, top + y);
        for (int x = 0; x < pixels.cols; ++x, in += channels) {
            *out++ = in[channels == 1 ? 0 : 2];
            *out++ = in[channels == 1 ? 0 : 1];
            *out++ = in[0];
            if (channels == 4)
                image.alpha[std::size_t(top + y) * image.width + x] = in[3];
        }
    }
}

} // namespace

Decoded decodedBmp(
    std::span<const std::byte> file, const ImageHeader& header, const std::stop_token& stop)
{
    const Decoded damaged {.problem = "is damaged or incomplete: its pixels could not be read"};
    const BmpRows rows = bmpRows(file);
    if (rows.stride == 0) // no bits
        return damaged;
    const int64_t atOnce =
        rows.packed ? header.height : std::max<int64_t>(1, int64_t(bmpBand / rows.stride));
    Image image {.width = int(header.width), .height = int(header.height)};
    image.rgb.resize(std::size_t(header.width) * std::size_t(header.height) * 3);
    for (int64_t first = 0; first < header.height; first += atOnce) {
        if (stop.stop_requested())
            return {};
        const int64_t count = std::min(atOnce, header.height - first);
        const cv::Mat pixels = readBmp(
            rows.packed ? std::vector<std::byte>(file.begin(), file.end())
                        : bandOf(file, rows, first, count));
        if (pixels.cols != header.width || pixels.rows != count)
            return damaged;
        const int channels = pixels.channels();
        if (pixels.depth() != CV_8U || (channels != 1 && channels != 3 && channels != 4))
            return {
                .problem = "holds pixels of a kind that is not supported; save it as 8-bit PNG"};
        takeBmpRows(pixels, int(rows.fromTop ? first : header.height - first - count), image);
    }
    return {.image = std::move(image)};
}
