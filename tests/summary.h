// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/tensor.h"

#include <algorithm>
#include <cmath>
#include <vector>

/// What is known of a tensor of the original's run where the tensor itself is not kept.
struct Summary
{
    std::vector<int64_t> shape = {};
    double mean = 0, deviation = 0;
    std::vector<double> first = {}, last = {}; ///< elements, in row-major order
};

/// The largest difference from what is known; NaN where the shape is another.
inline double differenceFrom(const Summary& expected, const Tensor& x)
{
    if (x.sizes() != at::IntArrayRef(expected.shape))
        return std::nan("");
    const Tensor values = x.to(at::kDouble).flatten();
    double largest = std::max(
        std::abs(values.mean().item<double>() - expected.mean),
        std::abs(values.std(0, false).item<double>() - expected.deviation));
    const auto compare = [&](int64_t at, double value) {
        const double difference = std::abs(values[at].item<double>() - value);
        largest = difference <= largest ? largest : difference; // a NaN stays
    };
    for (size_t i = 0; i < expected.first.size(); ++i)
        compare(int64_t(i), expected.first[i]);
    for (size_t i = 0; i < expected.last.size(); ++i)
        compare(int64_t(i) - int64_t(expected.last.size()), expected.last[i]);
    return largest;
}
