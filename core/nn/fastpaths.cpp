// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/fastpaths.h"

#include "core/nn/kernels/kernels.h"

#include <algorithm>
#include <cmath>

using kernels::Kernels;

FastPaths& fastPaths()
{
    static FastPaths paths;
    return paths;
}

namespace {

bool isPlainFloat(const Tensor& x)
{
    return x.device().is_cpu() && x.scalar_type() == at::kFloat && x.layout() == at::kStrided;
}

/// Undefined, or fp32 of this many numbers.
bool mayBeAdded(const Tensor& x, int64_t numbers)
{
    return !x.defined() || (isPlainFloat(x) && x.numel() == numbers);
}

const float* dataOf(const Tensor& x)
{
    return x.defined() ? x.const_data_ptr<float>() : nullptr;
}

/// Whether a weight [outputs, inputs, 3, 3] lies as [3, 3, inputs, outputs].
bool isInOrder(const Tensor& w)
{
    return w.dim() == 4 && w.size(2) == 3 && w.size(3) == 3 && w.stride(0) == 1
        && w.stride(1) == w.size(0) && w.stride(3) == w.size(0) * w.size(1)
        && w.stride(2) == 3 * w.stride(3);
}

constexpr int64_t channelsStep = 16; ///< what kernels::Convolution3 wants

bool isLastContiguous(const Tensor& x)
{
    return x.dim() == 4 && x.is_contiguous(at::MemoryFormat::ChannelsLast);
}

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
    if (!fastPaths().convolutions || !kernels::best() || weight.dim() != 4 || !isPlainFloat(weight)
        || weight.size(2) != 3 || weight.size(3) != 3 || weight.size(0) % channelsStep
        || weight.size(1) % channelsStep || name.find("downsamplers") != std::string_view::npos)
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
    if (!k || !isPlainFloat(x) || !isPlainFloat(weight) || rows < fewRows || !weight.is_contiguous()
        || !mayBeAdded(bias, weight.size(0)) || !mayBeAdded(added, rows * outputs))
        return {};
    std::vector<int64_t> shape = x.sizes().vec();
    shape.back() = outputs;
    const Tensor y = at::empty(shape, x.options());
    const Tensor from = x.contiguous(), offset = bias.defined() ? bias.contiguous() : bias,
                 more = added.defined() ? added.contiguous() : added;
    const kernels::Linear work = {
        .x = dataOf(from),
        .rows = rows,
        .inputs = inputs,
        .outputs = outputs,
        .xStride = inputs,
        .w = dataOf(weight),
        .bias = dataOf(offset),
        .added = dataOf(more),
        .y = y.mutable_data_ptr<float>(),
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
    if (!k || !isPlainFloat(x) || !isPlainFloat(weight) || !mayBeAdded(bias, weight.size(0)))
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
        || !mayBeAdded(added, items * height * width * weight.size(0)))
        return {};
    const Tensor y = at::empty({items, weight.size(0), height, width}, x.options(), last);
    const Tensor from = x.contiguous(last), more = added.defined() ? added.contiguous(last) : added,
                 offset = bias.defined() ? bias.contiguous() : bias;
    kernels::Convolution3 work = {
        .x = dataOf(from),
        .items = items,
        .height = height,
        .width = width,
        .inputs = weight.size(1),
        .outputs = weight.size(0),
        .w = dataOf(weight),
        .bias = dataOf(offset),
        .added = dataOf(more),
        .y = y.mutable_data_ptr<float>()};
    const int64_t blocks = k->blocks(work), size = k->blockSize(work);
    constexpr int64_t most = 16 << 20; // 64 MiB
    const int64_t atOnce = std::clamp<int64_t>(most / size, 1, blocks);
    const Tensor transformed = at::empty({atOnce * size}, x.options());
    work.transformed = transformed.mutable_data_ptr<float>();
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

namespace {

/// The attention with what @p work says of looks.
Tensor attentionOf(
    const Tensor& q, const Tensor& k, const Tensor& v, kernels::Attention work, Tensor* logSum)
{
    const Kernels* table = fastPaths().attention ? kernels::best() : nullptr;
    if (!table || !isPlainFloat(q) || !isPlainFloat(k) || !isPlainFloat(v) || q.numel() == 0
        || k.numel() == 0 || v.numel() == 0)
        return {};
    const auto ready = [](const Tensor& x) { return x.stride(3) == 1 ? x : x.contiguous(); };
    const Tensor queries = ready(q), keys = ready(k), values = ready(v);
    const auto side = [](const Tensor& x) {
        return kernels::Attention::Side {dataOf(x), x.stride(0), x.stride(1), x.stride(2)};
    };
    const Tensor y = at::empty({q.size(0), q.size(2), q.size(1), v.size(3)}, q.options());
    if (logSum)
        *logSum = at::empty({q.size(0), q.size(1), q.size(2)}, q.options());
    work.q = side(queries);
    work.k = side(keys);
    work.v = side(values);
    work.items = q.size(0);
    work.heads = q.size(1);
    work.queries = q.size(2);
    work.keys = k.size(2);
    work.width = q.size(3);
    work.valueWidth = v.size(3);
    work.y = y.mutable_data_ptr<float>();
    work.logSum = logSum ? logSum->mutable_data_ptr<float>() : nullptr;
    const Tensor packed = at::empty({table->packedSize(work)}, q.options());
    work.packed = packed.mutable_data_ptr<float>();
    const bool done = runTasks(
                          table->packTasks(work), 0,
                          [&](int64_t task, float*) { table->packTask(work, task); })
        && runTasks(table->attentionTasks(work), table->attentionRoom(work),
                    [&](int64_t task, float* room) { table->attentionTask(work, task, room); });
    if (!done) {
        y.zero_();
        if (logSum)
            logSum->zero_();
    }
    return y.transpose(1, 2);
}

} // namespace

Tensor fastAttention(
    const Tensor& q, const Tensor& k, const Tensor& v, double scale, Tensor* logSum)
{
    const kernels::Attention::Look everything {.scale = float(scale)};
    return attentionOf(q, k, v, {.looks = &everything}, logSum);
}

Tensor fastAttention(const Tensor& q, const Tensor& k, const Tensor& v, const TokenParts& parts)
{
    std::vector<kernels::Attention::Look> looks;
    for (const TokenParts::Look& look : parts.looks)
        looks.push_back({look.queries, look.keys, look.values, float(look.scale)});
    return attentionOf(
        q, k, v,
        {.parts = std::lround(std::sqrt(double(looks.size()))),
         .order = parts.order.data(),
         .looks = looks.data()},
        nullptr);
}

namespace {

/// From the sums of all parts what each channel is multiplied by and what is added.
void fillFactors(
    const kernels::GroupNorm& work, const float* added, int64_t addedItems, const float* weight,
    const float* bias, int groups, double eps, float* factor, float* offset)
{
    const int64_t channels = work.channels, inGroup = channels / groups;
    const auto pixels = double(work.pixels);
    std::vector<double> mean(static_cast<size_t>(channels)), spread(mean.size());
    for (int64_t item = 0; item < work.items; ++item) {
        for (int64_t c = 0; c < channels; ++c) {
            const auto meanOf = [&](int64_t part) {
                const int64_t first = part * work.atOnce;
                const auto count = double(std::min(work.atOnce, work.pixels - first));
                const double shift = double(work.x[(item * work.pixels + first) * channels + c]);
                const float* sums = work.sums + (item * work.parts() + part) * 2 * channels;
                return std::pair(shift + double(sums[c]) / count, count);
            };
            double sum = 0, squares = 0;
            for (int64_t part = 0; part < work.parts(); ++part)
                sum += meanOf(part).first * meanOf(part).second;
            for (int64_t part = 0; part < work.parts(); ++part) {
                const auto [average, count] = meanOf(part);
                const double away = average - sum / pixels;
                squares += count * away * away
                    + double(work.sums[((item * work.parts() + part) * 2 + 1) * channels + c]);
            }
            mean[size_t(c)] = sum / pixels
                + (added ? double(added[(addedItems > 1 ? item : 0) * channels + c]) : 0);
            spread[size_t(c)] = squares / pixels;
        }
        for (int64_t group = 0; group < groups; ++group) {
            const auto begin = size_t(group * inGroup), end = begin + size_t(inGroup);
            double all = 0, variance = 0;
            for (size_t c = begin; c < end; ++c)
                all += mean[c] / double(inGroup);
            for (size_t c = begin; c < end; ++c)
                variance += (spread[c] + (mean[c] - all) * (mean[c] - all)) / double(inGroup);
            const double share = 1 / std::sqrt(std::max(variance, 0.) + eps);
            for (size_t c = begin; c < end; ++c) {
                const double times = share * double(weight[c]);
                const double shift =
                    added ? double(added[(addedItems > 1 ? item : 0) * channels + int64_t(c)]) : 0;
                factor[item * channels + int64_t(c)] = float(times);
                offset[item * channels + int64_t(c)] =
                    float(double(bias[c]) + (shift - all) * times);
            }
        }
    }
}

} // namespace

Tensor fastGroupNorm(
    const Tensor& x, const Tensor& added, const Tensor& weight, const Tensor& bias, int groups,
    double eps, bool silu)
{
    const Kernels* k = fastPaths().norms ? kernels::best() : nullptr;
    if (!k || !isPlainFloat(x) || !isPlainFloat(weight) || !isPlainFloat(bias)
        || !isLastContiguous(x) || x.numel() == 0
        || !mayBeAdded(added, added.defined() ? added.size(0) * x.size(1) : 0))
        return {};
    const Tensor y = at::empty(x.sizes(), x.options(), at::MemoryFormat::ChannelsLast);
    const Tensor more = added.defined() ? added.contiguous() : added;
    kernels::GroupNorm work = {
        .x = dataOf(x),
        .items = x.size(0),
        .pixels = x.size(2) * x.size(3),
        .channels = x.size(1),
        .y = y.mutable_data_ptr<float>(),
        .silu = silu};
    const int64_t tasks = work.items * work.parts();
    const Tensor sums = at::empty({tasks, 2, work.channels}, x.options());
    const Tensor factors = at::empty({2, work.items, work.channels}, x.options());
    work.sums = sums.mutable_data_ptr<float>();
    if (!runTasks(tasks, 0, [&](int64_t task, float*) { k->sumTask(work, task); }))
        return y.zero_();
    auto* factor = factors.mutable_data_ptr<float>();
    float* offset = factor + work.items * work.channels;
    fillFactors(
        work, dataOf(more), added.defined() ? added.size(0) : 0, dataOf(weight.contiguous()),
        dataOf(bias.contiguous()), groups, eps, factor, offset);
    work.factor = factor;
    work.offset = offset;
    const bool done = runTasks(tasks, 0, [&](int64_t task, float*) { k->normTask(work, task); });
    return done ? y : y.zero_();
}
