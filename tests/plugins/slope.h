// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image.h"

/// Colours that change slowly.
inline Image slope(int width, int height)
{
    Image image = filled(width, height, {});
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            image.pixel(x, y)[0] = uint8_t(x * 255 / width);
            image.pixel(x, y)[1] = uint8_t(y * 255 / height);
        }
    return image;
}
