// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/layers.h"

#include "core/errors.h"
#include "core/nn/fastpaths.h"
#include "core/nn/packing.h"
#include "core/stopping.h"

#include <algorithm>
#include <atomic>

namespace {

std::atomic<int64_t> done = 0;

void countMatrix(const Tensor& q, const Tensor& k, const Tensor& v)
{
    done += q.numel() * k.size(2) + q.numel() / q.size(3) * v.size(3) * k.size(2);
}

// Tensors without data (of the meta device) go through with their shapes alone: the work of a
// network can be counted without being done. libtorch has no such convolutions, norms and fused
// attentions outside Python, so these are passed over here.

/// What an attention gives that is not computed.
Tensor uncomputed(const Tensor& q, const Tensor& v)
{
    const std::vector<int64_t> shape = {q.size(0), q.size(1), q.size(2), v.size(3)};
    return q.is_meta() ? at::empty(shape, q.options()) : at::zeros(shape, v.options());
}

/// Whether the CPU's fused attention takes these.
bool fusable(const Tensor& q, const Tensor& k, const Tensor& v)
{
    return q.is_cpu() && q.numel() > 0 && k.numel() > 0 && q.size(3) == k.size(3)
        && k.size(3) == v.size(3);
}

/// Attention of a few queries with the matrix, in fp32.
PartialAttention plainAttention(const Tensor& q, const Tensor& k, const Tensor& v, double scale)
{
    const Tensor scores = at::matmul(q.to(at::kFloat) * scale, k.to(at::kFloat).transpose(-1, -2));
    const Tensor logSum = scores.logsumexp(-1);
    const Tensor probabilities = (scores - logSum.unsqueeze(-1)).exp_();
    return {at::matmul(probabilities, v.to(at::kFloat)).to(q.scalar_type()), logSum};
}

Tensor plus(const Tensor& y, const Tensor& added)
{
    return added.defined() ? y + added : y;
}

/// By an operator of libtorch.
Tensor plainLinear(
    const Tensor& x, const Tensor& weight, const Tensor& bias, const Tensor& added = {})
{
    return isPacked(weight) ? packedLinear(x, weight, bias, added)
                            : plus(at::linear(x, weight, bias), added);
}

Tensor plainConvolution(const Tensor& from, const Tensor& weight, const Convolution& c)
{
    Tensor x = from;
    int padding = c.padding;
    if (c.doubled)
        x = at::upsample_nearest2d(x, {2 * x.size(2), 2 * x.size(3)});
    if (c.paddingAfter >= 0 && c.paddingAfter != c.padding) {
        x = at::pad(x, {c.padding, c.paddingAfter, c.padding, c.paddingAfter});
        padding = 0;
    }
    return isPacked(weight)
        ? packedConvolution(x, weight, c.bias, c.stride, padding, c.added)
        : plus(at::conv2d(x, weight, c.bias, c.stride, padding, c.dilation, c.groups), c.added);
}

/// Zeros in the place of a linear layer's result with @p outputs features.
Tensor noFeatures(const Tensor& x, int64_t outputs)
{
    std::vector<int64_t> shape = x.sizes().vec();
    shape.back() = outputs;
    return at::zeros(shape, x.options());
}

} // namespace

Tensor linear(const Tensor& x, const Tensor& weight, const Tensor& bias, const Tensor& added)
{
    if (stopAsked())
        return noFeatures(x, weight.size(0));
    done += x.numel() * weight.size(0);
    const Tensor y = fastLinear(x, weight, bias, added, false);
    return y.defined() ? y : plainLinear(x, weight, bias, added);
}

Tensor linear(const Weights& w, const Tensor& x, const Tensor& added)
{
    return linear(x, w("weight"), w.find("bias"), added);
}

Tensor pointwise(const Weights& w, const Tensor& x, const Tensor& added)
{
    return linear(x, w("weight").flatten(1), w.find("bias"), added);
}

Tensor gatedLinear(const Weights& w, const Tensor& x)
{
    const Tensor weight = w("weight"), bias = w.find("bias");
    if (stopAsked())
        return noFeatures(x, weight.size(0) / 2);
    done += x.numel() * weight.size(0);
    const Tensor y = fastLinear(x, weight, bias, {}, true);
    return y.defined() ? y : geglu(plainLinear(x, weight, bias));
}

Tensor conv2d(const Tensor& x, const Tensor& weight, const Convolution& c)
{
    const auto side = [&](int64_t dim) {
        const int64_t reach = int64_t(c.dilation) * (weight.size(dim) - 1) + 1;
        const int64_t padding = c.padding + (c.paddingAfter < 0 ? c.padding : c.paddingAfter);
        return (x.size(dim) * (c.doubled ? 2 : 1) + padding - reach) / c.stride + 1;
    };
    const auto shape = [&] { return std::vector {x.size(0), weight.size(0), side(2), side(3)}; };
    if (stopAsked())
        return at::zeros(shape(), x.options());
    Tensor y;
    if (x.is_meta())
        y = at::empty(shape(), x.options());
    else if (c.dilation == 1 && c.groups == 1)
        y = fastConvolution(
            x, weight, c.bias, c.added,
            {.stride = c.stride,
             .before = c.padding,
             .height = side(2),
             .width = side(3),
             .doubled = c.doubled});
    if (!y.defined())
        y = plainConvolution(x, weight, c);
    done += y.numel() * (weight.numel() / weight.size(0));
    return y;
}

Tensor conv2d(const Weights& w, const Tensor& x, int stride, int padding, const Tensor& added)
{
    return conv2d(w, x, Convolution {.stride = stride, .padding = padding, .added = added});
}

Tensor conv2d(const Weights& w, const Tensor& x, Convolution how)
{
    how.bias = w.find("bias");
    return conv2d(x, w("weight"), how);
}

Tensor joined(const Tensor& a, const Tensor& b)
{
    const Tensor y = stopAsked() ? Tensor() : fastJoin(a, b);
    return y.defined() ? y : at::cat({a, b}, 1);
}

static void checkGroups(const Weights& w, const Tensor& x, int groups)
{
    if (x.size(1) % groups != 0) // of weights without a configuration
        throw Error(
            "The network has %1 channels at %2, which %3 groups do not divide: its file is damaged "
            "or of a model that is not known.",
            x.size(1), w.prefix(), groups);
}

Tensor groupNorm(const Weights& w, const Tensor& x, int groups, double eps)
{
    if (x.is_meta() || stopAsked())
        return x;
    checkGroups(w, x, groups);
    const Tensor y = fastGroupNorm(x, {}, w("weight"), w("bias"), groups, eps, false);
    return y.defined() ? y : at::group_norm(x, groups, w("weight"), w("bias"), eps);
}

Tensor groupNormSilu(const Weights& w, const Tensor& x, int groups, double eps, const Tensor& shift)
{
    if (x.is_meta() || stopAsked())
        return x;
    checkGroups(w, x, groups);
    const Tensor y = fastGroupNorm(x, shift, w("weight"), w("bias"), groups, eps, true);
    if (y.defined())
        return y;
    const Tensor shifted = shift.defined() ? x + shift.unsqueeze(-1).unsqueeze(-1) : x;
    return at::silu(at::group_norm(shifted, groups, w("weight"), w("bias"), eps));
}

Tensor layerNorm(const Weights& w, const Tensor& x, double eps)
{
    if (x.is_meta() || stopAsked())
        return x;
    const Tensor y = fastLayerNorm(x, w("weight"), w("bias"), eps);
    return y.defined() ? y : at::layer_norm(x, {x.size(-1)}, w("weight"), w("bias"), eps);
}

Tensor geglu(const Tensor& x)
{
    const Tensor y = fastGate(x);
    if (y.defined())
        return y;
    const auto halves = x.chunk(2, -1);
    return halves[0] * at::gelu(halves[1]);
}

Tensor splitHeads(const Tensor& x, int64_t heads)
{
    return x.unflatten(-1, {heads, x.size(-1) / heads}).transpose(1, 2);
}

Tensor mergeHeads(const Tensor& x)
{
    return x.transpose(1, 2).flatten(2);
}

Tensor attention(const Tensor& q, const Tensor& k, const Tensor& v, double scale)
{
    countMatrix(q, k, v);
    if (q.is_meta() || stopAsked())
        return uncomputed(q, v);
    const Tensor y = fastAttention(q, k, v, scale);
    return y.defined() ? y : at::scaled_dot_product_attention(q, k, v, {}, 0, false, scale);
}

Tensor attention(const Tensor& q, const Tensor& k, const Tensor& v, const TokenParts& parts)
{
    if (stopAsked())
        return uncomputed(q, v);
    Tensor y = fastAttention(q, k, v, parts);
    if (y.defined())
        countMatrix(q, k, v);
    return y;
}

Tensor attention(
    const Tensor& q, const Tensor& k, const Tensor& v, double scale, const Tensor& bias)
{
    countMatrix(q, k, v);
    if (stopAsked())
        return uncomputed(q, v);
    return at::scaled_dot_product_attention(q, k, v, bias, 0, false, scale);
}

Tensor attention(
    const Tensor& q, const Tensor& k, const Tensor& v, double scale, const MatrixEdit& scores,
    const MatrixEdit& probabilities)
{
    countMatrix(q, k, v);
    if (stopAsked())
        return uncomputed(q, v);
    const Tensor queries = q.flatten(0, 1), keys = k.flatten(0, 1), values = v.flatten(0, 1);
    Tensor matrix = at::baddbmm(
        at::empty({1, 1, 1}, q.options()), queries, keys.transpose(1, 2), /*beta=*/0, scale);
    scores(matrix);
    matrix = at::softmax(matrix, -1, at::kFloat);
    probabilities(matrix);
    return at::bmm(matrix.to(v.scalar_type()), values).unflatten(0, {q.size(0), q.size(1)});
}

Tensor sharedAttention(const Tensor& q, const Tensor& k, const Tensor& v, double scale)
{
    const int64_t items = v.size(0), d = v.size(3);
    // The values of all items as the features of one: [1, heads, tokens, n * d].
    const Tensor values = v.permute({1, 2, 0, 3}).flatten(2).unsqueeze(0);
    countMatrix(q, k, values);
    if (stopAsked())
        return at::zeros({items, q.size(1), q.size(2), d}, v.options());
    Tensor h = fastAttention(q, k, values, scale);
    if (h.defined()) {
        // done
    } else if (!q.is_cuda()) { // the CPU's fused attention wants as many features in v as in k
        const int64_t atOnce = 1 << 22;
        const int64_t rows = std::max<int64_t>(32, atOnce / (q.size(1) * k.size(2)));
        const Tensor keys = k.transpose(-1, -2).contiguous();
        // Nothing that lasts is allocated between the blocks: the heap would grow around it.
        h = at::empty({1, q.size(1), q.size(2), values.size(3)}, values.options());
        for (int64_t begin = 0; begin < q.size(2) && !stopAsked(); begin += rows) {
            const int64_t count = std::min(rows, q.size(2) - begin);
            const Tensor block = q.narrow(2, begin, count) * scale;
            const Tensor share = at::softmax(at::matmul(block, keys), -1, at::kFloat);
            h.narrow(2, begin, count).copy_(at::matmul(share.to(v.scalar_type()), values));
        }
    } else {
        h = at::scaled_dot_product_attention(q, k, values, {}, 0, false, scale);
    }
    return h[0].unflatten(2, {items, d}).permute({2, 0, 1, 3});
}

PartialAttention partialAttention(const Tensor& q, const Tensor& k, const Tensor& v, double scale)
{
    countMatrix(q, k, v);
    if (stopAsked())
        return {
            uncomputed(q, v),
            at::zeros({q.size(0), q.size(1), q.size(2)}, q.options().dtype(at::kFloat))};
    PartialAttention part;
    part.output = fastAttention(q, k, v, scale, &part.logSum);
    if (part.output.defined())
        return part;
    if (fusable(q, k, v)) {
        const auto [output, logSum] = at::_scaled_dot_product_flash_attention_for_cpu(
            q.contiguous(), k.contiguous(), v.contiguous(), 0, false, {}, scale);
        return {output, logSum.to(at::kFloat)};
    }
    // A block of the matrix at a time; a GPU wants few large ones.
    const int64_t matrixRow = q.size(0) * q.size(1) * k.size(2);
    const int64_t rows = q.is_cuda() ? std::max<int64_t>(256, (1 << 27) / matrixRow) : 256;
    std::vector<Tensor> outputs, logSums;
    for (int64_t begin = 0; begin < q.size(2); begin += rows) {
        const Tensor block = q.narrow(2, begin, std::min(rows, q.size(2) - begin));
        part = stopAsked()
            ? PartialAttention {uncomputed(block, v), block.select(-1, 0).to(at::kFloat)}
            : plainAttention(block, k, v, scale);
        outputs.push_back(part.output);
        logSums.push_back(part.logSum);
    }
    return {at::cat(outputs, 2), at::cat(logSums, 2)};
}

Tensor merge(const PartialAttention& a, const PartialAttention& b)
{
    // sigmoid(la - lb) = e^la / (e^la + e^lb)
    const Tensor share = at::sigmoid(a.logSum - b.logSum).unsqueeze(-1);
    const Tensor first = a.output.to(at::kFloat), second = b.output.to(at::kFloat);
    return (first * share + second * (1 - share)).to(a.output.scalar_type());
}

int64_t multiplyAdds()
{
    return done;
}

void resetMultiplyAdds()
{
    done = 0;
}
