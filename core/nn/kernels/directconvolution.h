// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/kernels/vectors.h"

// The sum as it stands. A task copies the rows of pixels that it needs, with zeros around them, so
// that three pixels beside each other, with all of their channels, are one row of a matrix; an
// output is the sum of three products, one for each row of the window.

namespace kernels {
namespace {

constexpr int directVectors = 2; ///< of outputs that a task computes
constexpr int directRows = vectorBytes == 64 ? 8 : 4;

/// How a direct convolution is cut.
struct Bands
{
    int64_t across = 0; ///< pixels of a copied row
    int64_t rows = 0;   ///< of outputs in a band
    int64_t bands = 0, panels = 0;

    int64_t copied(const DirectConvolution& c) const { return (rows - 1) * c.stride + 3; }
};

INLINE Bands bandsOf(const DirectConvolution& c)
{
    constexpr int64_t numbers = 1 << 15; // of the rows that are copied, so that they stay in L2
    constexpr int64_t fewest = 4;        // else most of the rows would be copied for two bands
    Bands b;
    b.across = (c.outWidth - 1) * c.stride + 3;
    const int64_t fit = numbers / (b.across * c.inputs * c.stride);
    const int64_t most = fit < fewest ? fewest : fit;
    b.bands = ceilDivide(c.outHeight, most);
    b.rows = ceilDivide(c.outHeight, b.bands);
    b.bands = ceilDivide(c.outHeight, b.rows);
    b.panels = ceilDivide(c.outputs, directVectors * lanes);
    return b;
}

/// Of few channels the transformations are most of the work, of few pixels the empty tiles. How
/// many items there are must not count.
bool isForWinograd(const DirectConvolution& c)
{
    constexpr int64_t few = vectorBytes == 64 ? 32 : 16; // channels, both
    const bool fits = c.stride == 1 && c.before == 1 && c.inputs % 16 == 0 && c.outputs % 16 == 0;
    const bool narrow = (c.inputs <= few && c.outputs <= few)
        || (vectorBytes == 64 && (c.inputs == 16 || c.outputs == 16));
    const bool keeps = c.outHeight == c.height * (c.doubled ? 2 : 1)
        && c.outWidth == c.width * (c.doubled ? 2 : 1);
    return fits && keeps && !narrow && (c.outHeight > 4 || c.outWidth > 4);
}

int64_t directTasks(const DirectConvolution& c)
{
    const Bands b = bandsOf(c);
    return c.items * b.bands * b.panels;
}

/// For the rows, and for a panel of weights where the outputs are no whole vectors.
int64_t directRoom(const DirectConvolution& c)
{
    const Bands b = bandsOf(c);
    return b.copied(c) * b.across * c.inputs + 9 * c.inputs * directVectors * lanes;
}

INLINE void copyNumbers(const float* from, int64_t count, float* to)
{
    int64_t i = 0;
    for (; i + lanes <= count; i += lanes)
        store(to + i, load(from + i));
    for (; i < count; ++i)
        to[i] = from[i];
}

INLINE void clearNumbers(float* to, int64_t count)
{
    int64_t i = 0;
    for (; i + lanes <= count; i += lanes)
        store(to + i, Vector {});
    for (; i < count; ++i)
        to[i] = 0;
}

/// A row of the picture from a column on, with zeros where there is none.
INLINE void copyRow(
    const DirectConvolution& c, int64_t item, int64_t row, int64_t across, float* to)
{
    const int64_t times = c.doubled ? 2 : 1, width = c.width * times;
    if (row < 0 || row >= c.height * times)
        return clearNumbers(to, across * c.inputs);
    const float* from = c.x + (item * c.height + row / times) * c.width * c.inputs;
    const int64_t before = c.before, inside = smaller(width, across - before);
    clearNumbers(to, before * c.inputs);
    if (c.doubled)
        for (int64_t i = 0; i < inside; ++i)
            copyNumbers(from + i / 2 * c.inputs, c.inputs, to + (before + i) * c.inputs);
    else
        copyNumbers(from, inside * c.inputs, to + before * c.inputs);
    clearNumbers(to + (before + inside) * c.inputs, (across - before - inside) * c.inputs);
}

/// Some pixels of a row of outputs, @p a being where the window of the first begins.
template<int rows, int vectors>
INLINE void directBlock(
    const DirectConvolution& c, const float* a, int64_t rowStep, const float* w, int64_t wStride,
    int64_t pixel, int64_t output)
{
    Vector sums[rows][vectors] = {};
    for (int64_t y = 0; y < 3; ++y)
        multiply<rows, vectors>(
            sums, 3 * c.inputs, a + y * rowStep, c.stride * c.inputs,
            w + y * 3 * c.inputs * wStride, wStride);
    for (int i = 0; i < rows; ++i)
        for (int j = 0; j < vectors; ++j) {
            const int64_t first = output + j * lanes, count = c.outputs - first;
            const int64_t at = (pixel + i) * c.outputs + first;
            Vector z = sums[i][j];
            if (c.bias)
                z += loadFirst(c.bias + first, count);
            if (c.added)
                z += loadFirst(c.added + at, count);
            storeFirst(c.y + at, z, count);
        }
}

template<int vectors>
void directPanel(
    const DirectConvolution& c, const Bands& b, int64_t band, int64_t first, float* room)
{
    const int64_t item = band / b.bands, begin = band % b.bands * b.rows;
    const int64_t end = smaller(c.outHeight, begin + b.rows);
    const int64_t rowStep = b.across * c.inputs;
    const float* w = c.w + first;
    int64_t wStride = c.outputs;
    // What a vector would read beyond is not ours; rows that lie far apart are slow to reach.
    if (first + vectors * lanes > c.outputs || c.outputs > 4 * panel) {
        float* to = room + b.copied(c) * rowStep;
        for (int64_t i = 0; i < 9 * c.inputs; ++i)
            for (int j = 0; j < vectors; ++j)
                store(
                    to + (i * vectors + j) * lanes,
                    loadFirst(w + i * c.outputs + j * lanes, c.outputs - first - j * lanes));
        w = to;
        wStride = vectors * lanes;
    }
    for (int64_t i = 0; i < (end - begin - 1) * c.stride + 3; ++i)
        copyRow(c, item, begin * c.stride + i - c.before, b.across, room + i * rowStep);
    for (int64_t row = begin; row < end; ++row) {
        const float* a = room + (row - begin) * c.stride * rowStep;
        const int64_t pixel = (item * c.outHeight + row) * c.outWidth;
        const int64_t step = c.stride * c.inputs;
        int64_t x = 0;
        for (; x + directRows <= c.outWidth; x += directRows)
            directBlock<directRows, vectors>(
                c, a + x * step, rowStep, w, wStride, pixel + x, first);
        for (; x + 4 <= c.outWidth; x += 4)
            directBlock<4, vectors>(c, a + x * step, rowStep, w, wStride, pixel + x, first);
        for (; x + 2 <= c.outWidth; x += 2)
            directBlock<2, vectors>(c, a + x * step, rowStep, w, wStride, pixel + x, first);
        if (x < c.outWidth)
            directBlock<1, vectors>(c, a + x * step, rowStep, w, wStride, pixel + x, first);
    }
}

void directTask(const DirectConvolution& c, int64_t task, float* room)
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
