// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/packing.h"

#include "core/nn/fastpaths.h"

// Not for everyone: operators that libtorch keeps for its own compiler.
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/ops/mkldnn_convolution.h>
#include <ATen/ops/mkldnn_reorder_conv2d_weight.h>

#include <algorithm>
#include <exception>
#include <initializer_list>

namespace {

using Reorder = Tensor(const Tensor&, std::optional<int64_t>);
using Pointwise = Tensor(
    const Tensor&, const Tensor&, const std::optional<Tensor>&, std::string_view,
    c10::List<std::optional<at::Scalar>>, std::optional<std::string_view>);
using WithAnother = Tensor(
    const Tensor&, const Tensor&, const Tensor&, const std::optional<Tensor>&, std::string_view);

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
        const Tensor x = at::ones({1, 32, 4, 4}, at::kBFloat16),
                     w = at::ones({32, 32, 3, 3}, at::kBFloat16);
        const Tensor y = packedConvolution(
            x.contiguous(at::MemoryFormat::ChannelsLast), packedKernel(w), {}, 1, 1);
        const Tensor rows = packedRows(at::ones({8, 16}, at::kBFloat16)), in = x.flatten(2);
        const Tensor z = packedLinear(in, rows, {}, {}), more = packedLinear(in, rows, {}, z);
        return y.layout() == at::kStrided && y[0][0][1][1].item<float>() == 9 * 32
            && z.layout() == at::kStrided && z[0][0][0].item<float>() == 16
            && more.layout() == at::kStrided && more[0][31][7].item<float>() == 32;
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
    constexpr int64_t large = 32;
    if (!fastPaths().packing || !weight.device().is_cpu() || weight.scalar_type() != at::kBFloat16
        || weight.dim() < 2 || weight.size(0) < large || weight.size(1) < large
        || !name.ends_with(".weight"))
        return weight;
    const bool kernel =
        weight.dim() == 4 && hasAny(name, {".conv1.", ".conv2.", ".conv_shortcut.", "samplers."});
    const bool rows = weight.dim() == 2 && hasAny(name, {".attn1.", ".attn2.", ".ff."});
    if (!kernel && !rows)
        return weight;
    static const bool can = works();
    if (!can)
        return weight;
    return kernel ? packedKernel(weight) : packedRows(weight);
}

Tensor packedConvolution(
    const Tensor& x, const Tensor& weight, const Tensor& bias, int stride, int padding)
{
    const std::optional<Tensor> offset = bias.defined() ? std::optional(bias) : std::nullopt;
    return at::mkldnn_convolution(
        x.contiguous(at::MemoryFormat::ChannelsLast), weight, offset, {padding, padding},
        {stride, stride}, {1, 1}, 1);
}

Tensor packedLinear(const Tensor& x, const Tensor& weight, const Tensor& bias, const Tensor& added)
{
    static const auto pointwise = operatorCalled<Pointwise>("mkldnn::_linear_pointwise");
    static const auto adding = operatorCalled<WithAnother>("mkldnn::_linear_pointwise", "binary");
    const std::optional<Tensor> offset = bias.defined() ? std::optional(bias) : std::nullopt;
    std::vector<int64_t> shape = x.sizes().vec();
    shape.back() = weight.size(0);
    if (added.defined() && added.sizes() == shape)
        return adding.call(x.contiguous(), added.contiguous(), weight, offset, "add");
    const Tensor y = pointwise.call(
        x.contiguous(), weight, offset, "none", c10::List<std::optional<at::Scalar>>(), "");
    return added.defined() ? y + added : y; // of one for all items
}
