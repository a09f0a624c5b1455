// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/picture/decoder.h"

#include <algorithm>
#include <memory>
#include <new>
#include <webp/decode.h>

namespace {

struct DeleteWebP
{
    void operator()(WebPIDecoder* decoder) const { WebPIDelete(decoder); }
};

/// Gives libwebp more and more of @p chunks, which it decodes as far as they reach; at the end of
/// each piece it can be stopped. Suspended: the end is missing, or it was stopped.
VP8StatusCode decodePieces(
    WebPIDecoder& decoder, std::span<const std::byte> chunks, const std::stop_token& stop)
{
    constexpr std::size_t pieces = 256, least = 16; // bytes; a plain picture has few of them
    const std::size_t piece = std::max(chunks.size() / pieces, least);
    const auto* data = reinterpret_cast<const uint8_t*>(chunks.data());
    VP8StatusCode status = VP8_STATUS_SUSPENDED;
    for (std::size_t given = 0; status == VP8_STATUS_SUSPENDED && given < chunks.size();) {
        if (stop.stop_requested())
            return status;
        given = std::min(given + piece, chunks.size());
        status = WebPIUpdate(&decoder, data, given);
    }
    return status;
}

void takeWebPPixels(const std::vector<uint8_t>& rgba, Image& image)
{
    image.alpha.resize(rgba.size() / 4);
    for (std::size_t i = 0; i < image.alpha.size(); ++i) {
        std::copy_n(&rgba[i * 4], 3, &image.rgb[i * 3]);
        image.alpha[i] = rgba[i * 4 + 3];
    }
}

} // namespace

Decoded decodedWebP(
    std::span<const std::byte> file, const ImageHeader& header, const std::stop_token& stop)
{
    const auto& frame = header.frame;
    const auto chunks = frame ? file.subspan(frame->begin, frame->size) : file;
    const int64_t width = frame ? frame->width : header.width;
    const int64_t height = frame ? frame->height : header.height;
    const Decoded damaged {.problem = "is damaged or incomplete: its pixels could not be read"};
    WebPBitstreamFeatures features {};
    const auto* data = reinterpret_cast<const uint8_t*>(chunks.data());
    if (WebPGetFeatures(data, chunks.size(), &features) != VP8_STATUS_OK || features.width != width
        || features.height != height)
        return damaged;
    const bool alpha = features.has_alpha != 0;
    const auto count = std::size_t(width * height);
    Image image {.width = int(width), .height = int(height)};
    image.rgb.resize(count * 3);
    std::vector<uint8_t> rgba(alpha ? count * 4 : 0);
    std::vector<uint8_t>& out = alpha ? rgba : image.rgb;
    const std::unique_ptr<WebPIDecoder, DeleteWebP> decoder(WebPINewRGB(
        alpha ? MODE_RGBA : MODE_RGB, out.data(), out.size(), int(width) * (alpha ? 4 : 3)));
    if (!decoder)
        throw std::bad_alloc();
    const VP8StatusCode status = decodePieces(*decoder, chunks, stop);
    if (status == VP8_STATUS_OUT_OF_MEMORY)
        throw std::bad_alloc();
    if (status != VP8_STATUS_OK)
        return stop.stop_requested() ? Decoded {} : damaged;
    if (alpha)
        takeWebPPixels(rgba, image);
    return {.image = std::move(image)};
}
