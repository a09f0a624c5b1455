// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/picture/imageheader.h"
#include "tests/fuzz/bytes.h"

/// What picture files say of themselves, of all formats.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size)
{
    parse([&] {
        const ImageHeader header = readImageHeader(bytes(data, size), "fuzz");
        if (header.orientation < 1 || header.orientation > 8
            || header.profile.size() > metadataLimit)
            std::abort();
        for (const auto& [place, value] : header.patches)
            if (place + 2 > size)
                std::abort();
        if (header.frame
            && (header.frame->begin > size || header.frame->size > size - header.frame->begin))
            std::abort();
    });
    return 0;
}
