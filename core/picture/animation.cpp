// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/picture/animation.h"

#include "core/errors.h"

#include <memory>
#include <webp/encode.h>
#include <webp/mux.h>

namespace {

constexpr const char* failed = "The pictures could not be packed as an animated WebP.";

/// A picture in libwebp's hands.
class Frame
{
public:
    explicit Frame(const Image& image)
    {
        m_ready = WebPPictureInit(&m_picture);
        m_picture.use_argb = 1;
        m_picture.width = image.width;
        m_picture.height = image.height;
        m_ready = m_ready && WebPPictureImportRGB(&m_picture, image.rgb.data(), image.width * 3);
    }
    ~Frame() { WebPPictureFree(&m_picture); }
    Frame(const Frame&) = delete;
    Frame& operator=(const Frame&) = delete;

    bool ready() const { return m_ready; }
    WebPPicture* get() { return &m_picture; }

private:
    WebPPicture m_picture = {};
    bool m_ready = false;
};

} // namespace

std::vector<std::byte> encodeAnimation(const std::vector<Image>& pictures, int milliseconds)
{
    if (pictures.empty())
        throw Error("There is no picture to make an animation of.");
    const Image& first = pictures.front();
    WebPAnimEncoderOptions options;
    WebPConfig config;
    if (!WebPAnimEncoderOptionsInit(&options) || !WebPConfigInit(&config)
        || !WebPConfigLosslessPreset(&config, 6))
        throw WorkError(failed);
    config.exact = 1;
    const std::unique_ptr<WebPAnimEncoder, decltype(&WebPAnimEncoderDelete)> encoder(
        WebPAnimEncoderNew(first.width, first.height, &options), WebPAnimEncoderDelete);
    int time = 0;
    for (const Image& picture : pictures) {
        if (picture.width != first.width || picture.height != first.height)
            throw Error("An animation is made of pictures of one size.");
        Frame frame(picture);
        if (!encoder || !frame.ready()
            || !WebPAnimEncoderAdd(encoder.get(), frame.get(), time, &config))
            throw WorkError(failed);
        time += milliseconds;
    }
    WebPData data {};
    const bool made = WebPAnimEncoderAdd(encoder.get(), nullptr, time, nullptr)
        && WebPAnimEncoderAssemble(encoder.get(), &data);
    const std::unique_ptr<WebPData, decltype(&WebPDataClear)> clears(&data, WebPDataClear);
    if (!made)
        throw WorkError(failed);
    const auto* bytes = reinterpret_cast<const std::byte*>(data.bytes);
    return {bytes, bytes + data.size};
}
