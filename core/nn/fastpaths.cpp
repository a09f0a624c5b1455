// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/fastpaths.h"

#include "core/nn/plaintensor.h"

#include <algorithm>

using kernels::Kernels;

FastPaths& fastPaths()
{
    static FastPaths paths;
    return paths;
}

at::MemoryFormat activationFormat(const at::Device& device, at::ScalarType type)
{
    // Half types: libtorch's convolutions are many times faster so. fp32: ours want it, and its
    // norms are less exact that way, ours are not.
    const bool last = device.is_cpu()
        && (type != at::kFloat || (fastPaths().norms && kernels::best() != nullptr));
    return last ? at::MemoryFormat::ChannelsLast : at::MemoryFormat::Contiguous;
}

Tensor inOrder(const Tensor& weight)
{
    if (!fastPaths().convolutions || !kernels::best() || weight.dim() != 4
        || !isPlain<float>(weight) || weight.size(2) != 3 || weight.size(3) != 3
        || weight.size(1) == 1) // of each channel by itself
        return weight;
    return weight.permute({2, 3, 1, 0}).contiguous().permute({3, 2, 0, 1});
}

Tensor fastLinear(
    const Tensor& x, const Tensor& weight, const Tensor& bias, const Tensor& added, bool gated)
{
    const Kernels* k = fastPaths().linears ? kernels::best() : nullptr;
    const int64_t inputs = weight.size(1), outputs = weight.size(0) / (gated ? 2 : 1);
    const int64_t rows = inputs ? x.numel() / inputs : 0;
    if (!k || !isPlain<float>(x) || !isPlain<float>(weight) || rows == 0 || !weight.is_contiguous()
        || !mayBeAdded<float>(bias, weight.size(0)) || !mayBeAdded<float>(added, rows * outputs))
        return {};
    std::vector<int64_t> shape = x.sizes().vec();
    shape.back() = outputs;
    const Tensor y = at::empty(shape, x.options());
    const Tensor from = x.contiguous(), offset = bias.defined() ? bias.contiguous() : bias,
                 more = added.defined() ? added.contiguous() : added;
    const kernels::Linear work = {
        .x = dataOf<float>(from),
        .rows = rows,
        .inputs = inputs,
        .outputs = outputs,
        .xStride = inputs,
        .w = dataOf<float>(weight),
        .bias = dataOf<float>(offset),
        .added = dataOf<float>(more),
        .y = newDataOf<float>(y),
        .gated = gated};
    const bool done =
        runTasks(k->linearTasks(work), k->linearRoom(work), [&](int64_t task, float* room) {
            k->linearTask(work, task, room);
        });
    return done ? y : y.zero_();
}
