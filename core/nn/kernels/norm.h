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
constexpr GroupNormKernels<Number> groupNormKernels = {
    .sumTask = sumTask<Number>, .normTask = normTask<Number>};

} // namespace
} // namespace kernels
