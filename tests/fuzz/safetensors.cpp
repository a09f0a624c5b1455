// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/weights/safetensorsheader.h"
#include "tests/fuzz/bytes.h"

__extension__ typedef __int128 Wide;

/// The header of a file that has 4096 bytes behind it: what is accepted lies within the file, and
/// has the size that its shape says.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size)
{
    parse([&] {
        const uint64_t file = 8 + size + 4096;
        for (const auto& [name, entry] :
             parseSafetensorsHeader(text(data, size), file, "fuzz").entries) {
            if (entry.begin > entry.end || entry.end > file || entry.begin < 8 + size)
                std::abort();
            Wide bits = bitsOfDtype(entry.dtype);
            for (const int64_t side : entry.shape)
                bits *= side;
            if (bits != Wide(entry.end - entry.begin) * 8)
                std::abort();
        }
    });
    return 0;
}
