// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/tileproducts.h"

#include <algorithm>
#include <bit>

inline float numberOf(kernels::BFloat16 half)
{
    return std::bit_cast<float>(uint32_t(half.bits) << 16);
}

/// By loops, which every processor has.
inline void multiplyByLoops(
    const kernels::TileProduct& p, const kernels::BFloat16* a, const kernels::BFloat16* b, float* c)
{
    for (int64_t i = 0; i < p.rows; ++i) {
        float* sums = c + i * p.cStride;
        if (!p.adds)
            std::fill_n(sums, p.columns, 0.f);
        for (int64_t l = 0; l < p.k; ++l) {
            const float times = numberOf(a[i * p.aStride + l]);
            const kernels::BFloat16* row = b + l / 2 * p.bStride * 2 + l % 2;
            for (int64_t j = 0; j < p.columns; ++j)
                sums[j] += times * numberOf(row[2 * j]);
        }
    }
}

/// While it lives, tiles in bf16 are multiplied so.
struct TilesBy
{
    const TileProducts before = tileProducts();
    explicit TilesBy(
        kernels::MultiplyTiles multiply, void (*release)() = [] {})
    {
        tileProducts() = {.multiply = multiply, .release = release};
    }
    ~TilesBy() { tileProducts() = before; }
    TilesBy(const TilesBy&) = delete;
    TilesBy& operator=(const TilesBy&) = delete;
};
