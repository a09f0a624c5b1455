// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/kernels/vectors.h"

// How an attention is cut, and its keys and values packed. fp32 is multiplied by loops of our own,
// a panel of keys at a time. bf16 is multiplied by whoever is given (TileProduct), a block of keys
// at a time; there two numbers share a word: features of a key, and values of two keys.

namespace kernels {
namespace {

constexpr int64_t keysOfPacking = 8 * panel;

/// Some queries of a part at a time go through blocks of a part's keys. Strides are in words.
struct Blocks
{
    int64_t rows = 0, queries = 0; ///< of a task; tasks of a part
    int64_t keys = 0, atOnce = 0;  ///< of a part, with what fills up the last block; of a block
    int64_t panel = 0;             ///< keys whose words lie side by side
    int64_t words = 0;             ///< of a key
    int64_t values = 0;            ///< features of a value, whole vectors
    int64_t queryStride = 0, scoreStride = 0;
    int64_t shareStride = 0;       ///< 0: probabilities take the place of the scores
    int64_t keySize = 0, size = 0; ///< of a part's packed keys in a head; with its values
};

INLINE int64_t roundUp(int64_t x, int64_t step)
{
    return ceilDivide(x, step) * step;
}

template<class Number>
INLINE Blocks blocks(const Attention<Number>& a)
{
    Blocks b;
    const int64_t queries = a.queries / a.parts, keys = a.keys / a.parts;
    const bool narrow = a.width + a.valueWidth <= 256;
    b.words = a.width / perWord<Number>;
    if constexpr (isHalf<Number>) {
        constexpr int64_t tile = 16; // rows and columns of AMX's
        b.rows = smaller(4 * tile, roundUp(queries, tile));
        const int64_t count = ceilDivide(keys, narrow ? 512 : 256);
        b.atOnce = b.panel = roundUp(ceilDivide(keys, count), tile);
        b.keys = count * b.atOnce;
        b.values = roundUp(a.valueWidth, tile);
        b.queryStride = roundUp(b.words, tile);
        b.shareStride = roundUp(b.atOnce / 2, tile) + tile;
    } else {
        b.rows = rowsAtOnce;
        b.keys = roundUp(keys, panel);
        b.atOnce = smaller(b.keys, narrow ? 384 : 128);
        b.panel = panel;
        b.values = roundUp(a.valueWidth, lanes);
        b.queryStride = b.words;
    }
    b.scoreStride = b.atOnce + lanes; // no power of two
    b.queries = ceilDivide(queries, b.rows);
    b.keySize = b.keys * b.words;
    b.size = b.keySize + b.keys / perWord<Number> * b.values;
    return b;
}

/// The two products of a block: of queries and keys, of probabilities and values.
INLINE TileProduct scoreProduct(const Attention<BFloat16>& a, const Blocks& b)
{
    return {
        .rows = b.rows,
        .columns = b.atOnce,
        .k = a.width,
        .aStride = 2 * b.queryStride,
        .bStride = b.atOnce,
        .cStride = b.scoreStride};
}

INLINE TileProduct valueProduct(const Blocks& b)
{
    return {
        .rows = b.rows,
        .columns = b.values,
        .k = b.atOnce,
        .aStride = 2 * b.shareStride,
        .bStride = b.values,
        .cStride = b.values,
        .adds = true};
}

void tileProducts(const Attention<BFloat16>& a, TileProduct (&products)[2])
{
    const Blocks b = blocks(a);
    products[0] = scoreProduct(a, b);
    products[1] = valueProduct(b);
}

template<class Number>
int64_t packedSize(const Attention<Number>& a)
{
    return a.items * a.heads * a.parts * blocks(a).size;
}

template<class Number>
int64_t packTasks(const Attention<Number>& a)
{
    return a.items * a.heads * a.parts * ceilDivide(blocks(a).keys, keysOfPacking);
}

/// A head's first number.
template<class Side>
INLINE auto headOf(const Side& side, int64_t heads, int64_t head)
{
    return side.data + head / heads * side.item + head % heads * side.head;
}

template<class Number>
INLINE int64_t placeOf(const Attention<Number>& a, int64_t token)
{
    return a.order ? a.order[token] : token;
}

/// Keys by panels [words, panel], values by rows of whole vectors; zeros where there is none. Each
/// part by itself.
template<class Number>
void packTask(const Attention<Number>& a, int64_t task)
{
    const Blocks b = blocks(a);
    const int64_t keysOfPart = a.keys / a.parts, pieces = ceilDivide(b.keys, keysOfPacking);
    const int64_t part = task / pieces, head = part / a.parts, first = part % a.parts * keysOfPart;
    const int64_t begin = task % pieces * keysOfPacking;
    const int64_t end = smaller(b.keys, begin + keysOfPacking);
    const Number *keys = headOf(a.k, a.heads, head), *values = headOf(a.v, a.heads, head);
    float* packedKeys = a.packed + part * b.size;
    float* packedValues = packedKeys + b.keySize;
    for (int64_t key = begin; key < end; key += lanes) {
        const int64_t count = keysOfPart > key ? smaller(lanes, keysOfPart - key) : 0;
        const float* rows[lanes];
        for (int64_t i = 0; i < count; ++i)
            rows[i] = words(keys + placeOf(a, first + key + i) * a.k.token);
        float* to = packedKeys + key / b.panel * b.panel * b.words + key % b.panel;
        transposeRows(rows, count, b.words, to, b.panel);
    }
    for (int64_t key = begin; key < end; key += perWord<Number>) {
        const Number* of[2] = {};
        for (int64_t i = 0; i < perWord<Number> && key + i < keysOfPart; ++i)
            of[i] = values + placeOf(a, first + key + i) * a.v.token;
        float* to = packedValues + key / perWord<Number> * b.values;
        for (int64_t c = 0; c < b.values; c += lanes) {
            const int64_t count = a.valueWidth - c; // none where a vector is more than a tile wants
            const bool any = count > 0;
            store(
                to + c,
                pairedWords(
                    any && of[0] ? of[0] + c : nullptr, any && of[1] ? of[1] + c : nullptr, count));
        }
    }
}

} // namespace
} // namespace kernels
