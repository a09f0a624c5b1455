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

namespace {

/// Whether a weight [outputs, inputs, 3, 3] lies as [3, 3, inputs, outputs].
bool isInOrder(const Tensor& w)
{
    return w.dim() == 4 && w.size(2) == 3 && w.size(3) == 3 && w.stride(0) == 1
        && w.stride(1) == w.size(0) && w.stride(3) == w.size(0) * w.size(1)
        && w.stride(2) == 3 * w.stride(3);
}

constexpr int64_t channelsStep = 16; ///< what kernels::Convolution3 wants

} // namespace

at::MemoryFormat activationFormat(const at::Device& device, at::ScalarType type)
{
    // Half types: libtorch's convolutions are many times faster so. fp32: ours want it, and its
    // norms are less exact that way, ours are not.
    const bool last = device.is_cpu()
        && (type != at::kFloat || (fastPaths().norms && kernels::best() != nullptr));
    return last ? at::MemoryFormat::ChannelsLast : at::MemoryFormat::Contiguous;
}

Tensor inOrder(const Tensor& weight, std::string_view name)
{
    if (!fastPaths().convolutions || !kernels::best() || weight.dim() != 4
        || !isPlain<float>(weight) || weight.size(2) != 3 || weight.size(3) != 3
        || weight.size(0) % channelsStep || weight.size(1) % channelsStep
        || name.find("downsamplers") != std::string_view::npos)
        return weight;
    return weight.permute({2, 3, 1, 0}).contiguous().permute({3, 2, 0, 1});
}

Tensor fastLinear(
    const Tensor& x, const Tensor& weight, const Tensor& bias, const Tensor& added, bool gated)
{
    const Kernels* k = fastPaths().linears ? kernels::best() : nullptr;
    const int64_t inputs = weight.size(1), outputs = weight.size(0) / (gated ? 2 : 1);
    const int64_t rows = inputs ? x.numel() / inputs : 0;
    constexpr int64_t fewRows = 8; // for fewer, reading the weights is all the work
    if (!k || !isPlain<float>(x) || !isPlain<float>(weight) || rows < fewRows
        || !weight.is_contiguous() || !mayBeAdded<float>(bias, weight.size(0))
        || !mayBeAdded<float>(added, rows * outputs))
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

Tensor fastConvolution(
    const Tensor& x, const Tensor& weight, const Tensor& bias, const Tensor& added)
{
    const Kernels* k = fastPaths().convolutions ? kernels::best() : nullptr;
    if (!k || !isPlain<float>(x) || !isPlain<float>(weight)
        || !mayBeAdded<float>(bias, weight.size(0)))
        return {};
    const int64_t items = x.size(0), height = x.size(2), width = x.size(3);
    const auto last = at::MemoryFormat::ChannelsLast;
    if (weight.size(2) == 1 && weight.size(3) == 1 && isLastContiguous(x)) {
        const Tensor y = fastLinear(
            x.permute({0, 2, 3, 1}), weight.flatten(1), bias,
            added.defined() ? added.permute({0, 2, 3, 1}) : added, false);
        return y.defined() ? y.permute({0, 3, 1, 2}) : y;
    }
    if (!isInOrder(weight) || x.numel() == 0
        || !mayBeAdded<float>(added, items * height * width * weight.size(0)))
        return {};
    const Tensor y = at::empty({items, weight.size(0), height, width}, x.options(), last);
    const Tensor from = x.contiguous(last), more = added.defined() ? added.contiguous(last) : added,
                 offset = bias.defined() ? bias.contiguous() : bias;
    kernels::Convolution3 work = {
        .x = dataOf<float>(from),
        .items = items,
        .height = height,
        .width = width,
        .inputs = weight.size(1),
        .outputs = weight.size(0),
        .w = dataOf<float>(weight),
        .bias = dataOf<float>(offset),
        .added = dataOf<float>(more),
        .y = newDataOf<float>(y)};
    const int64_t blocks = k->blocks(work), size = k->blockSize(work);
    constexpr int64_t most = 16 << 20; // 64 MiB
    const int64_t atOnce = std::clamp<int64_t>(most / size, 1, blocks);
    const Tensor transformed = at::empty({atOnce * size}, x.options());
    work.transformed = newDataOf<float>(transformed);
    bool done = true;
    for (int64_t first = 0; first < blocks && done; first += atOnce) {
        work.firstBlock = first;
        work.blocks = std::min(atOnce, blocks - first);
        done = runTasks(
                   k->transformTasks(work), 0,
                   [&](int64_t task, float*) { k->transformTask(work, task); })
            && runTasks(
                   k->convolutionTasks(work), k->convolutionRoom(work),
                   [&](int64_t task, float* room) { k->convolutionTask(work, task, room); });
    }
    return done ? y : y.zero_();
}
