// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/memory.h"

/// While it lives, that many bytes of memory are free.
struct LittleMemory
{
    explicit LittleMemory(uint64_t bytes) { setFreeMemory(bytes); }
    ~LittleMemory() { setFreeMemory({}); }
    LittleMemory(const LittleMemory&) = delete;
    LittleMemory& operator=(const LittleMemory&) = delete;
};
