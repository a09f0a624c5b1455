// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/kernels/vectors.h"

// The sum as it stands. A task copies the rows of pixels that it needs, with zeros around them, so
// that three pixels beside each other, with all of their channels, are one row of a matrix; an
// output is the sum of three products, one for each row of the window. A pixel has whole words.

namespace kernels {
namespace {

constexpr int directVectors = 2; ///< of outputs that a task computes
constexpr int directRows = vectorBytes == 64 ? 8 : 4;

/// How a direct convolution is cut.
struct Bands
{
    int64_t words = 0;  ///< of a pixel's channels
    int64_t across = 0; ///< pixels of a copied row
    int64_t rows = 0;   ///< of outputs in a band
    int64_t bands = 0, panels = 0;

    /// Rows of @p stride that are copied for a band.
    int64_t copied(int64_t stride) const { return (rows - 1) * stride + 3; }
};

template<class Number>
INLINE Bands bandsOf(const DirectConvolution<Number>& c)
{
    constexpr int64_t most = 1 << 15; // words of the rows that are copied, so that they stay in L2
    constexpr int64_t fewest = 4;     // else most of the rows would be copied for two bands
    Bands b;
    b.words = ceilDivide(c.inputs, perWord<Number>);
    b.across = (c.outWidth - 1) * c.stride + 3;
    const int64_t fit = most / (b.across * b.words * c.stride);
    b.bands = ceilDivide(c.outHeight, fit < fewest ? fewest : fit);
    b.rows = ceilDivide(c.outHeight, b.bands);
    b.bands = ceilDivide(c.outHeight, b.rows);
    b.panels = ceilDivide(c.outputs, directVectors * lanes);
    return b;
}

/// Of few channels the transformations are most of the work, of few pixels the empty tiles. How
/// many items there are must not count.
template<class Number>
bool isForWinograd(const DirectConvolution<Number>& c)
{
    constexpr int64_t few = vectorBytes == 64 ? 32 : 16; // channels, both
    const bool fits = c.stride == 1 && c.before == 1 && c.inputs % 16 == 0 && c.outputs % 16 == 0;
    const bool narrow = (c.inputs <= few && c.outputs <= few)
        || (vectorBytes == 64 && (c.inputs == 16 || c.outputs == 16));
    const bool keeps = c.outHeight == c.height * (c.doubled ? 2 : 1)
        && c.outWidth == c.width * (c.doubled ? 2 : 1);
    return fits && keeps && !narrow && (c.outHeight > 4 || c.outWidth > 4);
}

template<class Number>
int64_t directTasks(const DirectConvolution<Number>& c)
{
    const Bands b = bandsOf(c);
    return c.items * b.bands * b.panels;
}

/// For the rows, and for a panel of weights where they are packed.
template<class Number>
int64_t directRoom(const DirectConvolution<Number>& c)
{
    const Bands b = bandsOf(c);
    return b.words * (b.copied(c.stride) * b.across + 9 * directVectors * lanes);
}

INLINE void copyWords(const float* from, int64_t count, float* to)
{
    int64_t i = 0;
    for (; i + lanes <= count; i += lanes)
        store(to + i, load(from + i));
    for (; i < count; ++i)
        to[i] = from[i];
}

INLINE void clearWords(float* to, int64_t count)
{
    int64_t i = 0;
    for (; i + lanes <= count; i += lanes)
        store(to + i, Vector {});
    for (; i < count; ++i)
        to[i] = 0;
}

/// Pixels beside each other, each with what fills up its last word.
template<class Number>
INLINE void copyPixels(const Number* from, int64_t pixels, int64_t channels, float* to)
{
    if (channels % perWord<Number> == 0)
        return copyWords(words(from), pixels * channels / perWord<Number>, to);
    const int64_t each = ceilDivide(channels, perWord<Number>);
    for (int64_t i = 0; i < pixels; ++i) {
        to[(i + 1) * each - 1] = 0;
        __builtin_memcpy(to + i * each, from + i * channels, uint64_t(channels) * sizeof(Number));
    }
}

/// A row of the picture from a column on, with zeros where there is none.
template<class Number>
INLINE void copyRow(
    const DirectConvolution<Number>& c, const Bands& b, int64_t item, int64_t row, float* to)
{
    const int64_t times = c.doubled ? 2 : 1, width = c.width * times;
    if (row < 0 || row >= c.height * times)
        return clearWords(to, b.across * b.words);
    const Number* from = c.x + (item * c.height + row / times) * c.width * c.inputs;
    const int64_t before = c.before, inside = smaller(width, b.across - before);
    clearWords(to, before * b.words);
    if (c.doubled)
        for (int64_t i = 0; i < inside; ++i)
            copyPixels(from + i / 2 * c.inputs, 1, c.inputs, to + (before + i) * b.words);
    else
        copyPixels(from, inside, c.inputs, to + before * b.words);
    clearWords(to + (before + inside) * b.words, (b.across - before - inside) * b.words);
}

/// The weights [3, 3, inputs, outputs] of some vectors of outputs: [9, words, vectors * lanes].
template<int vectors, class Number>
INLINE void packOutputs(const DirectConvolution<Number>& c, int64_t first, float* to)
{
    constexpr int64_t per = perWord<Number>;
    for (int64_t place = 0; place < 9; ++place)
        for (int64_t input = 0; input < c.inputs; input += per)
            for (int j = 0; j < vectors; ++j, to += lanes) {
                const Number* w = c.w + (place * c.inputs + input) * c.outputs + first + j * lanes;
                const Number* next = input + 1 < c.inputs ? w + c.outputs : nullptr;
                store(to, pairedWords(w, next, c.outputs - first - j * lanes));
            }
}

/// Some pixels of a row of outputs, @p a being where the window of the first begins.
template<int rows, int vectors, class Number>
INLINE void directBlock(
    const DirectConvolution<Number>& c, const Bands& b, const float* a, const float* w,
    int64_t wStride, int64_t pixel, int64_t output)
{
    Vector sums[rows][vectors] = {};
    for (int64_t y = 0; y < 3; ++y)
        multiply<rows, vectors, Number>(
            sums, 3 * b.words, a + y * b.across * b.words, c.stride * b.words,
            w + y * 3 * b.words * wStride, wStride);
    for (int i = 0; i < rows; ++i)
        for (int j = 0; j < vectors; ++j)
            finish(c, pixel + i, output + j * lanes, sums[i][j]);
}

template<int vectors, class Number>
void directPanel(
    const DirectConvolution<Number>& c, const Bands& b, int64_t band, int64_t first, float* room)
{
    const int64_t item = band / b.bands, begin = band % b.bands * b.rows;
    const int64_t end = smaller(c.outHeight, begin + b.rows);
    const int64_t rowStep = b.across * b.words;
    const float* w = words(c.w) + first;
    int64_t wStride = c.outputs;
    // What a vector would read beyond is not ours; rows that lie far apart are slow to reach.
    if (isHalf<Number> || first + vectors * lanes > c.outputs || c.outputs > 4 * panel) {
        float* const packed = room + b.copied(c.stride) * rowStep;
        packOutputs<vectors>(c, first, packed);
        w = packed;
        wStride = vectors * lanes;
    }
    for (int64_t i = 0; i < (end - begin - 1) * c.stride + 3; ++i)
        copyRow(c, b, item, begin * c.stride + i - c.before, room + i * rowStep);
    for (int64_t row = begin; row < end; ++row) {
        const float* a = room + (row - begin) * c.stride * rowStep;
        const int64_t pixel = (item * c.outHeight + row) * c.outWidth;
        const int64_t step = c.stride * b.words;
        int64_t x = 0;
        for (; x + directRows <= c.outWidth; x += directRows)
            directBlock<directRows, vectors>(c, b, a + x * step, w, wStride, pixel + x, first);
        for (; x + 4 <= c.outWidth; x += 4)
            directBlock<4, vectors>(c, b, a + x * step, w, wStride, pixel + x, first);
        for (; x + 2 <= c.outWidth; x += 2)
            directBlock<2, vectors>(c, b, a + x * step, w, wStride, pixel + x, first);
        if (x < c.outWidth)
            directBlock<1, vectors>(c, b, a + x * step, w, wStride, pixel + x, first);
    }
}

template<class Number>
void directTask(const DirectConvolution<Number>& c, int64_t task, float* room)
{
    const Bands b = bandsOf(c);
    const int64_t first = task % b.panels * directVectors * lanes, band = task / b.panels;
    if (c.outputs - first > lanes)
        directPanel<2>(c, b, band, first, room);
    else
        directPanel<1>(c, b, band, first, room);
}

} // namespace
} // namespace kernels
