// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/kernels/vectors.h"

namespace kernels {
namespace {

constexpr int64_t linearRows = 10 * rowsAtOnce; ///< of a task: they share its packed weights

/// The outputs that a panel's columns make.
template<class Number>
INLINE int64_t panelOutputs(const Linear<Number>& l)
{
    return l.gated ? panel / 2 : panel;
}

template<class Number>
int64_t linearTasks(const Linear<Number>& l)
{
    return ceilDivide(l.rows, linearRows) * ceilDivide(l.outputs, panelOutputs(l));
}

template<class Number>
int64_t linearRoom(const Linear<Number>& l)
{
    return l.inputs / perWord<Number> * panel;
}

/// The weights of a panel, transposed: [words of inputs, panel].
template<class Number>
void packWeights(const Linear<Number>& l, int64_t first, float* packed)
{
    for (int j = 0; j < panelVectors; ++j) {
        const bool gate = l.gated && j >= panelVectors / 2;
        const int64_t output = first + (gate ? j - panelVectors / 2 : j) * lanes;
        const int64_t count = output < l.outputs ? smaller(l.outputs - output, lanes) : 0;
        const float* rows[lanes];
        for (int64_t i = 0; i < count; ++i)
            rows[i] = words(l.w + (output + i + (gate ? l.outputs : 0)) * l.inputs);
        transposeRows(rows, count, l.inputs / perWord<Number>, packed + j * lanes, panel);
    }
}

template<int rows, class Number>
INLINE void linearBlock(const Linear<Number>& l, int64_t row, int64_t first, const float* packed)
{
    Vector c[rows][panelVectors] = {};
    multiply<rows, panelVectors, Number>(
        c, l.inputs / perWord<Number>, words(l.x + row * l.xStride), l.xStride / perWord<Number>,
        packed, panel);
    constexpr int half = panelVectors / 2;
    Vector gateBias[half] = {};
    if (l.gated && l.bias)
        for (int j = 0; j < half; ++j)
            if (l.outputs - first - j * lanes > 0)
                gateBias[j] = loadFirst(
                    l.bias + l.outputs + first + j * lanes, l.outputs - first - j * lanes);
    Vector valueBias[half] = {};
    if (l.gated && l.bias)
        for (int j = 0; j < half; ++j)
            if (l.outputs - first - j * lanes > 0)
                valueBias[j] = loadFirst(l.bias + first + j * lanes, l.outputs - first - j * lanes);
    for (int i = 0; i < rows; ++i) {
        if (!l.gated) {
            for (int j = 0; j < panelVectors; ++j)
                finish(l, row + i, first + j * lanes, c[i][j]);
            continue;
        }
        for (int j = 0; j < half; ++j) {
            const int64_t output = first + j * lanes, count = l.outputs - output;
            if (count > 0)
                storeFirst(
                    l.y + (row + i) * l.outputs + output,
                    (c[i][j] + valueBias[j]) * gelu(c[i][half + j] + gateBias[j]), count);
        }
    }
}

template<class Number>
void linearTask(const Linear<Number>& l, int64_t task, float* room)
{
    const int64_t panels = ceilDivide(l.outputs, panelOutputs(l));
    const int64_t first = task % panels * panelOutputs(l);
    const int64_t begin = task / panels * linearRows, end = smaller(l.rows, begin + linearRows);
    packWeights(l, first, room);
    constexpr int most = rowsFor[panelVectors];
    int64_t row = begin;
    for (; row + most <= end; row += most)
        linearBlock<most>(l, row, first, room);
    for (; row + 2 <= end; row += 2)
        linearBlock<2>(l, row, first, room);
    if (row < end)
        linearBlock<1>(l, row, first, room);
}

} // namespace
} // namespace kernels
