// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// For the files with an instruction set's flags alone. Everything here has internal linkage, and
// nothing of the standard library is used: an inline function that was compiled with those flags
// may be the one that the whole program gets.

#include "core/nn/kernels/kernels.h"

#if defined(__AVX512BF16__)
#include <immintrin.h> // compiled into their callers alone, as INLINE
#endif

#define INLINE inline __attribute__((always_inline))

namespace kernels {
namespace {

constexpr int vectorBytes = SIMILE_VECTOR_BYTES;
constexpr int lanes = vectorBytes / 4;
using Vector = float __attribute__((vector_size(vectorBytes)));
using Bits = int __attribute__((vector_size(vectorBytes)));
using Words = uint32_t __attribute__((vector_size(vectorBytes)));
using Halves = uint16_t __attribute__((vector_size(vectorBytes / 2)));
using Unaligned = float __attribute__((vector_size(vectorBytes), aligned(4), may_alias));
using UnalignedHalves =
    uint16_t __attribute__((vector_size(vectorBytes / 2), aligned(2), may_alias));

/// Columns of a matrix product that are computed at a time: as many vectors as fill the registers
/// best.
constexpr int panelVectors = vectorBytes == 64 ? 4 : 2;
constexpr int panel = panelVectors * lanes;
/// The rows that go with 1, 2, ... vectors of columns; each divides rowsAtOnce.
constexpr int rowsFor[] = {0, 12, vectorBytes == 64 ? 12 : 6, vectorBytes == 64 ? 8 : 4, 6, 4};
constexpr int mostVectors = vectorBytes == 64 ? 5 : 3;
constexpr int64_t rowsAtOnce = 48;

INLINE Vector load(const float* from)
{
    return *reinterpret_cast<const Unaligned*>(from);
}
INLINE void store(float* to, Vector x)
{
    *reinterpret_cast<Unaligned*>(to) = x;
}
INLINE Vector load(const BFloat16* from)
{
    const Halves halves = *reinterpret_cast<const UnalignedHalves*>(from);
    return (Vector)(__builtin_convertvector(halves, Words) << 16);
}
/// To the nearest, of two as near to the even one. What is no number stays none: it came of others
/// with empty lower halves.
INLINE void store(BFloat16* to, Vector x)
{
    const Words bits = (Words)x, near = bits + 0x7fff + (bits >> 16 & 1);
    *reinterpret_cast<UnalignedHalves*>(to) = __builtin_convertvector(near >> 16, Halves);
}
INLINE Vector all(float x)
{
    return x - Vector {};
}
INLINE int64_t smaller(int64_t a, int64_t b)
{
    return a < b ? a : b;
}
INLINE int64_t ceilDivide(int64_t a, int64_t b)
{
    return (a + b - 1) / b;
}

/// The first @p count lanes.
template<class Number>
INLINE void storeFirst(Number* to, Vector x, int64_t count)
{
    if (count >= lanes)
        return store(to, x);
    Number rounded[lanes];
    store(rounded, x);
    for (int64_t i = 0; i < count; ++i)
        to[i] = rounded[i];
}

template<class Number>
INLINE Vector loadFirst(const Number* from, int64_t count)
{
    if (count >= lanes)
        return load(from);
    Number x[lanes] = {};
    for (int64_t i = 0; i < count; ++i)
        x[i] = from[i];
    return load(x);
}

/// The first @p count lanes, zeros beyond.
INLINE Vector firstLanes(Vector x, int64_t count)
{
    Bits lane = {};
    for (int i = 0; i < lanes; ++i)
        lane[i] = i;
    return lane < int(smaller(count, lanes)) ? x : Vector {};
}

INLINE Vector greater(Vector a, Vector b)
{
    return a > b ? a : b;
}

/// 2^x to about one unit in the last place; 2^-126, which is next to nothing, for all below.
INLINE Vector exp2(Vector x)
{
    const Vector within = greater(x, all(-126.f));
    const Vector magic = all(12582912.f); // 1.5 * 2^23: the sum's last bits are the rounded number
    const Vector whole = within + magic;
    const Vector r = within - (whole - magic); // in [-1/2, 1/2]
    Vector p = all(1.5403530e-4f);
    p = p * r + 1.3333558e-3f;
    p = p * r + 9.6181291e-3f;
    p = p * r + 5.5504109e-2f;
    p = p * r + 2.4022651e-1f;
    p = p * r + 6.9314718e-1f;
    p = p * r + 1.f;
    return (Vector)((Bits)p + ((Bits)whole << 23));
}

INLINE Vector exp(Vector x)
{
    return exp2(x * 1.44269504f);
}

/// x / (1 + e^-x)
INLINE Vector silu(Vector x)
{
    return x / (1.f + exp(-greater(x, all(-87.f))));
}

/// x Φ(x), with erf by Abramowitz and Stegun, "Handbook of Mathematical Functions", 7.1.26
/// (1.5e-7).
INLINE Vector gelu(Vector x)
{
    const Vector z = greater(x, -x) * 0.70710678f;
    const Vector t = 1.f / (1.f + 0.3275911f * z);
    Vector p = all(1.061405429f);
    p = p * t - 1.453152027f;
    p = p * t + 1.421413741f;
    p = p * t - 0.284496736f;
    p = p * t + 0.254829592f;
    const Vector beyond = 0.5f * p * t * exp(-z * z); // Φ(-|x|)
    return x * (x < 0.f ? beyond : 1.f - beyond);
}

/// The lanes moved by @p by, those at the end to the beginning.
template<int by>
INLINE Vector turned(Vector x)
{
    Bits from = {};
    for (int i = 0; i < lanes; ++i)
        from[i] = (i + by) % lanes;
    return __builtin_shuffle(x, from);
}

template<int by = lanes / 2>
INLINE float largest(Vector x)
{
    x = greater(x, turned<by>(x));
    if constexpr (by > 1)
        return largest<by / 2>(x);
    else
        return x[0];
}

template<int by = lanes / 2>
INLINE float sum(Vector x)
{
    x += turned<by>(x);
    if constexpr (by > 1)
        return sum<by / 2>(x);
    else
        return x[0];
}

/// Lanes of two vectors exchanged as the transposition of blocks of @p step lanes wants it.
template<int step>
INLINE void exchange(Vector& a, Vector& b)
{
    Bits low = {}, high = {};
    for (int i = 0; i < lanes; ++i) {
        low[i] = i & step ? lanes + i - step : i;
        high[i] = i & step ? lanes + i : i + step;
    }
    const Vector x = __builtin_shuffle(a, b, low);
    b = __builtin_shuffle(a, b, high);
    a = x;
}

template<int step>
INLINE void transposeFrom(Vector (&x)[lanes])
{
#pragma GCC unroll 16
    for (int i = 0; i < lanes; ++i)
        if (!(i & step))
            exchange<step>(x[i], x[i + step]);
    if constexpr (step > 1)
        transposeFrom<step / 2>(x);
}

INLINE void transpose(Vector (&x)[lanes])
{
    transposeFrom<lanes / 2>(x);
}

/// Writes to[j * @p toStride + i] = from[i][j] for up to a vector of rows i < @p rows
/// (zeros beyond) and j < @p columns.
INLINE void transposeRows(
    const float* const* from, int64_t rows, int64_t columns, float* to, int64_t toStride)
{
    int64_t j = 0;
    for (; j + lanes <= columns; j += lanes) {
        Vector x[lanes];
#pragma GCC unroll 16
        for (int i = 0; i < lanes; ++i)
            x[i] = i < rows ? load(from[i] + j) : Vector {};
        transpose(x);
#pragma GCC unroll 16
        for (int i = 0; i < lanes; ++i)
            store(to + (j + i) * toStride, x[i]);
    }
    for (; j < columns; ++j)
        for (int i = 0; i < lanes; ++i)
            to[j * toStride + i] = i < rows ? from[i][j] : 0;
}

// In bf16 two numbers share a word: they are moved, and multiplied, together.

template<class Number>
constexpr bool isHalf = sizeof(Number) == 2;
template<class Number>
constexpr int64_t perWord = isHalf<Number> ? 2 : 1;

INLINE const float* words(const float* numbers)
{
    return numbers;
}
INLINE const float* words(const BFloat16* numbers)
{
    return reinterpret_cast<const float*>(numbers); // moved alone
}

/// Some numbers of a row; or of two, those of the second in the upper halves. Null: zeros.
template<class Number>
INLINE Vector pairedWords(const Number* first, const Number* second, int64_t count)
{
    const Vector low = first ? loadFirst(first, count) : Vector {};
    if constexpr (!isHalf<Number>)
        return low;
    const Vector high = second ? loadFirst(second, count) : Vector {};
    return (Vector)((Words)low >> 16 | (Words)high);
}

/// A word in every lane.
template<class Number>
INLINE Vector repeated(const float* word)
{
    if constexpr (!isHalf<Number>)
        return all(*word);
    int bits;
    __builtin_memcpy(&bits, word, sizeof bits); // which need be no number
    return (Vector)(bits - Bits {});
}

/// sum + a b, in bf16 with both numbers of each word.
template<class Number>
INLINE Vector plusProduct(Vector sum, Vector a, Vector b)
{
    if constexpr (!isHalf<Number>)
        return sum + a * b;
#if defined(__AVX512BF16__)
    return _mm512_dpbf16_ps(sum, (__m512bh)a, (__m512bh)b);
#else
    constexpr uint32_t upper = 0xffff0000;
    return sum + (Vector)((Words)a << 16) * (Vector)((Words)b << 16)
        + (Vector)((Words)a & upper) * (Vector)((Words)b & upper);
#endif
}

/// c[i][j] += the product of rows of a and columns of b, @p k words each: the innermost loop of
/// everything.
template<int rows, int vectors, class Number = float>
INLINE void multiply(
    Vector (&c)[rows][vectors], int64_t k, const float* a, int64_t aStride, const float* b,
    int64_t bStride)
{
    for (int64_t l = 0; l < k; ++l) {
        Vector y[vectors];
#pragma GCC unroll 8
        for (int j = 0; j < vectors; ++j)
            y[j] = load(b + l * bStride + j * lanes);
#pragma GCC unroll 16
        for (int i = 0; i < rows; ++i) {
            const Vector x = repeated<Number>(a + i * aStride + l);
#pragma GCC unroll 8
            for (int j = 0; j < vectors; ++j)
                c[i][j] = plusProduct<Number>(c[i][j], x, y[j]);
        }
    }
}

/// Stores a vector of a layer's outputs from @p output on, with bias and what is added.
template<class Layer>
INLINE void finish(const Layer& l, int64_t row, int64_t output, Vector y)
{
    const int64_t count = l.outputs - output, at = row * l.outputs + output;
    if (count <= 0)
        return;
    if (l.bias)
        y += loadFirst(l.bias + output, count);
    if (l.added)
        y += loadFirst(l.added + at, count);
    storeFirst(l.y + at, y, count);
}

/// Matrix product of whole groups of rows with some vectors of columns, c = a b or c += a b.
template<int vectors>
INLINE void product(
    int64_t rows, int64_t k, const float* a, int64_t aStride, const float* b, int64_t bStride,
    float* c, int64_t cStride, bool adds)
{
    constexpr int atOnce = rowsFor[vectors];
    for (int64_t row = 0; row < rows; row += atOnce) {
        Vector sums[atOnce][vectors];
#pragma GCC unroll 16
        for (int i = 0; i < atOnce; ++i)
#pragma GCC unroll 8
            for (int j = 0; j < vectors; ++j)
                sums[i][j] = adds ? load(c + (row + i) * cStride + j * lanes) : Vector {};
        multiply<atOnce, vectors>(sums, k, a + row * aStride, aStride, b, bStride);
#pragma GCC unroll 16
        for (int i = 0; i < atOnce; ++i)
#pragma GCC unroll 8
            for (int j = 0; j < vectors; ++j)
                store(c + (row + i) * cStride + j * lanes, sums[i][j]);
    }
}

} // namespace
} // namespace kernels
