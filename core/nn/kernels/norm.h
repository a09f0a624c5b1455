// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/kernels/vectors.h"

namespace kernels {
namespace {

/// The sum less the part's first pixel, and the squares around the part's own mean, of few numbers
/// at a time: of a flat picture the variance is next to nothing, and is yet exact.
template<class Number>
void sumTask(const GroupNorm<Number>& n, int64_t task)
{
    const int64_t item = task / n.parts(), part = task % n.parts();
    const int64_t begin = part * n.atOnce, count = smaller(n.pixels - begin, n.atOnce);
    const Number* pixels = n.x + (item * n.pixels + begin) * n.channels;
    float* sums = n.sums + task * 2 * n.channels;
    constexpr int64_t few = 16;
    for (int64_t c = 0; c < n.channels; c += lanes) {
        const Vector first = loadFirst(pixels + c, n.channels - c);
        Vector sum = {}, squares = {};
        for (int64_t i = 0; i < count; i += few) {
            Vector s = {};
            for (int64_t j = i; j < smaller(count, i + few); ++j)
                s += loadFirst(pixels + j * n.channels + c, n.channels - c) - first;
            sum += s;
        }
        const Vector mean = sum * (1 / float(count));
        for (int64_t i = 0; i < count; i += few) {
            Vector q = {};
            for (int64_t j = i; j < smaller(count, i + few); ++j) {
                const Vector x =
                    loadFirst(pixels + j * n.channels + c, n.channels - c) - first - mean;
                q += x * x;
            }
            squares += q;
        }
        storeFirst(sums + c, sum, n.channels - c);
        storeFirst(sums + n.channels + c, squares, n.channels - c);
    }
}

template<class Number>
void normTask(const GroupNorm<Number>& n, int64_t task)
{
    const int64_t item = task / n.parts(), part = task % n.parts();
    const int64_t begin = part * n.atOnce, end = smaller(n.pixels, begin + n.atOnce);
    const float *factor = n.factor + item * n.channels, *offset = n.offset + item * n.channels;
    for (int64_t i = begin; i < end; ++i) {
        const Number* x = n.x + (item * n.pixels + i) * n.channels;
        Number* y = n.y + (item * n.pixels + i) * n.channels;
        for (int64_t c = 0; c < n.channels; c += lanes) {
            const int64_t count = n.channels - c;
            const Vector z = loadFirst(x + c, count) * loadFirst(factor + c, count)
                + loadFirst(offset + c, count);
            storeFirst(y + c, n.silu ? silu(z) : z, count);
        }
    }
}

template<class Number>
void layerNormTask(const LayerNorm<Number>& n, int64_t task)
{
    const int64_t end = smaller(n.rows, (task + 1) * n.atOnce);
    const float share = 1 / float(n.width);
    for (int64_t row = task * n.atOnce; row < end; ++row) {
        const Number* x = n.x + row * n.width;
        Number* y = n.y + row * n.width;
        const float first = loadFirst(x, 1)[0]; // near the mean where all are far from zero
        Vector sums = {}, squares = {};
        for (int64_t c = 0; c < n.width; c += lanes)
            sums += firstLanes(loadFirst(x + c, n.width - c) - first, n.width - c);
        const float mean = sum(sums) * share;
        for (int64_t c = 0; c < n.width; c += lanes) {
            const Vector away =
                firstLanes(loadFirst(x + c, n.width - c) - first - mean, n.width - c);
            squares += away * away;
        }
        const float times = 1 / __builtin_sqrtf(sum(squares) * share + n.eps);
        for (int64_t c = 0; c < n.width; c += lanes) {
            const int64_t count = n.width - c;
            const Vector normed = (loadFirst(x + c, count) - first - mean) * times;
            storeFirst(
                y + c, normed * loadFirst(n.weight + c, count) + loadFirst(n.bias + c, count),
                count);
        }
    }
}

/// The first half of each row's features by GELU of the second.
template<class Number>
void gateTask(const Gate<Number>& g, int64_t task)
{
    const int64_t end = smaller(g.rows, (task + 1) * g.atOnce);
    for (int64_t row = task * g.atOnce; row < end; ++row) {
        const Number *x = g.x + row * 2 * g.width, *gates = x + g.width;
        Number* y = g.y + row * g.width;
        for (int64_t c = 0; c < g.width; c += lanes) {
            const int64_t count = g.width - c;
            storeFirst(y + c, loadFirst(x + c, count) * gelu(loadFirst(gates + c, count)), count);
        }
    }
}

template<class Number>
constexpr NormKernels<Number> normKernels = {
    .sumTask = sumTask<Number>,
    .normTask = normTask<Number>,
    .layerNormTask = layerNormTask<Number>};

} // namespace
} // namespace kernels
