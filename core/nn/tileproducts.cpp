// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/tileproducts.h"

// Not for everyone: micro-kernels that libtorch keeps for its own compiler.
#include <ATen/native/CPUBlas.h>
#include <c10/util/BFloat16.h>

#include <algorithm>
#include <exception>
#include <map>
#include <mutex>
#include <tuple>
#include <vector>

using kernels::BFloat16;
using kernels::TileProduct;

namespace {

void multiplyByOneDnn(const TileProduct& p, const BFloat16* a, const BFloat16* b, float* c)
{
    static_assert(sizeof(BFloat16) == sizeof(c10::BFloat16));
    at::native::cpublas::brgemm(
        p.rows, p.columns, p.k, p.aStride, p.bStride, p.cStride, p.adds,
        reinterpret_cast<const c10::BFloat16*>(a), reinterpret_cast<const c10::BFloat16*>(b), c);
}

/// AMX's tiles, which a thread of the system would save and restore from now on.
void releaseTiles()
{
    at::native::cpublas::brgemm_release();
}

/// -3 to 3, without a pattern that a wrong order would keep.
int smallNumber(int64_t i)
{
    return int((uint32_t(i) * 2654435761U >> 13) % 7) - 3;
}

BFloat16 halfOf(int number)
{
    return {c10::BFloat16(float(number)).x};
}

/// Whether a product is what loops give, and nothing beside it is written.
bool isRight(const TileProducts& with, const TileProduct& p)
{
    std::vector<BFloat16> a(size_t(p.rows * p.aStride)), b(size_t(p.k * p.bStride));
    for (size_t i = 0; i < a.size(); ++i)
        a[i] = halfOf(smallNumber(int64_t(i)));
    std::vector<int> plain(b.size()); // [k, columns], by rows
    for (int64_t i = 0; i < p.k * p.bStride; ++i) {
        const int number = smallNumber(i + 12345);
        b[size_t(i)] = halfOf(number);
        plain[size_t((i / 2 / p.bStride * 2 + i % 2) * p.bStride + i / 2 % p.bStride)] = number;
    }
    constexpr float before = 5;
    std::vector<float> c(size_t(p.rows * p.cStride), before);
    with.multiply(p, a.data(), b.data(), c.data());
    with.release();
    std::vector<int> row(size_t(p.cStride));
    for (int64_t i = 0; i < p.rows; ++i) {
        std::fill_n(row.begin(), p.cStride, int(before));
        std::fill_n(row.begin(), p.columns, p.adds ? int(before) : 0);
        for (int64_t l = 0; l < p.k; ++l) {
            const int times = smallNumber(i * p.aStride + l);
            for (int64_t j = 0; j < p.columns; ++j)
                row[size_t(j)] += times * plain[size_t(l * p.bStride + j)];
        }
        if (!std::equal(row.begin(), row.end(), c.begin() + i * p.cStride))
            return false;
    }
    return true;
}

} // namespace

TileProducts& tileProducts()
{
    static TileProducts products = {.multiply = multiplyByOneDnn, .release = releaseTiles};
    return products;
}

bool canMultiply(const TileProduct& p)
{
    static std::mutex mutex;
    static std::map<
        std::tuple<
            kernels::MultiplyTiles, int64_t, int64_t, int64_t, int64_t, int64_t, int64_t, bool>,
        bool>
        known;
    const TileProducts& with = tileProducts();
    const std::scoped_lock lock(mutex);
    const auto [found, isNew] = known.try_emplace(
        {with.multiply, p.rows, p.columns, p.k, p.aStride, p.bStride, p.cStride, p.adds}, false);
    if (isNew) {
        try {
            found->second = isRight(with, p);
        } catch (const std::exception&) { // oneDNN has none for this processor
        }
    }
    return found->second;
}
