// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <random>

/// What a test that draws begins with: SIMILE_TEST_SEED, or another each time; printed in either
/// case, so that what failed can be had again.
inline uint32_t seedOfTest()
{
    const char* given = std::getenv("SIMILE_TEST_SEED");
    const auto seed =
        given ? uint32_t(std::strtoul(given, nullptr, 10)) : uint32_t(std::random_device()());
    std::printf("SIMILE_TEST_SEED=%u\n", unsigned(seed));
    std::fflush(stdout);
    return seed;
}
