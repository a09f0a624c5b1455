// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/fastpaths.h"

#include "core/nn/plaintensor.h"

#include <algorithm>

using kernels::BFloat16;
using kernels::Kernels;

FastPaths& fastPaths()
{
    constexpr int64_t large = 320; // smaller layers do not gain what threads that wait cost
    static FastPaths paths {.packedFrom = kernels::hasTiles() ? large : 0};
    return paths;
}

at::MemoryFormat activationFormat(const at::Device& device, at::ScalarType type)
{
    // Half types: libtorch's convolutions are many times faster so, and a GPU's turn every picture
    // that is not. fp32: ours want it, and its norms are less exact that way, ours are not.
    const bool isHalf = type != at::kFloat;
    const bool last = device.is_cpu() ? isHalf || (fastPaths().norms && kernels::best() != nullptr)
                                      : device.is_cuda() && isHalf && fastPaths().channelsLast;
    return last ? at::MemoryFormat::ChannelsLast : at::MemoryFormat::Contiguous;
}

Tensor inOrder(const Tensor& weight)
{
    if (weight.is_cuda() && weight.dim() == 4)
        return weight.contiguous(activationFormat(weight.device(), weight.scalar_type()));
    if (!fastPaths().convolutions || !kernels::best() || weight.dim() != 4
        || !(isPlain<float>(weight) || isPlain<BFloat16>(weight)) || weight.size(2) != 3
        || weight.size(3) != 3 || weight.size(1) == 1) // of each channel by itself
        return weight;
    return weight.permute({2, 3, 1, 0}).contiguous().permute({3, 2, 0, 1});
}

bool isForTiles(const Tensor& weight)
{
    const int64_t from = fastPaths().packedFrom;
    return from > 0 && weight.scalar_type() == at::kBFloat16 && weight.size(0) >= from
        && weight.size(1) >= from;
}

namespace {

template<class Number>
Tensor linearOf(
    const Tensor& x, const Tensor& weight, const Tensor& bias, const Tensor& added, bool gated)
{
    const Kernels* table = fastPaths().linears ? kernels::best() : nullptr;
    const int64_t inputs = weight.size(1), outputs = weight.size(0) / (gated ? 2 : 1);
    const int64_t rows = inputs ? x.numel() / inputs : 0;
    const bool whole = inputs * int64_t(sizeof(Number)) % int64_t(sizeof(float)) == 0;
    if (!table || !isPlain<Number>(x) || !isPlain<Number>(weight) || isForTiles(weight) || rows == 0
        || !whole || x.size(-1) != inputs || !weight.is_contiguous()
        || !mayBeAdded<Number>(bias, weight.size(0)) || !mayBeAdded<Number>(added, rows * outputs))
        return {};
    std::vector<int64_t> shape = x.sizes().vec();
    shape.back() = outputs;
    const Tensor y = at::empty(shape, x.options());
    const Tensor from = inWholeWords(x), by = inWholeWords(weight),
                 offset = bias.defined() ? bias.contiguous() : bias,
                 more = added.defined() ? added.contiguous() : added;
    const kernels::Linear<Number> work = {
        .x = dataOf<Number>(from),
        .rows = rows,
        .inputs = inputs,
        .outputs = outputs,
        .xStride = inputs,
        .w = dataOf<Number>(by),
        .bias = dataOf<Number>(offset),
        .added = dataOf<Number>(more),
        .y = newDataOf<Number>(y),
        .gated = gated};
    const auto& of = layersOf<Number>(*table);
    const bool done =
        runTasks(of.linearTasks(work), of.linearRoom(work), [&](int64_t task, float* room) {
            of.linearTask(work, task, room);
        });
    return done ? y : y.zero_();
}

} // namespace

Tensor fastLinear(
    const Tensor& x, const Tensor& weight, const Tensor& bias, const Tensor& added, bool gated)
{
    return x.scalar_type() == at::kBFloat16 ? linearOf<BFloat16>(x, weight, bias, added, gated)
                                            : linearOf<float>(x, weight, bias, added, gated);
}
