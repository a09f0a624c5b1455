// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/record.h"
#include "tests/fuzz/bytes.h"

/// The record of a PNG: its JSON alone.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size)
{
    parse([&] { parseRecord(std::string(text(data, size))); });
    return 0;
}
