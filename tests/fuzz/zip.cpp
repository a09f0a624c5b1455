// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/weights/zipdirectory.h"
#include "tests/fuzz/bytes.h"

/// The directory of a zip archive: what it gives lies within the file.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size)
{
    parse([&] {
        for (const auto& [name, entry] : readZipDirectory(fileOf(data, size)))
            if (entry.begin > size || entry.size > size - entry.begin)
                std::abort();
    });
    return 0;
}
