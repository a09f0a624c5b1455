// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/picture/pngchunks.h"
#include "core/picture/pngtext.h"
#include "tests/fuzz/bytes.h"

/// The texts of a PNG file, which has to have its signature.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size)
{
    constexpr std::size_t limit = 1 << 20;
    std::size_t all = 0;
    for (const TextChunk& chunk : readPngText(bytes(data, size), limit))
        all += chunk.text.size();
    if (all > 2 * limit) // Latin-1 becomes UTF-8
        std::abort();
    return 0;
}
