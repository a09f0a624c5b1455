// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/tensor.h"

#include <string_view>

// Weights in the order that oneDNN's kernels for this processor want, which is nobody else's: a
// tensor without strides, of the same sizes and type. oneDNN would bring a plain one into that
// order in every call, a third of the time of a small layer. In bf16 with AMX only: elsewhere our
// own kernels take plain weights (core/nn/fastpaths.h).

/// A weight called @p name of a UNet, an autoencoder or a ControlNet packed, where it is one of a
/// large layer in bf16 on the CPU and this processor's oneDNN packs; else as it is.
Tensor packed(const Tensor& weight, std::string_view name);
bool isPacked(const Tensor& weight);
/// A plain tensor of the same numbers.
Tensor unpacked(const Tensor& weight);

/// A convolution, its channels last, and a linear layer with packed weights, plus @p added where
/// that is defined.
Tensor packedConvolution(
    const Tensor& x, const Tensor& weight, const Tensor& bias, int stride, int padding,
    const Tensor& added);
Tensor packedLinear(const Tensor& x, const Tensor& weight, const Tensor& bias, const Tensor& added);
