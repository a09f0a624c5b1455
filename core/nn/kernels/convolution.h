// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/kernels/vectors.h"

// Winograd's minimal filtering F(4x4, 3x3) with the points 0, ±a, ±b and infinity: a tile of 6x6
// inputs gives 4x4 outputs, by 36 products for each input and output channel. The products of all
// tiles at one of the 36 places are a matrix product. With the usual points, 1 and 2, its rounding
// errors are three times those of the direct sum of 320 channels; with these, one and a half.

namespace kernels {
namespace {

constexpr float pointA = .75f, pointB = 1.5f, a2 = pointA * pointA, b2 = pointB * pointB;
constexpr int places = 36;
constexpr int64_t inputsAtOnce = 48; ///< so that the transformed weights of a panel fit into L2
constexpr int64_t mostTiles = 2 * rowsAtOnce; ///< of a task
constexpr int64_t tilesOfTransform = 16;
constexpr int64_t gap = 16; ///< numbers between planes, so that they do not share cache lines' sets

/// How a convolution is cut.
struct Cut
{
    int64_t across = 0, ofItem = 0, tiles = 0; ///< of 4x4 outputs
    int64_t atOnce = 0, blocks = 0;            ///< of tiles
    int64_t group = 0;                         ///< of tiles, of which a block has whole ones
    int64_t inputBlocks = 0, panels = 0;

    int64_t plane() const { return atOnce * inputsAtOnce + gap; } ///< of transformed inputs
    int64_t productPlane() const { return atOnce * panel + gap; }
    static constexpr int64_t weightPlane = inputsAtOnce * panel + gap;
    /// Where the transformed inputs of a block of tiles and of inputs begin.
    int64_t begin(int64_t block, int64_t inputBlock) const
    {
        return (block * inputBlocks + inputBlock) * places * plane();
    }
};

template<class Number>
INLINE Cut cut(const Convolution3<Number>& c)
{
    Cut t;
    t.across = ceilDivide(c.width, 4);
    t.ofItem = t.across * ceilDivide(c.height, 4);
    t.tiles = c.items * t.ofItem;
    // Whole groups of rows for a panel of each width that there is.
    const int64_t rest = c.outputs % panel / lanes;
    const int64_t group = rest == 0 ? rowsFor[panelVectors] : rest < 3 ? 12 : 24;
    t.group = group;
    t.inputBlocks = ceilDivide(c.inputs, inputsAtOnce);
    t.panels = ceilDivide(c.outputs, panel);
    // At least two tasks, where that costs little.
    const int64_t fewest = t.panels == 1 && t.tiles >= 2 * 24 ? 2 : 1;
    t.blocks = ceilDivide(t.tiles, mostTiles);
    if (t.blocks < fewest)
        t.blocks = fewest;
    t.atOnce = ceilDivide(ceilDivide(t.tiles, t.blocks), group) * group;
    return t;
}

template<class Number>
int64_t blocksOf(const Convolution3<Number>& c)
{
    return cut(c).blocks;
}

template<class Number>
int64_t blockSize(const Convolution3<Number>& c)
{
    const Cut t = cut(c);
    return t.inputBlocks * places * t.plane();
}

template<class Number>
int64_t transformTasks(const Convolution3<Number>& c)
{
    return ceilDivide(c.blocks * cut(c).atOnce, tilesOfTransform);
}

template<class Number>
int64_t convolutionTasks(const Convolution3<Number>& c)
{
    return c.blocks * cut(c).panels;
}

template<class Number>
int64_t convolutionRoom(const Convolution3<Number>& c)
{
    return places * (Cut::weightPlane + cut(c).productPlane());
}

/// B^T d for six numbers.
INLINE void transformInput(const Vector (&d)[6], Vector (&v)[6])
{
    v[0] = a2 * b2 * d[0] - (a2 + b2) * d[2] + d[4];
    v[5] = a2 * b2 * d[1] - (a2 + b2) * d[3] + d[5];
    const Vector evenA = d[4] - b2 * d[2], oddA = pointA * (d[3] - b2 * d[1]);
    const Vector evenB = d[4] - a2 * d[2], oddB = pointB * (d[3] - a2 * d[1]);
    v[1] = evenA + oddA;
    v[2] = evenA - oddA;
    v[3] = evenB + oddB;
    v[4] = evenB - oddB;
}

/// G g for three numbers.
INLINE void transformWeight(const Vector (&g)[3], Vector (&u)[6])
{
    constexpr float atZero = 1 / (a2 * b2), atA = 1 / (2 * a2 * (a2 - b2)),
                    atB = 1 / (2 * b2 * (b2 - a2));
    u[0] = g[0] * atZero;
    u[5] = g[2];
    const Vector evenA = (g[0] + a2 * g[2]) * atA, oddA = g[1] * (pointA * atA);
    const Vector evenB = (g[0] + b2 * g[2]) * atB, oddB = g[1] * (pointB * atB);
    u[1] = evenA + oddA;
    u[2] = evenA - oddA;
    u[3] = evenB + oddB;
    u[4] = evenB - oddB;
}

/// A^T m for six numbers.
INLINE void transformOutput(const Vector (&m)[6], Vector (&y)[4])
{
    const Vector sumA = m[1] + m[2], differenceA = pointA * (m[1] - m[2]);
    const Vector sumB = m[3] + m[4], differenceB = pointB * (m[3] - m[4]);
    y[0] = m[0] + sumA + sumB;
    y[1] = differenceA + differenceB;
    y[2] = a2 * sumA + b2 * sumB;
    y[3] = a2 * differenceA + b2 * differenceB + m[5];
}

/// The corner of a tile's outputs.
struct Tile
{
    int64_t item = 0, top = 0, left = 0;
};

INLINE Tile tileAt(const Cut& t, int64_t tile)
{
    const int64_t inItem = tile % t.ofItem;
    return {tile / t.ofItem, inItem / t.across * 4, inItem % t.across * 4};
}

/// A vector of the channels of a tile's 6x6 pixels, transformed.
template<class Number>
INLINE void transformPixels(
    const Number* const (&pixels)[places], int64_t channel, float* to, int64_t plane)
{
    Vector half[6][6];
#pragma GCC unroll 6
    for (int x = 0; x < 6; ++x) {
        Vector d[6], v[6];
#pragma GCC unroll 6
        for (int y = 0; y < 6; ++y)
            d[y] = pixels[y * 6 + x] ? load(pixels[y * 6 + x] + channel) : Vector {};
        transformInput(d, v);
#pragma GCC unroll 6
        for (int y = 0; y < 6; ++y)
            half[y][x] = v[y];
    }
#pragma GCC unroll 6
    for (int y = 0; y < 6; ++y) {
        Vector v[6];
        transformInput(half[y], v);
#pragma GCC unroll 6
        for (int x = 0; x < 6; ++x)
            store(to + (y * 6 + x) * plane, v[x]);
    }
}

template<class Number>
void transformTask(const Convolution3<Number>& c, int64_t task)
{
    const Cut t = cut(c);
    const int64_t last = smaller(c.blocks * t.atOnce, (task + 1) * tilesOfTransform);
    for (int64_t i = task * tilesOfTransform; i < last; ++i) {
        const int64_t tile = c.firstBlock * t.atOnce + i;
        const Number* pixels[places] = {};
        if (tile < t.tiles) {
            const Tile at = tileAt(t, tile);
            for (int64_t y = 0; y < 6; ++y)
                for (int64_t x = 0; x < 6; ++x) {
                    const int64_t row = at.top + y - 1, column = at.left + x - 1;
                    if (row >= 0 && row < c.height && column >= 0 && column < c.width)
                        pixels[y * 6 + x] = c.x
                            + ((at.item * (c.height >> c.doubled) + (row >> c.doubled))
                                   * (c.width >> c.doubled)
                               + (column >> c.doubled))
                                * c.inputs;
                }
        }
        const int64_t row = i % t.atOnce * inputsAtOnce;
        for (int64_t block = 0; block < t.inputBlocks; ++block) {
            float* to = c.transformed + t.begin(i / t.atOnce, block) + row;
            const int64_t first = block * inputsAtOnce;
            const int64_t end = smaller(c.inputs, first + inputsAtOnce);
            for (int64_t channel = first; channel < end; channel += lanes)
                transformPixels(pixels, channel, to + channel - first, t.plane());
        }
    }
}

/// The weights of some inputs and a panel of outputs, transformed: 36 planes [inputs, panel].
template<int vectors, class Number>
INLINE void transformWeights(
    const Convolution3<Number>& c, int64_t firstInput, int64_t inputs, int64_t firstOutput,
    float* to)
{
    const int64_t place = c.inputs * c.outputs;
    const Number* w = c.w + firstInput * c.outputs + firstOutput;
    for (int64_t i = 0; i < inputs; ++i) {
        for (int p = 0; p < 9; ++p) // they come from memory, each from another place
            for (int j = 0; j < vectors; ++j)
                __builtin_prefetch(w + p * place + (i + 4) * c.outputs + j * lanes);
        for (int j = 0; j < vectors; ++j) {
            const Number* from = w + i * c.outputs + j * lanes;
            float* plane = to + i * panel + j * lanes;
            Vector half[6][3];
#pragma GCC unroll 3
            for (int x = 0; x < 3; ++x) {
                const Vector g[3] = {
                    load(from + x * place), load(from + (3 + x) * place),
                    load(from + (6 + x) * place)};
                Vector u[6];
                transformWeight(g, u);
#pragma GCC unroll 6
                for (int y = 0; y < 6; ++y)
                    half[y][x] = u[y];
            }
#pragma GCC unroll 6
            for (int y = 0; y < 6; ++y) {
                Vector u[6];
                transformWeight(half[y], u);
#pragma GCC unroll 6
                for (int x = 0; x < 6; ++x)
                    store(plane + (y * 6 + x) * Cut::weightPlane, u[x]);
            }
        }
    }
}

/// A vector of the outputs of a tile, from the products at its 36 places.
template<class Number>
INLINE void finishTile(
    const Convolution3<Number>& c, const Tile& at, int64_t output, const float* products,
    int64_t plane)
{
    Vector half[4][6];
#pragma GCC unroll 6
    for (int x = 0; x < 6; ++x) {
        Vector m[6], y[4];
#pragma GCC unroll 6
        for (int i = 0; i < 6; ++i)
            m[i] = load(products + (i * 6 + x) * plane);
        transformOutput(m, y);
#pragma GCC unroll 4
        for (int i = 0; i < 4; ++i)
            half[i][x] = y[i];
    }
    const Vector bias = c.bias ? load(c.bias + output) : Vector {};
    for (int64_t row = 0; row < 4 && at.top + row < c.height; ++row) {
        Vector y[4];
        transformOutput(half[row], y);
        const int64_t pixel = (at.item * c.height + at.top + row) * c.width + at.left;
        for (int64_t x = 0; x < 4 && at.left + x < c.width; ++x) {
            const int64_t to = (pixel + x) * c.outputs + output;
            const Vector z = y[x] + bias;
            store(c.y + to, c.added ? z + load(c.added + to) : z);
        }
    }
}

template<int vectors, class Number>
void convolvePanel(
    const Convolution3<Number>& c, const Cut& t, int64_t block, int64_t first, float* room)
{
    float *weights = room, *products = room + places * Cut::weightPlane;
    const int64_t tiles = smaller(t.atOnce, t.tiles - block * t.atOnce);
    const int64_t rows = ceilDivide(tiles, t.group) * t.group;
    for (int64_t inputBlock = 0; inputBlock < t.inputBlocks; ++inputBlock) {
        const int64_t firstInput = inputBlock * inputsAtOnce;
        const int64_t inputs = smaller(c.inputs - firstInput, inputsAtOnce);
        transformWeights<vectors>(c, firstInput, inputs, first, weights);
        const float* transformed = c.transformed + t.begin(block - c.firstBlock, inputBlock);
        for (int64_t p = 0; p < places; ++p) {
            product<vectors>(
                rows, inputs, transformed + p * t.plane(), inputsAtOnce,
                weights + p * Cut::weightPlane, panel, products + p * t.productPlane(), panel,
                inputBlock > 0);
        }
    }
    for (int64_t i = 0; i < tiles; ++i)
        for (int j = 0; j < vectors; ++j)
            finishTile(
                c, tileAt(t, block * t.atOnce + i), first + j * lanes,
                products + i * panel + j * lanes, t.productPlane());
}

template<class Number>
void convolutionTask(const Convolution3<Number>& c, int64_t task, float* room)
{
    const Cut t = cut(c);
    const int64_t block = c.firstBlock + task / t.panels, first = task % t.panels * panel;
    const int64_t vectors = smaller(panelVectors, (c.outputs - first) / lanes);
    if (vectors == 1)
        convolvePanel<1>(c, t, block, first, room);
    else if (vectors == 2)
        convolvePanel<2>(c, t, block, first, room);
#if SIMILE_VECTOR_BYTES == 64
    else if (vectors == 3)
        convolvePanel<3>(c, t, block, first, room);
    else
        convolvePanel<4>(c, t, block, first, room);
#endif
}

} // namespace
} // namespace kernels
