// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/kernels/vectors.h"

namespace kernels {
namespace {

constexpr int64_t keysOfPacking = 8 * panel;

/// How an attention is cut: some queries of a part at a time go through blocks of a part's keys.
struct Blocks
{
    int64_t queries = 0, keyPanels = 0, atOnce = 0; ///< of a part; keys at once, whole panels
    int64_t valueVectors = 0;
    int64_t keySize = 0, size = 0; ///< of a part's packed keys in a head; with its values
    int64_t values() const { return valueVectors * lanes; }
};

INLINE Blocks blocks(const Attention& a)
{
    Blocks b;
    b.queries = ceilDivide(a.queries / a.parts, rowsAtOnce);
    b.keyPanels = ceilDivide(a.keys / a.parts, panel);
    b.valueVectors = ceilDivide(a.valueWidth, lanes);
    b.atOnce = smaller(b.keyPanels, (a.width + a.valueWidth <= 256 ? 384 : 128) / panel) * panel;
    b.keySize = b.keyPanels * panel * a.width;
    b.size = b.keySize + b.keyPanels * panel * b.values();
    return b;
}

int64_t packedSize(const Attention& a)
{
    return a.items * a.heads * a.parts * blocks(a).size;
}

int64_t packTasks(const Attention& a)
{
    return a.items * a.heads * a.parts * ceilDivide(a.keys / a.parts, keysOfPacking);
}

INLINE const float* headOf(const Attention::Side& side, int64_t heads, int64_t head)
{
    return side.data + head / heads * side.item + head % heads * side.head;
}

INLINE int64_t placeOf(const Attention& a, int64_t token)
{
    return a.order ? a.order[token] : token;
}

/// Keys by panels [width, panel], values by rows of whole vectors; zeros where there is none. Each
/// part by itself.
void packTask(const Attention& a, int64_t task)
{
    const Blocks b = blocks(a);
    const int64_t keysOfPart = a.keys / a.parts, pieces = ceilDivide(keysOfPart, keysOfPacking);
    const int64_t part = task / pieces, head = part / a.parts, first = part % a.parts * keysOfPart;
    const int64_t begin = task % pieces * keysOfPacking;
    const int64_t end = smaller(b.keyPanels * panel, begin + keysOfPacking);
    const float *keys = headOf(a.k, a.heads, head), *values = headOf(a.v, a.heads, head);
    float* packedKeys = a.packed + part * b.size;
    float* packedValues = packedKeys + b.keySize;
    for (int64_t key = begin; key < end; key += lanes) {
        const int64_t count = keysOfPart > key ? smaller(lanes, keysOfPart - key) : 0;
        const float* rows[lanes];
        for (int64_t i = 0; i < count; ++i)
            rows[i] = keys + placeOf(a, first + key + i) * a.k.token;
        transposeRows(
            rows, count, a.width, packedKeys + key / panel * panel * a.width + key % panel, panel);
    }
    for (int64_t key = begin; key < end; ++key) {
        const float* from =
            key < keysOfPart ? values + placeOf(a, first + key) * a.v.token : nullptr;
        float* to = packedValues + key * b.values();
        for (int64_t c = 0; c < b.values(); c += lanes)
            store(to + c, from ? loadFirst(from + c, a.valueWidth - c) : Vector {});
    }
}

int64_t attentionTasks(const Attention& a)
{
    return a.items * a.heads * a.parts * blocks(a).queries;
}

/// Queries, scores, sums and what is added up of the values.
int64_t attentionRoom(const Attention& a)
{
    const Blocks b = blocks(a);
    return rowsAtOnce * (a.width + b.atOnce + lanes + b.values()) + 2 * rowsAtOnce;
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

void addAllValues(
    const float* scores, int64_t keys, int64_t scoreStride, const float* values,
    int64_t valueVectors, float* sums)
{
    const int64_t stride = valueVectors * lanes;
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

constexpr float nothing = -3e38f; ///< below every score

/// Scores in place of which come their exponentials (to base 2) less the row's greatest so far;
/// what was added up before is brought to that.
INLINE void exponentials(
    float* scores, int64_t keys, int64_t padded, float* sums, int64_t values, float& greatest,
    float& total)
{
    for (int64_t j = keys; j < padded; ++j)
        scores[j] = nothing;
    Vector most = all(greatest);
    for (int64_t j = 0; j < padded; j += lanes)
        most = greater(load(scores + j), most);
    const float now = largest(most);
    if (now > greatest) {
        const float shrinks = exp2(all(greatest - now))[0];
        total *= shrinks;
        for (int64_t c = 0; c < values; c += lanes)
            store(sums + c, load(sums + c) * shrinks);
        greatest = now;
    }
    Vector added = {};
    for (int64_t j = 0; j < padded; j += lanes) {
        const Vector e = exp2(load(scores + j) - now);
        store(scores + j, e);
        added += e;
    }
    total += sum(added);
}

void attentionTask(const Attention& a, int64_t task, float* room)
{
    const Blocks b = blocks(a);
    const int64_t head = task / (b.queries * a.parts), part = task / b.queries % a.parts;
    const int64_t queriesOfPart = a.queries / a.parts, keysOfPart = a.keys / a.parts;
    const int64_t begin = task % b.queries * rowsAtOnce;
    const int64_t rows = smaller(rowsAtOnce, queriesOfPart - begin);
    const int64_t scoreStride = b.atOnce + lanes; // no power of two
    float *queries = room, *scores = queries + rowsAtOnce * a.width,
          *sums = scores + rowsAtOnce * scoreStride, *greatest = sums + rowsAtOnce * b.values(),
          *totals = greatest + rowsAtOnce;
    const float* q = headOf(a.q, a.heads, head);
    for (int64_t i = 0; i < rowsAtOnce; ++i) {
        for (int64_t c = 0; c < b.values(); ++c)
            sums[i * b.values() + c] = 0;
        greatest[i] = nothing;
        totals[i] = 0;
    }
    const Attention::Look* before = nullptr;
    for (int64_t l = 0; l < a.parts; ++l) {
        const Attention::Look& look = a.looks[part * a.parts + l];
        if (!before || before->queries != look.queries || before->scale != look.scale) {
            const float scale = look.scale * 1.44269504f; // exponentials to base 2
            for (int64_t i = 0; i < rowsAtOnce; ++i) {
                const float* row = i < rows
                    ? q + placeOf(a, look.queries * queriesOfPart + begin + i) * a.q.token
                    : nullptr;
                for (int64_t c = 0; c < a.width; ++c)
                    queries[i * a.width + c] = row ? row[c] * scale : 0;
            }
        }
        before = &look;
        const float* packedKeys = a.packed + (head * a.parts + look.keys) * b.size;
        const float* packedValues = a.packed + (head * a.parts + look.values) * b.size + b.keySize;
        for (int64_t first = 0; first < keysOfPart; first += b.atOnce) {
            const int64_t keys = smaller(b.atOnce, keysOfPart - first);
            for (int64_t key = 0; key < keys; key += panel)
                scorePanel(
                    queries, a.width, packedKeys + (first + key) * a.width, keys - key,
                    scores + key, scoreStride);
            const int64_t padded = ceilDivide(keys, lanes) * lanes;
            for (int64_t i = 0; i < rows; ++i)
                exponentials(
                    scores + i * scoreStride, keys, padded, sums + i * b.values(), b.values(),
                    greatest[i], totals[i]);
            addAllValues(
                scores, padded, scoreStride, packedValues + first * b.values(), b.valueVectors,
                sums);
        }
    }
    for (int64_t i = 0; i < rows; ++i) {
        const int64_t token = placeOf(a, part * queriesOfPart + begin + i), item = head / a.heads,
                      h = head % a.heads;
        float* y = a.y + ((item * a.queries + token) * a.heads + h) * a.valueWidth;
        const float share = 1 / totals[i];
        for (int64_t c = 0; c < a.valueWidth; c += lanes)
            storeFirst(y + c, load(sums + i * b.values() + c) * share, a.valueWidth - c);
        if (a.logSum)
            a.logSum[head * a.queries + token] =
                (greatest[i] + __builtin_log2f(totals[i])) * 0.69314718f;
    }
}

} // namespace
} // namespace kernels
