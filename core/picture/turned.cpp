// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/picture/turned.h"

#include <algorithm>

namespace {

/// The same for values that stand @p channels a pixel.
std::vector<uint8_t> turned(
    const std::vector<uint8_t>& from, int width, int height, int channels, bool left)
{
    std::vector<uint8_t> to(from.size());
    auto at = to.begin();
    for (int y = 0; y < width; ++y)
        for (int x = 0; x < height; ++x) {
            const int fromX = left ? width - 1 - y : y, fromY = left ? x : height - 1 - x;
            const auto pixel = from.begin() + (std::ptrdiff_t(fromY) * width + fromX) * channels;
            at = std::copy_n(pixel, channels, at);
        }
    return to;
}

} // namespace

Image turned(const Image& image, bool left)
{
    Image result {.width = image.height, .height = image.width};
    result.rgb = turned(image.rgb, image.width, image.height, 3, left);
    if (!image.alpha.empty())
        result.alpha = turned(image.alpha, image.width, image.height, 1, left);
    return result;
}
