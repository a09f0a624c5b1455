// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/fastpaths.h"

#include "core/nn/plaintensor.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <type_traits>

using kernels::BFloat16;
using kernels::GroupNorm;
using kernels::Kernels;

namespace {

double numberOf(float x)
{
    return double(x);
}
double numberOf(BFloat16 x)
{
    return double(std::bit_cast<float>(uint32_t(x.bits) << 16));
}

template<class Number>
const kernels::NormKernels<Number>& kernelsOf(const Kernels& table)
{
    if constexpr (std::is_same_v<Number, float>)
        return table.norms;
    else
        return table.halfNorms;
}

Tensor inFloats(const Tensor& x)
{
    return x.defined() ? x.to(at::kFloat).contiguous() : x;
}

/// From the sums of all parts what each channel is multiplied by and what is added.
template<class Number>
void fillFactors(
    const GroupNorm<Number>& work, const float* added, int64_t addedItems, const float* weight,
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
                const double shift = numberOf(work.x[(item * work.pixels + first) * channels + c]);
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

template<class Number>
Tensor groupNormOf(
    const Tensor& x, const Tensor& added, const Tensor& weight, const Tensor& bias, int groups,
    double eps, bool silu)
{
    const Kernels* table = fastPaths().norms ? kernels::best() : nullptr;
    if (!table || !isPlain<Number>(x) || !isPlain<Number>(weight) || !isPlain<Number>(bias)
        || !isLastContiguous(x) || x.numel() == 0
        || !mayBeAdded<Number>(added, added.defined() ? added.size(0) * x.size(1) : 0))
        return {};
    const Tensor y = at::empty(x.sizes(), x.options(), at::MemoryFormat::ChannelsLast);
    const Tensor more = inFloats(added), scale = inFloats(weight), shift = inFloats(bias);
    GroupNorm<Number> work = {
        .x = dataOf<Number>(x),
        .items = x.size(0),
        .pixels = x.size(2) * x.size(3),
        .channels = x.size(1),
        .y = newDataOf<Number>(y),
        .silu = silu};
    const auto& of = kernelsOf<Number>(*table);
    const int64_t tasks = work.items * work.parts();
    const Tensor sums = at::empty({tasks, 2, work.channels}, at::kFloat);
    const Tensor factors = at::empty({2, work.items, work.channels}, at::kFloat);
    work.sums = newDataOf<float>(sums);
    if (!runTasks(tasks, 0, [&](int64_t task, float*) { of.sumTask(work, task); }))
        return y.zero_();
    auto* factor = newDataOf<float>(factors);
    float* offset = factor + work.items * work.channels;
    fillFactors(
        work, dataOf<float>(more), added.defined() ? added.size(0) : 0, dataOf<float>(scale),
        dataOf<float>(shift), groups, eps, factor, offset);
    work.factor = factor;
    work.offset = offset;
    const bool done = runTasks(tasks, 0, [&](int64_t task, float*) { of.normTask(work, task); });
    return done ? y : y.zero_();
}

template<class Number>
Tensor layerNormOf(const Tensor& x, const Tensor& weight, const Tensor& bias, double eps)
{
    const Kernels* table = fastPaths().norms ? kernels::best() : nullptr;
    const auto fits = [&](const Tensor& w) {
        return w.defined() && isPlain<Number>(w) && w.numel() == x.size(-1);
    };
    if (!table || !isPlain<Number>(x) || x.numel() == 0 || !fits(weight) || !fits(bias))
        return {};
    const Tensor from = x.contiguous(), y = at::empty(x.sizes(), x.options()),
                 scale = inFloats(weight), shift = inFloats(bias);
    const kernels::LayerNorm<Number> work = {
        .x = dataOf<Number>(from),
        .rows = x.numel() / x.size(-1),
        .width = x.size(-1),
        .weight = dataOf<float>(scale),
        .bias = dataOf<float>(shift),
        .eps = float(eps),
        .y = newDataOf<Number>(y)};
    const bool done =
        runTasks((work.rows + work.atOnce - 1) / work.atOnce, 0, [&](int64_t task, float*) {
            kernelsOf<Number>(*table).layerNormTask(work, task);
        });
    return done ? y : y.zero_();
}

} // namespace

Tensor fastLayerNorm(const Tensor& x, const Tensor& weight, const Tensor& bias, double eps)
{
    return x.scalar_type() == at::kBFloat16 ? layerNormOf<BFloat16>(x, weight, bias, eps)
                                            : layerNormOf<float>(x, weight, bias, eps);
}

Tensor fastGate(const Tensor& x)
{
    const Kernels* table = fastPaths().linears ? kernels::best() : nullptr;
    if (!table || !isPlain<BFloat16>(x) || x.numel() == 0 || x.size(-1) % 2)
        return {};
    std::vector<int64_t> shape = x.sizes().vec();
    shape.back() /= 2;
    const Tensor from = x.contiguous(), y = at::empty(shape, x.options());
    const kernels::Gate<BFloat16> work = {
        .x = dataOf<BFloat16>(from),
        .rows = x.numel() / x.size(-1),
        .width = shape.back(),
        .y = newDataOf<BFloat16>(y)};
    const bool done =
        runTasks((work.rows + work.atOnce - 1) / work.atOnce, 0, [&](int64_t task, float*) {
            table->halfGateTask(work, task);
        });
    return done ? y : y.zero_();
}

Tensor fastGroupNorm(
    const Tensor& x, const Tensor& added, const Tensor& weight, const Tensor& bias, int groups,
    double eps, bool silu)
{
    return x.scalar_type() == at::kBFloat16
        ? groupNormOf<BFloat16>(x, added, weight, bias, groups, eps, silu)
        : groupNormOf<float>(x, added, weight, bias, groups, eps, silu);
}
