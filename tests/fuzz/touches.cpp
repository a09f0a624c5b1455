// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/touchtext.h"
#include "tests/fuzz/bytes.h"

/// Touches as they are typed: what is read is written so that it is read as the same.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size)
{
    parse([&] {
        const Touch touch = parseTouch(std::string(text(data, size)));
        if (parseTouch(toText(touch)) != touch)
            std::abort();
    });
    return 0;
}
