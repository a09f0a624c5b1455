// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <span>

/// Philox 4x32 with 10 rounds (Salmon et al. 2011, section 3.3): four random words from a counter
/// and a key.
std::array<uint32_t, 4> philox(std::array<uint32_t, 4> counter, std::array<uint32_t, 2> key);

/// Fills @p out with standard normal numbers (Box-Muller on Philox words), the same on every
/// machine: element i depends on
/// @p seed, @p stream and i alone. Streams: 0 is the start noise, 1 and above what a method draws
/// besides.
void normal(uint64_t seed, uint32_t stream, std::span<float> out);
