// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/weights/checkpoint.h"
#include "tests/fuzz/bytes.h"

/// A whole checkpoint, to its tensors.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size)
{
    parse([&] {
        uint64_t sum = 0;
        for (const auto& [name, tensor] : loadCheckpoint(fileOf(data, size)))
            sum += tensor.nbytes();
        if (sum > 16 * uint64_t(size)) // few bytes never stand for many
            std::abort();
    });
    return 0;
}
