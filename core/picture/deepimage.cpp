// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/picture/deepimage.h"

#include <algorithm>
#include <cstddef>

DeepImage deepened(const Image& image)
{
    DeepImage deep {.width = image.width, .height = image.height};
    deep.rgb.reserve(image.rgb.size());
    for (const uint8_t value : image.rgb)
        deep.rgb.push_back(uint16_t(value * 257));
    return deep;
}

DeepImage crop(const DeepImage& image, int x, int y, int width, int height)
{
    checkWithin(image.width, image.height, x, y, width, height);
    DeepImage part {.width = width, .height = height};
    part.rgb.reserve(std::size_t(width) * height * 3);
    for (int row = 0; row < height; ++row) {
        const uint16_t* from = &image.rgb[(std::size_t(y + row) * image.width + x) * 3];
        part.rgb.insert(part.rgb.end(), from, from + std::size_t(width) * 3);
    }
    return part;
}

void paste(DeepImage& onto, const DeepImage& image, int x, int y)
{
    checkWithin(onto.width, onto.height, x, y, image.width, image.height);
    for (int row = 0; row < image.height; ++row)
        std::copy_n(
            &image.rgb[std::size_t(row) * image.width * 3], std::size_t(image.width) * 3,
            &onto.rgb[(std::size_t(y + row) * onto.width + x) * 3]);
}
