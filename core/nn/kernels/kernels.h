// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

// Arithmetic on plain arrays, compiled once for each instruction set: files of their own, so that
// nothing else is compiled with its flags. Work is cut into tasks that may run at the same time;
// each is given room of its own to work in. What a task computes does not depend on how many others
// there are, so a number of threads or a batch changes no bit. Numbers are fp32 or bf16; what is
// multiplied in bf16 is added up in fp32, and all else is computed in it.

namespace kernels {

/// The upper half of a float.
struct __attribute__((may_alias)) BFloat16
{
    uint16_t bits = 0;
};

/// c (+)= a b for small matrices: a [rows, k] and c [rows, columns] by rows, b in pairs of its
/// rows, [k / 2, columns, 2], as oneDNN's micro-kernels want it.
struct TileProduct
{
    int64_t rows = 0, columns = 0, k = 0;
    int64_t aStride = 0, bStride = 0,
            cStride = 0; ///< from row to row; of b from pair to pair, in pairs
    bool adds = false;
};
using MultiplyTiles = void (*)(const TileProduct&, const BFloat16* a, const BFloat16* b, float* c);

/// y = x w^T (+ bias) (+ added): @p rows of @p inputs numbers times [outputs, inputs]. In bf16 the
/// inputs are even, and x and w begin at whole words.
template<class Number>
struct Linear
{
    const Number* x = nullptr;
    int64_t rows = 0, inputs = 0, outputs = 0;
    int64_t xStride = 0;           ///< from row to row
    const Number* w = nullptr;     ///< [outputs, inputs]; gated: the gates' rows follow
    const Number* bias = nullptr;  ///< may be null
    const Number* added = nullptr; ///< [rows, outputs]; may be null
    Number* y = nullptr;           ///< [rows, outputs]
    /// Gated GELU (exact erf): w has twice the outputs, and the second half gates the first.
    bool gated = false;
};

/// A 3x3 convolution of stride 1 and padding 1 (+ bias) (+ added), channels last, by Winograd's
/// F(4x4, 3x3) (Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", 2016): a
/// quarter of the multiplications, in fp32 also where the numbers are bf16. Channels are multiples
/// of 16.
template<class Number>
struct Convolution3
{
    const Number* x = nullptr; ///< [items, height, width, inputs]
    int64_t items = 0, height = 0, width = 0, inputs = 0, outputs = 0;
    const Number* w = nullptr;     ///< [3, 3, inputs, outputs]
    const Number* bias = nullptr;  ///< may be null
    const Number* added = nullptr; ///< [items, height, width, outputs]; may be null
    Number* y = nullptr;           ///< [items, height, width, outputs]
    /// Of the blocks of tiles into which it is cut, those that are computed.
    int64_t firstBlock = 0, blocks = 0;
    float* transformed = nullptr; ///< room of blocks * blockSize() numbers
    /// Each pixel of x, which is half as high and wide then, counts four times.
    bool doubled = false;
};

/// Any other 3x3 convolution (+ bias) (+ added), channels last, as the plain sum: with a stride, of
/// few channels, of small pictures.
template<class Number>
struct DirectConvolution
{
    const Number* x = nullptr; ///< [items, height, width, inputs]
    int64_t items = 0, height = 0, width = 0, inputs = 0, outputs = 0;
    int64_t stride = 1;
    int64_t before = 1;   ///< zeros above and at the left; below and at the right as far as needed
    bool doubled = false; ///< each pixel of x counts four times
    int64_t outHeight = 0, outWidth = 0;
    const Number* w = nullptr;     ///< [3, 3, inputs, outputs]
    const Number* bias = nullptr;  ///< may be null
    const Number* added = nullptr; ///< [items, outHeight, outWidth, outputs]; may be null
    Number* y = nullptr;           ///< the same
};

/// The queries of one part at the keys of another, of which the values of a third are taken.
struct Look
{
    int64_t queries = 0, keys = 0, values = 0;
    float scale = 1;
};

/// softmax(q k^T scale) v for heads that lie one beside the other, without the matrix, in the
/// manner of Dao et al., "FlashAttention" (2022). In bf16 the width is even, and so are the steps.
template<class Number>
struct Attention
{
    /// A tensor [items, heads, tokens, width] by its steps; its features lie one after the other.
    struct Side
    {
        const Number* data = nullptr;
        int64_t item = 0, head = 0, token = 0;
    };
    Side q = {}, k = {}, v = {};
    int64_t items = 0, heads = 0, queries = 0, keys = 0;
    int64_t width = 0, valueWidth = 0; ///< of queries and keys; of values
    /// Tokens may come in parts of as many: then a row's softmax goes over all looks of its part.
    int64_t parts = 1;
    const int64_t* order = nullptr; ///< the tokens of one part after the other; null: as they lie
    const Look* looks = nullptr;    ///< [parts, parts]
    float* packed = nullptr;        ///< room of packedSize() numbers
    Number* y = nullptr;            ///< [items, queries, heads, valueWidth]
    float* logSum = nullptr;        ///< [items, heads, queries]: log of each row's sum; may be null
    MultiplyTiles multiply = nullptr; ///< of bf16 alone
};

/// Group norm with channels last, (+ @p added to each channel before) (and SiLU of it).
template<class Number>
struct GroupNorm
{
    const Number* x = nullptr; ///< [items, pixels, channels]
    int64_t items = 0, pixels = 0, channels = 0;
    float* sums = nullptr;         ///< [items, parts(), 2, channels]: what sumTask() leaves
    const float* factor = nullptr; ///< [items, channels]: of each channel, for normTask()
    const float* offset = nullptr;
    Number* y = nullptr;
    bool silu = false;
    static constexpr int64_t atOnce = 128; ///< pixels of a task
    int64_t parts() const { return (pixels + atOnce - 1) / atOnce; }
};

/// Layer norm of each row's features.
template<class Number>
struct LayerNorm
{
    const Number* x = nullptr; ///< [rows, width]
    int64_t rows = 0, width = 0;
    const float* weight = nullptr;
    const float* bias = nullptr;
    float eps = 0;
    Number* y = nullptr;
    static constexpr int64_t atOnce = 64; ///< rows of a task
};

/// Gated GELU (exact erf): the second half of a row's features gates the first.
template<class Number>
struct Gate
{
    const Number* x = nullptr; ///< [rows, 2 width]
    int64_t rows = 0, width = 0;
    Number* y = nullptr;                  ///< [rows, width]
    static constexpr int64_t atOnce = 16; ///< rows of a task
};

template<class Number>
struct AttentionKernels
{
    int64_t (*packedSize)(const Attention<Number>&);
    int64_t (*packTasks)(const Attention<Number>&); ///< to be done before the attention's
    void (*packTask)(const Attention<Number>&, int64_t task);
    int64_t (*tasks)(const Attention<Number>&);
    int64_t (*room)(const Attention<Number>&);
    void (*task)(const Attention<Number>&, int64_t task, float* room);
};

template<class Number>
struct NormKernels
{
    /// Sums of a part's channels less its first pixel's values, and of the squares around its
    /// means.
    void (*sumTask)(const GroupNorm<Number>&, int64_t task); ///< of items * parts()
    void (*normTask)(const GroupNorm<Number>&, int64_t task);
    void (*layerNormTask)(const LayerNorm<Number>&, int64_t task); ///< of rows / atOnce, rounded up
};

template<class Number>
struct LayerKernels
{
    int64_t (*linearTasks)(const Linear<Number>&);
    int64_t (*linearRoom)(const Linear<Number>&); ///< of a task
    void (*linearTask)(const Linear<Number>&, int64_t task, float* room);

    int64_t (*blocks)(const Convolution3<Number>&); ///< all
    int64_t (*blockSize)(const Convolution3<Number>&);
    int64_t (*transformTasks)(const Convolution3<Number>&); ///< to be done before the convolution's
    void (*transformTask)(const Convolution3<Number>&, int64_t task);
    int64_t (*convolutionTasks)(const Convolution3<Number>&);
    int64_t (*convolutionRoom)(const Convolution3<Number>&);
    void (*convolutionTask)(const Convolution3<Number>&, int64_t task, float* room);

    bool (*isForWinograd)(const DirectConvolution<Number>&); ///< whether a Convolution3 is faster
    int64_t (*directTasks)(const DirectConvolution<Number>&);
    int64_t (*directRoom)(const DirectConvolution<Number>&);
    void (*directTask)(const DirectConvolution<Number>&, int64_t task, float* room);
};

/// What an instruction set has. Sizes are in numbers of fp32.
struct Kernels
{
    LayerKernels<float> layers;
    LayerKernels<BFloat16> halfLayers;

    AttentionKernels<float> attention;
    AttentionKernels<BFloat16> halfAttention;
    void (*tileProducts)(
        const Attention<BFloat16>&, TileProduct (&products)[2]); ///< those it wants

    NormKernels<float> norms;
    NormKernels<BFloat16> halfNorms;
    void (*halfGateTask)(const Gate<BFloat16>&, int64_t task); ///< of rows / atOnce, rounded up
};

const Kernels* avx512bf16(); ///< null where the compiler has none
const Kernels* avx512();
const Kernels* avx2();

/// The best of what this processor has and ONEDNN_MAX_CPU_ISA and ATEN_CPU_CAPABILITY allow; null:
/// there is none.
const Kernels* best();
/// Whether oneDNN multiplies with AMX's tiles here, which no kernel of ours does.
bool hasTiles();

} // namespace kernels
