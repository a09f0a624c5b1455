// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/picture/imagefile.h"
#include "tests/fuzz/bytes.h"

/// A picture of at most 65,536 pixels, decoded.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size)
{
    parse([&] {
        const Image image =
            decodeImage(bytes(data, size), "fuzz", {.pixels = 1 << 16, .side = 4096}).image;
        const std::size_t pixels = std::size_t(image.width) * std::size_t(image.height);
        if (image.rgb.size() != 3 * pixels
            || (!image.alpha.empty() && image.alpha.size() != pixels))
            std::abort();
    });
    return 0;
}
