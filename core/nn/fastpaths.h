// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/tensor.h"

#include <functional>
#include <vector>

/// Which of the faster ways the layers take where they can; each gives what the plain operator of
/// libtorch gives, but for rounding. All are on; a test or a comparison switches some off.
struct FastPaths
{
    bool convolutions = true; ///< 3x3 by Winograd or as they stand, 1x1 as linear (fp32, bf16, CPU)
    bool linears = true;      ///< with what follows in the same loop (the same)
    bool attention = true;    ///< of our own, with any width of the values (the same)
    bool norms = true;        ///< group norms with SiLU, channels last; layer norms (the same)
    bool channelsLast = true; ///< of activations and kernels in half types (GPU)
    bool graphs = true;       ///< passes that are repeated as a whole (core/nn/devicegraph.h, GPU)
    /// Weights of as many channels or more are in oneDNN's own order, and its layers (bf16, CPU);
    /// 0: none. It is so where there are AMX's tiles, which ours do not use.
    int64_t packedFrom = 0;
};
/// None of them: libtorch's operators alone.
constexpr FastPaths noFastPaths = {false, false, false, false, false, false, 0};
/// What holds for this process; to be changed while no network runs.
FastPaths& fastPaths();

/// How the activations of a network lie in the memory of @p device, computed in @p type.
at::MemoryFormat activationFormat(const at::Device& device, at::ScalarType type);

/// Whether oneDNN multiplies by this weight [outputs, inputs, ...], packed or not.
bool isForTiles(const Tensor& weight);

/// A convolution's weight [outputs, inputs, 3, 3] (on a GPU of any window), or any other tensor, in
/// the order in which the layers take it: the same numbers with other strides.
Tensor inOrder(const Tensor& weight);

// Each gives an undefined tensor where it does not take these (another type or device, sizes, the
// path switched off, a processor without the instructions), and zeros where the work is to end.

/// x w^T (+ bias) (+ added), or with gates (see kernels::Linear) for x [..., inputs].
Tensor fastLinear(
    const Tensor& x, const Tensor& weight, const Tensor& bias, const Tensor& added, bool gated);
/// Where the window of a convolution begins and goes, and how many outputs there are.
struct Window
{
    int64_t stride = 1, before = 0; ///< zeros above and at the left
    int64_t height = 0, width = 0;  ///< of the outputs
    bool doubled = false;           ///< each pixel counts four times
};
/// A convolution, channels last, of a weight that is inOrder(): 3x3, or 1x1 that keeps the size.
Tensor fastConvolution(
    const Tensor& x, const Tensor& weight, const Tensor& bias, const Tensor& added,
    const Window& window);
/// Channels of @p a, and then of @p b, of the same pixels, channels last.
Tensor fastJoin(const Tensor& a, const Tensor& b);
/// geglu() of @p x in bf16, as one pass.
Tensor fastGate(const Tensor& x);
/// softmax(q k^T scale) v; @p logSum where not null gets the logarithms of the rows' sums (fp32).
/// In bf16 only where this processor's oneDNN multiplies small matrices (core/nn/tileproducts.h).
Tensor fastAttention(
    const Tensor& q, const Tensor& k, const Tensor& v, double scale, Tensor* logSum = nullptr);

/// Tokens that come in parts of as many. The queries of a part see, look by look, the queries of
/// one part at the keys of another, with the values of a third; one softmax goes over all of it.
struct TokenParts
{
    struct Look
    {
        int64_t queries = 0, keys = 0, values = 0;
        double scale = 1;
    };
    std::vector<int64_t> order = {}; ///< the tokens of one part after the other
    std::vector<Look> looks = {};    ///< [parts, parts]
};
Tensor fastAttention(const Tensor& q, const Tensor& k, const Tensor& v, const TokenParts& parts);
/// Group norm, of @p x plus @p added to each channel [1 or items, channels], and SiLU of it.
Tensor fastGroupNorm(
    const Tensor& x, const Tensor& added, const Tensor& weight, const Tensor& bias, int groups,
    double eps, bool silu);

Tensor fastLayerNorm(const Tensor& x, const Tensor& weight, const Tensor& bias, double eps);

/// Calls @p task for 0 to @p count - 1, each once, on all of libtorch's threads, with room for
/// @p room numbers. Before each this thread asks whether the work is to end (core/stopping.h); then
/// the rest is left out, and the answer is false.
bool runTasks(
    int64_t count, int64_t room, const std::function<void(int64_t task, float* room)>& task);
