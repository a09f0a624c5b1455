// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/weights/pickle.h"
#include "tests/fuzz/bytes.h"

/// The interpreter of pickles alone: all that it gives can be followed.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size)
{
    parse([&] {
        std::size_t end = 0;
        const Pickle pickle = readPickle(text(data, size), "fuzz", &end);
        if (end > size || pickle.root >= pickle.values.size())
            std::abort();
        for (const PickleValue& value : pickle.values)
            for (const uint32_t item : value.items)
                if (item >= pickle.values.size())
                    std::abort();
    });
    return 0;
}
