// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/picture/pictureformat.h"

#include "core/errors.h"
#include "core/picture/imagefile.h"
#include "core/picture/pngencoder.h"

#include <algorithm>
#include <cctype>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <span>
#include <string>
#include <webp/encode.h>

namespace {

constexpr int longestJpeg = 65500, longestWebP = WEBP_MAX_DIMENSION;

std::vector<std::byte> bytesOf(std::span<const uint8_t> data)
{
    const auto bytes = std::as_bytes(data);
    return {bytes.begin(), bytes.end()};
}

void checkSide(const Image& image, PictureFormat format, int longest)
{
    if (std::max(image.width, image.height) > longest)
        throw Error(
            "A picture of %1 x %2 pixels is too large for %3, which has at most %4 a side: choose "
            "another format, or make it smaller.",
            image.width, image.height, nameOf(format).label, longest);
}

/// The picture as OpenCV has it: blue first, with alpha where there is one.
cv::Mat matrixOf(const Image& image)
{
    const cv::Mat rgb(image.height, image.width, CV_8UC3, const_cast<uint8_t*>(image.rgb.data()));
    cv::Mat bgr;
    cv::cvtColor(rgb, bgr, cv::COLOR_RGB2BGR);
    if (image.alpha.empty())
        return bgr;
    const cv::Mat alpha(
        image.height, image.width, CV_8UC1, const_cast<uint8_t*>(image.alpha.data()));
    cv::Mat four;
    cv::cvtColor(bgr, four, cv::COLOR_BGR2BGRA);
    cv::insertChannel(alpha, four, 3);
    return four;
}

/// The same; without alpha.
cv::Mat matrixOf(const DeepImage& image)
{
    const cv::Mat rgb(image.height, image.width, CV_16UC3, const_cast<uint16_t*>(image.rgb.data()));
    cv::Mat bgr;
    cv::cvtColor(rgb, bgr, cv::COLOR_RGB2BGR);
    return bgr;
}

template<typename Picture>
std::vector<std::byte> byOpenCv(
    const Picture& image, const char* suffix, const std::vector<int>& options)
{
    std::vector<uint8_t> data;
    bool made = false;
    try {
        made = cv::imencode(suffix, matrixOf(image), data, options);
    } catch (const cv::Exception& error) {
        throw WorkError("The picture could not be packed: %1.", std::string(error.what()));
    }
    if (!made)
        throw WorkError("The picture could not be packed.");
    return bytesOf(data);
}

std::vector<std::byte> webP(const Image& image, int quality)
{
    std::vector<uint8_t> four; // with alpha
    if (!image.alpha.empty()) {
        four.reserve(image.alpha.size() * 4);
        for (std::size_t i = 0; i < image.alpha.size(); ++i) {
            four.insert(four.end(), &image.rgb[i * 3], &image.rgb[i * 3] + 3);
            four.push_back(image.alpha[i]);
        }
    }
    const bool lossless = quality >= bestQuality;
    const uint8_t* data = four.empty() ? image.rgb.data() : four.data();
    const int stride = image.width * (four.empty() ? 3 : 4);
    const float q = float(quality);
    uint8_t* made = nullptr;
    std::size_t size = 0;
    if (four.empty())
        size = lossless ? WebPEncodeLosslessRGB(data, image.width, image.height, stride, &made)
                        : WebPEncodeRGB(data, image.width, image.height, stride, q, &made);
    else
        size = lossless ? WebPEncodeLosslessRGBA(data, image.width, image.height, stride, &made)
                        : WebPEncodeRGBA(data, image.width, image.height, stride, q, &made);
    if (size == 0)
        throw WorkError("The picture could not be packed as WebP.");
    const std::vector<std::byte> bytes = bytesOf({made, size});
    WebPFree(made);
    return bytes;
}

std::vector<std::byte> png(const DeepImage& image, const std::vector<TextChunk>& text)
{
    std::vector<PackedText> texts;
    for (const TextChunk& chunk : text)
        texts.push_back(packed(chunk));
    const std::size_t numbers = std::size_t(image.width) * 3;
    std::vector<uint8_t> row(numbers * 2);
    return encodePng(
        {.width = image.width,
         .height = image.height,
         .depth = 16,
         .row =
             [&](int y) {
                 const uint16_t* from = &image.rgb[std::size_t(y) * numbers];
                 for (std::size_t i = 0; i < numbers; ++i) {
                     row[i * 2] = uint8_t(from[i] >> 8);
                     row[i * 2 + 1] = uint8_t(from[i] & 0xff);
                 }
                 return row.data();
             },
         .texts = texts});
}

} // namespace

const std::vector<PictureFormatName>& pictureFormats()
{
    static const std::vector<PictureFormatName> formats {
        {PictureFormat::Png, "png", "PNG", false},
        {PictureFormat::Jpeg, "jpg", "JPEG", true},
        {PictureFormat::WebP, "webp", "WebP", true},
        {PictureFormat::Tiff, "tif", "TIFF", false}};
    return formats;
}

const PictureFormatName& nameOf(PictureFormat format)
{
    return *std::ranges::find(pictureFormats(), format, &PictureFormatName::format);
}

std::optional<PictureFormat> formatOfSuffix(std::string_view suffix)
{
    if (suffix.starts_with('.'))
        suffix.remove_prefix(1);
    std::string small;
    for (const char letter : suffix)
        small += char(std::tolower(static_cast<unsigned char>(letter)));
    if (small == "jpeg")
        return PictureFormat::Jpeg;
    if (small == "tiff")
        return PictureFormat::Tiff;
    for (const PictureFormatName& each : pictureFormats())
        if (small == each.suffix)
            return each.format;
    return {};
}

std::vector<std::byte> encodePicture(const Image& image, PictureFormat format, int quality)
{
    if (image.empty())
        throw Error("There is no picture to save.");
    quality = std::clamp(quality, 1, bestQuality);
    switch (format) {
    case PictureFormat::Jpeg:
        checkSide(image, format, longestJpeg);
        return byOpenCv(
            flattened(image, {}), ".jpg",
            {cv::IMWRITE_JPEG_QUALITY, quality, cv::IMWRITE_JPEG_OPTIMIZE, 1});
    case PictureFormat::WebP:
        checkSide(image, format, longestWebP);
        return webP(image, quality);
    case PictureFormat::Tiff:
        return byOpenCv(image, ".tif", {});
    case PictureFormat::Png:
        break;
    }
    return encodePng(image);
}

bool isDeep(PictureFormat format)
{
    return format == PictureFormat::Png || format == PictureFormat::Tiff;
}

std::vector<std::byte> encodePicture(
    const DeepImage& image, PictureFormat format, const std::vector<TextChunk>& text)
{
    if (image.empty())
        throw Error("There is no picture to save.");
    if (!isDeep(format))
        throw Error(
            "%1 has 8 bits a channel: choose PNG or TIFF for 16 bits.", nameOf(format).label);
    return format == PictureFormat::Png ? png(image, text) : byOpenCv(image, ".tif", {});
}
