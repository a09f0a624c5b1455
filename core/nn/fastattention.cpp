// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/fastpaths.h"

#include "core/nn/plaintensor.h"
#include "core/nn/tileproducts.h"

#include <algorithm>
#include <cmath>
#include <type_traits>

using kernels::Attention;
using kernels::BFloat16;
using kernels::Kernels;

namespace {

/// Gives back at its end what a task's products took.
struct ReleasedTiles
{
    ReleasedTiles() = default;
    ~ReleasedTiles() { tileProducts().release(); }
    ReleasedTiles(const ReleasedTiles&) = delete;
    ReleasedTiles& operator=(const ReleasedTiles&) = delete;
};

template<class Number>
const kernels::AttentionKernels<Number>& attentionKernelsOf(const Kernels& table)
{
    if constexpr (std::is_same_v<Number, float>)
        return table.attention;
    else
        return table.halfAttention;
}

bool prepare(const Kernels&, Attention<float>&)
{
    return true;
}
/// Whether the products that it wants can be done here.
bool prepare(const Kernels& table, Attention<BFloat16>& work)
{
    kernels::TileProduct products[2];
    table.tileProducts(work, products);
    work.multiply = tileProducts().multiply;
    return std::ranges::all_of(products, canMultiply);
}

void doTask(const Kernels& table, const Attention<float>& work, int64_t task, float* room)
{
    table.attention.task(work, task, room);
}
void doTask(const Kernels& table, const Attention<BFloat16>& work, int64_t task, float* room)
{
    const ReleasedTiles released;
    table.halfAttention.task(work, task, room);
}

Tensor besideEachOther(const Tensor& x)
{
    return x.stride(3) == 1 ? x : x.contiguous();
}

/// Queries or keys whose features can be taken a word at a time.
template<class Number>
Tensor inWords(const Tensor& x)
{
    constexpr int64_t perWord = sizeof(float) / sizeof(Number);
    if (x.size(3) % perWord)
        return at::pad(x, {0, perWord - x.size(3) % perWord});
    const Tensor y = besideEachOther(x);
    const bool whole = y.stride(0) % perWord == 0 && y.stride(1) % perWord == 0
        && y.stride(2) % perWord == 0 && y.storage_offset() % perWord == 0;
    return whole ? y : y.clone(at::MemoryFormat::Contiguous);
}

template<class Number>
typename Attention<Number>::Side sideOf(const Tensor& x)
{
    return {dataOf<Number>(x), x.stride(0), x.stride(1), x.stride(2)};
}

/// The attention with what @p work says of looks.
template<class Number>
Tensor attentionOf(
    const Tensor& q, const Tensor& k, const Tensor& v, Attention<Number> work, Tensor* logSum)
{
    const Kernels* table = fastPaths().attention ? kernels::best() : nullptr;
    if (!table || !isPlain<Number>(q) || !isPlain<Number>(k) || !isPlain<Number>(v)
        || q.numel() == 0 || k.numel() == 0 || v.numel() == 0)
        return {};
    const Tensor queries = inWords<Number>(q), keys = inWords<Number>(k),
                 values = besideEachOther(v);
    work.q = sideOf<Number>(queries);
    work.k = sideOf<Number>(keys);
    work.v = sideOf<Number>(values);
    work.items = q.size(0);
    work.heads = q.size(1);
    work.queries = q.size(2);
    work.keys = k.size(2);
    work.width = queries.size(3);
    work.valueWidth = v.size(3);
    if (!prepare(*table, work))
        return {};
    const auto inFloats = q.options().dtype(at::kFloat);
    const Tensor y = at::empty({q.size(0), q.size(2), q.size(1), v.size(3)}, q.options());
    if (logSum)
        *logSum = at::empty({q.size(0), q.size(1), q.size(2)}, inFloats);
    work.y = newDataOf<Number>(y);
    work.logSum = logSum ? newDataOf<float>(*logSum) : nullptr;
    const auto& of = attentionKernelsOf<Number>(*table);
    const Tensor packed = at::empty({of.packedSize(work)}, inFloats);
    work.packed = newDataOf<float>(packed);
    const bool done =
        runTasks(of.packTasks(work), 0, [&](int64_t task, float*) { of.packTask(work, task); })
        && runTasks(of.tasks(work), of.room(work), [&](int64_t task, float* room) {
               doTask(*table, work, task, room);
           });
    if (!done) {
        y.zero_();
        if (logSum)
            logSum->zero_();
    }
    return y.transpose(1, 2);
}

/// In the numbers that the tensors have.
Tensor attentionWith(
    const Tensor& q, const Tensor& k, const Tensor& v, int64_t parts, const int64_t* order,
    const kernels::Look* looks, Tensor* logSum)
{
    if (q.scalar_type() == at::kBFloat16)
        return attentionOf<BFloat16>(
            q, k, v, {.parts = parts, .order = order, .looks = looks}, logSum);
    return attentionOf<float>(q, k, v, {.parts = parts, .order = order, .looks = looks}, logSum);
}

} // namespace

Tensor fastAttention(
    const Tensor& q, const Tensor& k, const Tensor& v, double scale, Tensor* logSum)
{
    const kernels::Look everything {.scale = float(scale)};
    return attentionWith(q, k, v, 1, nullptr, &everything, logSum);
}

Tensor fastAttention(const Tensor& q, const Tensor& k, const Tensor& v, const TokenParts& parts)
{
    std::vector<kernels::Look> looks;
    for (const TokenParts::Look& look : parts.looks)
        looks.push_back({look.queries, look.keys, look.values, float(look.scale)});
    const int64_t count = std::lround(std::sqrt(double(looks.size())));
    return attentionWith(q, k, v, count, parts.order.data(), looks.data(), nullptr);
}
