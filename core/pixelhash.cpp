// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/file/hash.h"
#include "core/record.h"

std::string pixelHash(const Image& image)
{
    return sha256({std::as_bytes(std::span(image.rgb)), std::as_bytes(std::span(image.alpha))});
}
