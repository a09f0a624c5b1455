// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/pixels.h"

#include <algorithm>

Tensor toTensor(const Image& image)
{
    const Tensor bytes = at::from_blob(
        const_cast<uint8_t*>(image.rgb.data()), {1, image.height, image.width, 3}, at::kByte);
    return (bytes.to(at::kFloat) / 127.5 - 1).permute({0, 3, 1, 2}).contiguous();
}

namespace {

/// [n, 3, height, width] in [-1, 1] as colours up to @p white.
Tensor colors(const Tensor& x, double white)
{
    return (x.to(at::kFloat) / 2 + 0.5).clamp(0, 1) * white;
}

/// The pictures of [n, 3, height, width], whose numbers are of the type @p Value.
template<typename Picture, typename Value>
std::vector<Picture> picturesIn(const Tensor& values)
{
    const Tensor pixels = values.permute({0, 2, 3, 1}).cpu().contiguous();
    std::vector<Picture> pictures;
    for (int64_t i = 0; i < pixels.size(0); ++i) {
        const Tensor one = pixels[i];
        const auto* begin = one.data_ptr<Value>();
        pictures.push_back(
            {.width = int(one.size(1)),
             .height = int(one.size(0)),
             .rgb = {begin, begin + one.numel()}});
    }
    return pictures;
}

} // namespace

std::vector<Image> toImages(const Tensor& x, Rounding rounding)
{
    const Tensor values = colors(x, 255);
    return picturesIn<Image, uint8_t>(
        (rounding == Rounding::Nearest ? values.round() : values.floor()).to(at::kByte));
}

std::vector<DeepImage> toDeepImages(const Tensor& x)
{
    return picturesIn<DeepImage, int32_t>(colors(x, 65535).round().to(at::kInt));
}

Tensor latentMask(const Image& mask, int64_t height, int64_t width)
{
    Tensor result = at::zeros({1, 1, height, width});
    auto* values = result.data_ptr<float>();
    for (int64_t y = 0; y < height; ++y)
        for (int64_t x = 0; x < width; ++x) {
            const int px = int(x * mask.width / width), py = int(y * mask.height / height);
            values[y * width + x] = mask.pixel(px, py)[0] >= 128 ? 1.f : 0.f;
        }
    return result;
}
