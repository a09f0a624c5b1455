// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/packing.h"

#include "core/nn/fastpaths.h"

// Not for everyone: operators that libtorch keeps for its own compiler.
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/ops/mkldnn_reorder_conv2d_weight.h>

#include <algorithm>
#include <exception>
#include <initializer_list>

namespace {

using Offset = std::optional<Tensor>;
using Name = std::optional<std::string_view>;
using Scalars = c10::List<std::optional<at::Scalar>>;
using Reorder = Tensor(const Tensor&, std::optional<int64_t>);
using Linear = Tensor(const Tensor&, const Tensor&, const Offset&, std::string_view, Scalars, Name);
using LinearPlus =
    Tensor(const Tensor&, const Tensor&, const Tensor&, const Offset&, std::string_view);
using Sizes = at::IntArrayRef;
using Convolve = Tensor(
    const Tensor&, const Tensor&, const Offset&, Sizes, Sizes, Sizes, int64_t, std::string_view,
    Scalars, Name);
using ConvolvePlus = Tensor(
    const Tensor&, const Tensor&, const Tensor&, const Offset&, Sizes, Sizes, Sizes, int64_t,
    std::string_view, std::optional<at::Scalar>, Name, Scalars, Name);

template<typename Function>
c10::TypedOperatorHandle<Function> operatorCalled(const char* name, const char* overload = "")
{
    return c10::Dispatcher::singleton().findSchemaOrThrow(name, overload).typed<Function>();
}

Tensor packedRows(const Tensor& weight)
{
    static const auto reorder = operatorCalled<Reorder>("mkldnn::_reorder_linear_weight");
    return reorder.call(weight.contiguous(), std::nullopt);
}

Tensor packedKernel(const Tensor& weight)
{
    const int64_t padding = weight.size(2) / 2;
    return at::mkldnn_reorder_conv2d_weight(weight.contiguous().to_mkldnn(), {padding, padding});
}

/// Whether all of it works here: the operators are private, and in bf16 they throw where oneDNN is
/// not allowed the instructions.
bool works()
{
    try {
        const auto last = at::MemoryFormat::ChannelsLast;
        const Tensor x = at::ones({1, 32, 4, 4}, at::kBFloat16).contiguous(last),
                     w = packedKernel(at::ones({32, 32, 3, 3}, at::kBFloat16));
        const Tensor y = packedConvolution(x, w, {}, 1, 1, {}),
                     twice = packedConvolution(x, w, {}, 1, 1, y);
        const Tensor rows = packedRows(at::ones({8, 16}, at::kBFloat16)), in = x.flatten(2);
        const Tensor z = packedLinear(in, rows, {}, {}), more = packedLinear(in, rows, {}, z);
        const auto is = [](const Tensor& all, const Tensor& number, float right) {
            return all.layout() == at::kStrided && number.item<float>() == right;
        };
        return is(y, y[0][0][1][1], 9 * 32) && is(twice, twice[0][31][2][1], 2 * 9 * 32)
            && y.is_contiguous(last) && twice.is_contiguous(last) && is(z, z[0][0][0], 16)
            && is(more, more[0][31][7], 32);
    } catch (const std::exception&) { // c10::Error: the plain operators serve as well
        return false;
    }
}

bool hasAny(std::string_view name, std::initializer_list<std::string_view> parts)
{
    return std::ranges::any_of(
        parts, [&](std::string_view part) { return name.find(part) != std::string_view::npos; });
}

} // namespace

bool isPacked(const Tensor& weight)
{
    return weight.defined() && weight.is_mkldnn();
}

Tensor unpacked(const Tensor& weight)
{
    return isPacked(weight) ? weight.to_dense() : weight;
}

Tensor packed(const Tensor& weight, std::string_view name)
{
    if (!weight.is_cpu() || weight.dim() < 2 || !isForTiles(weight) || !name.ends_with(".weight"))
        return weight;
    // Which order a 1x1 kernel wants depends on the picture's size, and another one is many times
    // slower; oneDNN is as fast with a plain one.
    const bool kernel = weight.dim() == 4 && weight.size(2) > 1
        && hasAny(name, {".conv1.", ".conv2.", "samplers."});
    const bool rows = weight.dim() == 2 && hasAny(name, {".attn1.", ".attn2.", ".ff."});
    if (!kernel && !rows)
        return weight;
    static const bool can = works();
    if (!can)
        return weight;
    return kernel ? packedKernel(weight) : packedRows(weight);
}

// What is added must be of the result's shape; what is of one for all items is added afterwards.

Tensor packedConvolution(
    const Tensor& x, const Tensor& weight, const Tensor& bias, int stride, int padding,
    const Tensor& added)
{
    // at::mkldnn_convolution() would lose the channels' place.
    static const auto plain = operatorCalled<Convolve>("mkldnn::_convolution_pointwise");
    static const auto plus =
        operatorCalled<ConvolvePlus>("mkldnn::_convolution_pointwise", "binary");
    const auto last = at::MemoryFormat::ChannelsLast;
    const Offset offset = bias.defined() ? Offset(bias) : std::nullopt;
    const std::vector<int64_t> paddings(2, padding), strides(2, stride), ones(2, 1);
    const auto side = [&](int64_t dim) {
        return (x.size(dim) + 2 * padding - weight.size(dim)) / stride + 1;
    };
    const std::vector<int64_t> shape = {x.size(0), weight.size(0), side(2), side(3)};
    if (added.defined() && added.sizes() == shape)
        return plus.call(
            x.contiguous(last), added.contiguous(last), weight, offset, paddings, strides, ones, 1,
            "add", at::Scalar(1), std::nullopt, Scalars(), std::nullopt);
    const Tensor y = plain.call(
        x.contiguous(last), weight, offset, paddings, strides, ones, 1, "none", Scalars(), "");
    return added.defined() ? y + added : y;
}

Tensor packedLinear(const Tensor& x, const Tensor& weight, const Tensor& bias, const Tensor& added)
{
    static const auto plain = operatorCalled<Linear>("mkldnn::_linear_pointwise");
    static const auto plus = operatorCalled<LinearPlus>("mkldnn::_linear_pointwise", "binary");
    const Offset offset = bias.defined() ? Offset(bias) : std::nullopt;
    std::vector<int64_t> shape = x.sizes().vec();
    shape.back() = weight.size(0);
    if (added.defined() && added.sizes() == shape)
        return plus.call(x.contiguous(), added.contiguous(), weight, offset, "add");
    const Tensor y = plain.call(x.contiguous(), weight, offset, "none", Scalars(), "");
    return added.defined() ? y + added : y;
}
