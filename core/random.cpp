// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/random.h"

#include <cmath>
#include <numbers>

std::array<uint32_t, 4> philox(std::array<uint32_t, 4> counter, std::array<uint32_t, 2> key)
{
    for (int round = 0; round < 10; ++round) {
        const uint64_t p0 = uint64_t(0xD2511F53) * counter[0];
        const uint64_t p1 = uint64_t(0xCD9E8D57) * counter[2];
        counter = {
            uint32_t(p1 >> 32) ^ counter[1] ^ key[0], uint32_t(p1),
            uint32_t(p0 >> 32) ^ counter[3] ^ key[1], uint32_t(p0)};
        key[0] += 0x9E3779B9; // golden ratio
        key[1] += 0xBB67AE85; // sqrt(3) - 1
    }
    return counter;
}

// Four numbers a block. Block b has the counter (b's low word, b's high word, stream, 0) and the
// key (seed's low word, seed's high word). Its words w0 to w3 are two pairs (w0, w1) and (w2, w3);
// a word w is the uniform number u = (w + 0.5) / 2^32, and a pair gives two normal numbers, in this
// order: sqrt(-2 ln u1) cos(2 pi u2), sqrt(-2 ln u1) sin(2 pi u2). All in double, then rounded.
void normal(uint64_t seed, uint32_t stream, std::span<float> out)
{
    const std::array<uint32_t, 2> key = {uint32_t(seed), uint32_t(seed >> 32)};
    for (std::size_t i = 0; i < out.size(); i += 4) {
        const uint64_t block = i / 4;
        const auto words = philox({uint32_t(block), uint32_t(block >> 32), stream, 0}, key);
        double numbers[4];
        for (int pair = 0; pair < 4; pair += 2) {
            const double u1 = (words[pair] + 0.5) * 0x1p-32;
            const double u2 = (words[pair + 1] + 0.5) * 0x1p-32;
            const double radius = std::sqrt(-2 * std::log(u1));
            const double angle = 2 * std::numbers::pi * u2;
            numbers[pair] = radius * std::cos(angle);
            numbers[pair + 1] = radius * std::sin(angle);
        }
        for (std::size_t k = 0; k < 4 && i + k < out.size(); ++k)
            out[i + k] = float(numbers[k]);
    }
}
