// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/fastpaths.h"

#include "core/nn/plaintensor.h"

#include <algorithm>

using kernels::Convolution3;
using kernels::DirectConvolution;
using kernels::Kernels;

namespace {

/// Whether a weight [outputs, inputs, 3, 3] lies as [3, 3, inputs, outputs].
bool isInOrder(const Tensor& w)
{
    return w.dim() == 4 && w.size(2) == 3 && w.size(3) == 3 && w.stride(0) == 1
        && w.stride(1) == w.size(0) && w.stride(3) == w.size(0) * w.size(1)
        && w.stride(2) == 3 * w.stride(3);
}

/// False after a stop.
bool byWinograd(const Kernels& k, Convolution3& work)
{
    const int64_t blocks = k.blocks(work), size = k.blockSize(work);
    constexpr int64_t most = 16 << 20; // 64 MiB
    const int64_t atOnce = std::clamp<int64_t>(most / size, 1, blocks);
    const Tensor transformed = at::empty({atOnce * size}, at::kFloat);
    work.transformed = newDataOf<float>(transformed);
    for (int64_t first = 0; first < blocks; first += atOnce) {
        work.firstBlock = first;
        work.blocks = std::min(atOnce, blocks - first);
        const bool done = runTasks(
                              k.transformTasks(work), 0,
                              [&](int64_t task, float*) { k.transformTask(work, task); })
            && runTasks(k.convolutionTasks(work), k.convolutionRoom(work),
                        [&](int64_t task, float* room) { k.convolutionTask(work, task, room); });
        if (!done)
            return false;
    }
    return true;
}

} // namespace

Tensor fastConvolution(
    const Tensor& x, const Tensor& weight, const Tensor& bias, const Tensor& added,
    const Window& window)
{
    const Kernels* k = fastPaths().convolutions ? kernels::best() : nullptr;
    if (!k || !isPlain<float>(x) || !isPlain<float>(weight)
        || !mayBeAdded<float>(bias, weight.size(0)))
        return {};
    const int64_t items = x.size(0), height = x.size(2), width = x.size(3);
    const auto last = at::MemoryFormat::ChannelsLast;
    if (weight.size(2) == 1 && weight.size(3) == 1) {
        if (!isLastContiguous(x) || window.stride != 1 || window.before != 0
            || window.height != height || window.width != width)
            return {};
        const Tensor y = fastLinear(
            x.permute({0, 2, 3, 1}), weight.flatten(1), bias,
            added.defined() ? added.permute({0, 2, 3, 1}) : added, false);
        return y.defined() ? y.permute({0, 3, 1, 2}) : y;
    }
    const int64_t outputs = weight.size(0);
    if (!isInOrder(weight) || x.numel() == 0 || window.height < 1 || window.width < 1
        || !mayBeAdded<float>(added, items * window.height * window.width * outputs))
        return {};
    const Tensor y = at::empty({items, outputs, window.height, window.width}, x.options(), last);
    const Tensor from = x.contiguous(last), more = added.defined() ? added.contiguous(last) : added,
                 offset = bias.defined() ? bias.contiguous() : bias;
    const DirectConvolution work = {
        .x = dataOf<float>(from),
        .items = items,
        .height = height,
        .width = width,
        .inputs = weight.size(1),
        .outputs = outputs,
        .stride = window.stride,
        .before = window.before,
        .doubled = window.doubled,
        .outHeight = window.height,
        .outWidth = window.width,
        .w = dataOf<float>(weight),
        .bias = dataOf<float>(offset),
        .added = dataOf<float>(more),
        .y = newDataOf<float>(y)};
    bool done = false;
    if (k->isForWinograd(work)) {
        Convolution3 tiled = {
            .x = work.x,
            .items = items,
            .height = work.outHeight,
            .width = work.outWidth,
            .inputs = work.inputs,
            .outputs = outputs,
            .w = work.w,
            .bias = work.bias,
            .added = work.added,
            .y = work.y,
            .doubled = work.doubled};
        done = byWinograd(*k, tiled);
    } else {
        done = runTasks(k->directTasks(work), k->directRoom(work), [&](int64_t task, float* room) {
            k->directTask(work, task, room);
        });
    }
    return done ? y : y.zero_();
}

Tensor fastJoin(const Tensor& a, const Tensor& b)
{
    if (!fastPaths().convolutions || !isPlain<float>(a) || !isPlain<float>(b)
        || !isLastContiguous(a) || !isLastContiguous(b) || a.size(0) != b.size(0)
        || a.size(2) != b.size(2) || a.size(3) != b.size(3))
        return {};
    const int64_t first = a.size(1), second = b.size(1);
    const Tensor y = at::empty(
        {a.size(0), first + second, a.size(2), a.size(3)}, a.options(),
        at::MemoryFormat::ChannelsLast);
    const auto *fromA = dataOf<float>(a), *fromB = dataOf<float>(b);
    auto* to = newDataOf<float>(y);
    constexpr int64_t atOnce = 256; // pixels
    const int64_t pixels = a.size(0) * a.size(2) * a.size(3);
    const bool done = runTasks((pixels + atOnce - 1) / atOnce, 0, [&](int64_t task, float*) {
        for (int64_t i = task * atOnce; i < std::min(pixels, (task + 1) * atOnce); ++i) {
            float* pixel = to + i * (first + second);
            std::copy_n(fromA + i * first, first, pixel);
            std::copy_n(fromB + i * second, second, pixel + first);
        }
    });
    return done ? y : y.zero_();
}
