// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/fastpaths.h"

#include "core/nn/plaintensor.h"

#include <algorithm>

using kernels::BFloat16;
using kernels::Convolution3;
using kernels::DirectConvolution;
using kernels::Kernels;
using kernels::LayerKernels;

namespace {

/// Whether a weight [outputs, inputs, 3, 3] lies as [3, 3, inputs, outputs].
bool isInOrder(const Tensor& w)
{
    return w.dim() == 4 && w.size(2) == 3 && w.size(3) == 3 && w.stride(0) == 1
        && w.stride(1) == w.size(0) && w.stride(3) == w.size(0) * w.size(1)
        && w.stride(2) == 3 * w.stride(3);
}

/// False after a stop.
template<class Number>
bool byWinograd(const LayerKernels<Number>& k, Convolution3<Number>& work)
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

template<class Number>
Tensor convolutionOf(
    const Tensor& x, const Tensor& weight, const Tensor& bias, const Tensor& added,
    const Window& window)
{
    const Kernels* table = fastPaths().convolutions ? kernels::best() : nullptr;
    const int64_t items = x.size(0), outputs = weight.size(0);
    if (!table || !isPlain<Number>(x) || !isPlain<Number>(weight) || isForTiles(weight)
        || !isInOrder(weight) || x.size(1) != weight.size(1) || x.numel() == 0 || window.height < 1
        || window.width < 1 || !mayBeAdded<Number>(bias, outputs)
        || !mayBeAdded<Number>(added, items * window.height * window.width * outputs))
        return {};
    const auto last = at::MemoryFormat::ChannelsLast;
    const Tensor y = at::empty({items, outputs, window.height, window.width}, x.options(), last);
    const Tensor from = inWholeWords(x, last),
                 more = added.defined() ? added.contiguous(last) : added,
                 offset = bias.defined() ? bias.contiguous() : bias;
    const DirectConvolution<Number> work = {
        .x = dataOf<Number>(from),
        .items = items,
        .height = x.size(2),
        .width = x.size(3),
        .inputs = weight.size(1),
        .outputs = outputs,
        .stride = window.stride,
        .before = window.before,
        .doubled = window.doubled,
        .outHeight = window.height,
        .outWidth = window.width,
        .w = dataOf<Number>(weight),
        .bias = dataOf<Number>(offset),
        .added = dataOf<Number>(more),
        .y = newDataOf<Number>(y)};
    const auto& of = layersOf<Number>(*table);
    bool done = false;
    if (of.isForWinograd(work)) {
        Convolution3<Number> tiled = {
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
        done = byWinograd(of, tiled);
    } else {
        done = runTasks(of.directTasks(work), of.directRoom(work), [&](int64_t task, float* room) {
            of.directTask(work, task, room);
        });
    }
    return done ? y : y.zero_();
}

template<class Number>
Tensor joinOf(const Tensor& a, const Tensor& b)
{
    const int64_t first = a.size(1), second = b.size(1);
    const Tensor y = at::empty(
        {a.size(0), first + second, a.size(2), a.size(3)}, a.options(),
        at::MemoryFormat::ChannelsLast);
    const auto *fromA = dataOf<Number>(a), *fromB = dataOf<Number>(b);
    auto* to = newDataOf<Number>(y);
    constexpr int64_t atOnce = 256; // pixels
    const int64_t pixels = a.size(0) * a.size(2) * a.size(3);
    const bool done = runTasks((pixels + atOnce - 1) / atOnce, 0, [&](int64_t task, float*) {
        for (int64_t i = task * atOnce; i < std::min(pixels, (task + 1) * atOnce); ++i) {
            Number* pixel = to + i * (first + second);
            std::copy_n(fromA + i * first, first, pixel);
            std::copy_n(fromB + i * second, second, pixel + first);
        }
    });
    return done ? y : y.zero_();
}

/// A 1x1 convolution that keeps the size.
Tensor pointwiseOf(
    const Tensor& x, const Tensor& weight, const Tensor& bias, const Tensor& added,
    const Window& window)
{
    if (!x.is_cpu() || !fastPaths().convolutions || !isLastContiguous(x) || window.stride != 1
        || window.before != 0 || window.height != x.size(2) || window.width != x.size(3))
        return {};
    const Tensor y = fastLinear(
        x.permute({0, 2, 3, 1}), weight.flatten(1), bias,
        added.defined() ? added.permute({0, 2, 3, 1}) : added, false);
    return y.defined() ? y.permute({0, 3, 1, 2}) : y;
}

} // namespace

Tensor fastConvolution(
    const Tensor& x, const Tensor& weight, const Tensor& bias, const Tensor& added,
    const Window& window)
{
    if (weight.size(2) == 1 && weight.size(3) == 1)
        return pointwiseOf(x, weight, bias, added, window);
    return x.scalar_type() == at::kBFloat16
        ? convolutionOf<BFloat16>(x, weight, bias, added, window)
        : convolutionOf<float>(x, weight, bias, added, window);
}

Tensor fastJoin(const Tensor& a, const Tensor& b)
{
    if (!fastPaths().convolutions || !isLastContiguous(a) || !isLastContiguous(b)
        || a.size(0) != b.size(0) || a.size(2) != b.size(2) || a.size(3) != b.size(3))
        return {};
    if (isPlain<float>(a) && isPlain<float>(b))
        return joinOf<float>(a, b);
    if (isPlain<BFloat16>(a) && isPlain<BFloat16>(b))
        return joinOf<BFloat16>(a, b);
    return {};
}
