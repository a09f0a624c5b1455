// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/inspect/softmaxsums.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>

// All functions that take such vectors are inlined, so no other file meets their calling
// convention.
#pragma GCC diagnostic ignored "-Wpsabi"

// For the processor at hand: the whole matrices of 16 layers pass through here at every step. Who
// chooses among them is called before ThreadSanitizer is there, which it would call.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_THREAD__)
#define FOR_EACH_PROCESSOR __attribute__((target_clones("default", "avx2", "avx512f")))
#else
#define FOR_EACH_PROCESSOR
#endif

namespace {

/// Eight numbers at once; a processor that takes fewer gets them in pieces.
constexpr int lanes = 8;
using Floats [[gnu::vector_size(lanes * sizeof(float))]] = float;
using Ints [[gnu::vector_size(lanes * sizeof(int32_t))]] = int32_t;

/// exp(x) for x in [-87, 0], within 2e-7: 2^n e^r with |r| <= ln 2 / 2, and the coefficients of
/// Cephes' expf for e^r.
[[gnu::always_inline]] inline Floats exponential(Floats x)
{
    constexpr float rounder = 12582912; // 1.5 * 2^23: what is added to it is rounded to an integer
    const Floats n = (x * 1.44269504f + rounder) - rounder;
    const Floats r = (x - n * .693359375f) + n * 2.12194440e-4f;
    Floats p = r * 1.9875691500e-4f + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    p = p * r * r + r + 1;
    const Ints power = (__builtin_convertvector(n, Ints) + 127) << 23;
    return p * (Floats)power;
}

[[gnu::always_inline]] inline Floats loaded(const float* from)
{
    Floats x;
    std::memcpy(&x, from, sizeof x);
    return x;
}

} // namespace

FOR_EACH_PROCESSOR
float largestOf(const float* scores, int count)
{
    float most = -std::numeric_limits<float>::infinity();
    int i = 0;
    if (count >= lanes) {
        Floats largest = loaded(scores);
        for (i = lanes; i + lanes <= count; i += lanes) {
            const Floats x = loaded(scores + i);
            largest = x > largest ? x : largest;
        }
        for (int j = 0; j < lanes; ++j)
            most = std::max(most, largest[j]);
    }
    for (; i < count; ++i)
        most = std::max(most, scores[i]);
    return most;
}

FOR_EACH_PROCESSOR
void exponentials(float* scores, int count, float largest)
{
    const Floats lowest = Floats() - 87;
    int i = 0;
    for (; i + lanes <= count; i += lanes) {
        Floats x = loaded(scores + i) - largest;
        x = exponential(x > lowest ? x : lowest);
        std::memcpy(scores + i, &x, sizeof x);
    }
    for (; i < count; ++i)
        scores[i] = std::exp(scores[i] - largest);
}

FOR_EACH_PROCESSOR
SoftmaxSums softmaxSums(const float* scores, int count, float largest)
{
    const Floats lowest = Floats() - 87;
    Floats sums = {}, weighted = {};
    const auto add = [&](Floats x, Floats counts) __attribute__((always_inline))
    {
        x = x > lowest ? x : lowest;
        const Floats e = exponential(x) * counts;
        sums += e;
        weighted += e * x;
    };
    int i = 0;
    for (; i + lanes <= count; i += lanes)
        add(loaded(scores + i) - largest, Floats() + 1);
    if (i < count) { // what is left, with zeros behind
        Floats x = {}, counts = {};
        for (int j = 0; i + j < count; ++j) {
            x[j] = scores[i + j] - largest;
            counts[j] = 1;
        }
        add(x, counts);
    }
    SoftmaxSums all;
    for (int j = 0; j < lanes; ++j) {
        all.exponentials += sums[j];
        all.weighted += weighted[j];
    }
    return all;
}
