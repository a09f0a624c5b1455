// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/kernels/attentioncut.h"

namespace kernels {
namespace {

template<class Number>
int64_t attentionTasks(const Attention<Number>& a)
{
    return a.items * a.heads * a.parts * blocks(a).queries;
}

/// Queries, scores, probabilities, what is added up of the values, each row's greatest and sum.
template<class Number>
int64_t attentionRoom(const Attention<Number>& a)
{
    const Blocks b = blocks(a);
    return b.rows * (b.queryStride + b.scoreStride + b.shareStride + b.values + 2);
}

/// The scores of a panel's keys, of which there may be fewer than columns.
INLINE void scorePanel(
    const float* queries, int64_t width, const float* panelOfKeys, int64_t keys, float* scores,
    int64_t stride)
{
    if (keys <= lanes)
        return product<1>(
            rowsAtOnce, width, queries, width, panelOfKeys, panel, scores, stride, false);
    if (keys <= 2 * lanes && panelVectors > 2)
        return product<2>(
            rowsAtOnce, width, queries, width, panelOfKeys, panel, scores, stride, false);
    product<panelVectors>(
        rowsAtOnce, width, queries, width, panelOfKeys, panel, scores, stride, false);
}

/// sums += scores values for some vectors of the values' features.
template<int vectors>
INLINE void addValues(
    const float* scores, int64_t keys, int64_t scoreStride, const float* values, int64_t stride,
    float* sums)
{
    product<vectors>(rowsAtOnce, keys, scores, scoreStride, values, stride, sums, stride, true);
}

/// sums += scores values for all of the values' features, in @p stride of them.
void addAllValues(
    const float* scores, int64_t keys, int64_t scoreStride, const float* values, int64_t stride,
    float* sums)
{
    const int64_t valueVectors = stride / lanes;
    int64_t parts = ceilDivide(valueVectors, mostVectors), first = 0;
    for (; parts > 0; --parts) {
        const int64_t vectors = ceilDivide(valueVectors - first, parts);
        const float* from = values + first * lanes;
        float* to = sums + first * lanes;
        switch (vectors) {
        case 1:
            addValues<1>(scores, keys, scoreStride, from, stride, to);
            break;
        case 2:
            addValues<2>(scores, keys, scoreStride, from, stride, to);
            break;
        case 3:
            addValues<3>(scores, keys, scoreStride, from, stride, to);
            break;
#if SIMILE_VECTOR_BYTES == 64
        case 4:
            addValues<4>(scores, keys, scoreStride, from, stride, to);
            break;
        default:
            addValues<5>(scores, keys, scoreStride, from, stride, to);
            break;
#endif
        }
        first += vectors;
    }
}

INLINE void storeShare(float* to, Vector x)
{
    store(to, x);
}
/// To the nearest: there is always a number, and half of the cases that are as near to two of them
/// do not matter.
INLINE void storeShare(BFloat16* to, Vector x)
{
    *reinterpret_cast<UnalignedHalves*>(to) =
        __builtin_convertvector(((Words)x + 0x8000) >> 16, Halves);
}

/// The exponentials (to base 2) of a row's scores by @p scale less the greatest so far; what was
/// added up before is brought to that. Beyond the @p keys of @p padded they are zeros.
template<class Number>
INLINE void exponentials(
    float* scores, float scale, int64_t keys, int64_t padded, Number* shares, float* sums,
    int64_t values, float& greatest, float& total)
{
    const auto scored = [&](int64_t j) {
        const Vector s = load(scores + j);
        return isHalf<Number> ? s * scale : s; // in fp32 the queries were multiplied
    };
    for (int64_t j = keys; j < padded; ++j)
        scores[j] = scores[0];                // not the greatest
    Vector most = all(greatest), more = most; // two, since each waits for the one before
    int64_t next = 0;
    for (; next + lanes < padded; next += 2 * lanes) {
        most = greater(scored(next), most);
        more = greater(scored(next + lanes), more);
    }
    if (next < padded)
        most = greater(scored(next), most);
    const float now = largest(greater(most, more));
    if (now > greatest) {
        const float shrinks = exp2(all(greatest - now))[0];
        total *= shrinks;
        for (int64_t c = 0; c < values; c += lanes)
            store(sums + c, load(sums + c) * shrinks);
        greatest = now;
    }
    Vector added = {};
    const int64_t whole = keys / lanes * lanes;
    for (int64_t j = 0; j < whole; j += lanes) {
        const Vector e = exp2(scored(j) - now);
        storeShare(shares + j, e);
        added += e;
    }
    for (int64_t j = whole; j < padded; j += lanes) {
        const Vector e = firstLanes(exp2(scored(j) - now), keys - j);
        storeShare(shares + j, e);
        added += e;
    }
    total += sum(added);
}

INLINE const BFloat16* halves(const float* words)
{
    return reinterpret_cast<const BFloat16*>(words);
}

/// What a task works on.
template<class Number>
struct Rows
{
    float *queries = nullptr, *scores = nullptr; ///< by rows
    Number* shares = nullptr;                    ///< probabilities, but for each row's sum
    float* sums = nullptr;                       ///< of values by their shares
    float *greatest = nullptr, *totals = nullptr;
};

/// The queries of some rows; zeros beyond. In fp32 they are multiplied by @p scale.
template<class Number>
INLINE void takeQueries(
    const Attention<Number>& a, const Blocks& b, const Number* head, int64_t first, int64_t rows,
    float scale, float* queries)
{
    for (int64_t i = 0; i < b.rows; ++i) {
        const float* row = i < rows ? words(head + placeOf(a, first + i) * a.q.token) : nullptr;
        float* to = queries + i * b.queryStride;
        for (int64_t c = 0; c < b.words; ++c)
            to[c] = !row ? 0 : isHalf<Number> ? row[c] : row[c] * scale;
    }
}

/// Goes through a block of keys and their values.
template<class Number>
INLINE void attendBlock(
    const Attention<Number>& a, const Blocks& b, const Rows<Number>& r, int64_t rows, int64_t keys,
    const float* packedKeys, const float* packedValues, float scale)
{
    int64_t padded = b.atOnce, stride = 2 * b.shareStride;
    if constexpr (isHalf<Number>) {
        a.multiply(scoreProduct(a, b), halves(r.queries), halves(packedKeys), r.scores);
    } else {
        padded = roundUp(keys, lanes);
        stride = b.scoreStride;
        for (int64_t key = 0; key < keys; key += panel)
            scorePanel(
                r.queries, a.width, packedKeys + key * a.width, keys - key, r.scores + key,
                b.scoreStride);
    }
    for (int64_t i = 0; i < rows; ++i)
        exponentials(
            r.scores + i * b.scoreStride, scale, keys, padded, r.shares + i * stride,
            r.sums + i * b.values, b.values, r.greatest[i], r.totals[i]);
    if constexpr (isHalf<Number>)
        a.multiply(valueProduct(b), r.shares, halves(packedValues), r.sums);
    else
        addAllValues(r.shares, padded, stride, packedValues, b.values, r.sums);
}

template<class Number>
void attentionTask(const Attention<Number>& a, int64_t task, float* room)
{
    const Blocks b = blocks(a);
    const int64_t head = task / (b.queries * a.parts), part = task / b.queries % a.parts;
    const int64_t queriesOfPart = a.queries / a.parts, keysOfPart = a.keys / a.parts;
    const int64_t begin = task % b.queries * b.rows;
    const int64_t rows = smaller(b.rows, queriesOfPart - begin);
    Rows<Number> r;
    r.queries = room;
    r.scores = r.queries + b.rows * b.queryStride;
    float* const between = r.scores + b.rows * b.scoreStride;
    r.shares = reinterpret_cast<Number*>(b.shareStride ? between : r.scores);
    r.sums = between + b.rows * b.shareStride;
    r.greatest = r.sums + b.rows * b.values;
    r.totals = r.greatest + b.rows;
    for (int64_t i = 0; i < b.rows; ++i) {
        for (int64_t c = 0; c < b.values; ++c)
            r.sums[i * b.values + c] = 0;
        r.greatest[i] = -3e38f; // below every score
        r.totals[i] = 0;
    }
    const auto* q = headOf(a.q, a.heads, head);
    const Look* before = nullptr;
    for (int64_t l = 0; l < a.parts; ++l) {
        const Look& look = a.looks[part * a.parts + l];
        const float scale = look.scale * 1.44269504f; // exponentials to base 2
        if (!before || before->queries != look.queries || before->scale != look.scale)
            takeQueries(a, b, q, look.queries * queriesOfPart + begin, rows, scale, r.queries);
        before = &look;
        const float* packedKeys = a.packed + (head * a.parts + look.keys) * b.size;
        const float* packedValues = a.packed + (head * a.parts + look.values) * b.size + b.keySize;
        for (int64_t first = 0; first < keysOfPart; first += b.atOnce)
            attendBlock(
                a, b, r, rows, smaller(b.atOnce, keysOfPart - first), packedKeys + first * b.words,
                packedValues + first / perWord<Number> * b.values, scale);
    }
    for (int64_t i = 0; i < rows; ++i) {
        const int64_t token = placeOf(a, part * queriesOfPart + begin + i), item = head / a.heads,
                      h = head % a.heads;
        Number* y = a.y + ((item * a.queries + token) * a.heads + h) * a.valueWidth;
        const float share = 1 / r.totals[i];
        for (int64_t c = 0; c < a.valueWidth; c += lanes)
            storeFirst(y + c, load(r.sums + i * b.values + c) * share, a.valueWidth - c);
        if (a.logSum)
            a.logSum[head * a.queries + token] =
                (r.greatest[i] + __builtin_log2f(r.totals[i])) * 0.69314718f;
    }
}

template<class Number>
constexpr AttentionKernels<Number> attentionKernels = {
    .packedSize = packedSize<Number>,
    .packTasks = packTasks<Number>,
    .packTask = packTask<Number>,
    .tasks = attentionTasks<Number>,
    .room = attentionRoom<Number>,
    .task = attentionTask<Number>};

} // namespace
} // namespace kernels
