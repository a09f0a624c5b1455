// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/weights.h"

#include <cstdint>
#include <functional>

struct TokenParts;

/// Layers as PyTorch has them: first the weights, then the input. A weight in another floating type
/// than the input is not converted here: a model is loaded in one type.
///
/// On the CPU they take faster ways where there are some (core/nn/fastpaths.h). What is called
/// @p added is a tensor like the result that is added to it, an undefined one nothing.
///
/// Each asks before it computes whether the work is to end (core/stopping.h), and then gives zeros
/// of its shape, so that what follows costs little; a network's function then gives an undefined
/// tensor.

Tensor linear(const Weights& w, const Tensor& x, const Tensor& added = {});
/// The same with a part of a module's weights.
Tensor linear(const Tensor& x, const Tensor& weight, const Tensor& bias, const Tensor& added = {});
/// A 1x1 convolution stored as such ([out, in, 1, 1]) or as a linear layer ([out, in]), on tokens
/// [batch, tokens, channels].
Tensor pointwise(const Weights& w, const Tensor& x, const Tensor& added = {});
Tensor conv2d(
    const Weights& w, const Tensor& x, int stride = 1, int padding = 0, const Tensor& added = {});
/// What else a convolution has.
struct Convolution
{
    Tensor bias = {};
    int stride = 1, padding = 0, dilation = 1;
    int64_t groups = 1;
    Tensor added = {};
    int paddingAfter = -1; ///< below and at the right; -1: as above and at the left
    bool doubled = false;  ///< of the picture with each pixel four times
};
/// The same with weights that were computed.
Tensor conv2d(const Tensor& x, const Tensor& weight, const Convolution& convolution);
/// With the bias that stands beside the weight.
Tensor conv2d(const Weights& w, const Tensor& x, Convolution how);
/// Channels of @p a, and then of @p b, [batch, channels, h, w].
Tensor joined(const Tensor& a, const Tensor& b);
Tensor groupNorm(const Weights& w, const Tensor& x, int groups, double eps);
/// SiLU of the group norm of @p x plus @p shift, [1 or batch, channels], at every pixel; undefined:
/// nothing.
Tensor groupNormSilu(
    const Weights& w, const Tensor& x, int groups, double eps, const Tensor& shift = {});
Tensor layerNorm(const Weights& w, const Tensor& x, double eps = 1e-5);
/// Gated GELU (exact erf): the second half of the features gates the first.
Tensor geglu(const Tensor& x);
/// geglu() of a linear layer.
Tensor gatedLinear(const Weights& w, const Tensor& x);

/// [batch, tokens, heads * d] to [batch, heads, tokens, d].
Tensor splitHeads(const Tensor& x, int64_t heads);
/// [batch, heads, tokens, d] to [batch, tokens, heads * d].
Tensor mergeHeads(const Tensor& x);
/// softmax(q k^T scale) v for [batch, heads, tokens, d], without the matrix.
Tensor attention(const Tensor& q, const Tensor& k, const Tensor& v, double scale);
/// The same with tokens in parts that look at each other otherwise; undefined where there is no
/// fast way.
Tensor attention(const Tensor& q, const Tensor& k, const Tensor& v, const TokenParts& parts);
/// The same with @p bias added to the scores, [batch, heads, query, key].
Tensor attention(
    const Tensor& q, const Tensor& k, const Tensor& v, double scale, const Tensor& bias);

/// softmax(q k^T scale) v with one @p q and @p k, [1, heads, tokens, d], for every item of @p v,
/// [n, heads, tokens, d]: the probabilities are computed once, for the values of all.
Tensor sharedAttention(const Tensor& q, const Tensor& k, const Tensor& v, double scale);

/// Changes or only looks at a matrix [batch * heads, query, key].
using MatrixEdit = std::function<void(Tensor&)>;
/// The same with the matrix, for edits of the scaled scores and of the probabilities (fp32).
Tensor attention(
    const Tensor& q, const Tensor& k, const Tensor& v, double scale, const MatrixEdit& scores,
    const MatrixEdit& probabilities);

/// An attention's output [batch, heads, queries, d] with the logarithm of each row's sum of
/// exponentials [batch, heads, queries] (fp32), so that attentions over parts of the keys can be
/// merged exactly.
struct PartialAttention
{
    Tensor output = {}, logSum = {};
};
PartialAttention partialAttention(const Tensor& q, const Tensor& k, const Tensor& v, double scale);
/// The attention over the keys of both.
Tensor merge(const PartialAttention& a, const PartialAttention& b);

/// Multiply-adds done by linear(), pointwise(), conv2d() and the attentions since the last reset,
/// in this process.
int64_t multiplyAdds();
void resetMultiplyAdds();
