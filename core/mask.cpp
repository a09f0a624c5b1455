// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/mask.h"

#include <algorithm>

Image maskOf(const Image& picture)
{
    Image mask {.width = picture.width, .height = picture.height, .rgb = picture.rgb};
    const auto [least, most] = std::ranges::minmax_element(picture.alpha);
    const bool byAlpha = !picture.alpha.empty() && *least != *most;
    for (std::size_t i = 0; i < mask.rgb.size(); i += 3) {
        const uint8_t* p = &picture.rgb[i];
        // Pillow's weights in 65536ths: ITU-R 601-2.
        const auto luminance = uint8_t((p[0] * 19595 + p[1] * 38470 + p[2] * 7471 + 0x8000) >> 16);
        std::fill_n(&mask.rgb[i], 3, byAlpha ? picture.alpha[i / 3] : luminance);
    }
    return mask;
}

Sentence uniformNote(const Image& mask)
{
    const auto white = [](uint8_t value) { return value >= 128; };
    if (std::ranges::none_of(mask.rgb, white))
        return "The mask is black everywhere: nothing is painted anew.";
    if (std::ranges::all_of(mask.rgb, white))
        return "The mask is white everywhere: all is painted anew.";
    return {};
}
