// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/kernels/kernels.h"
#include "core/nn/tensor.h"

#include <cstdint>
#include <type_traits>

// Tensors as the kernels take them (core/nn/fastpaths.h): plain arrays of a type of theirs.

template<class Number>
constexpr at::ScalarType scalarType = at::kFloat;
template<>
inline constexpr at::ScalarType scalarType<kernels::BFloat16> = at::kBFloat16;

template<class Number>
bool isPlain(const Tensor& x)
{
    return x.device().is_cpu()
        && x.scalar_type() == scalarType<Number> && x.layout() == at::kStrided;
}

/// Undefined, or of this type and as many numbers.
template<class Number>
bool mayBeAdded(const Tensor& x, int64_t numbers)
{
    return !x.defined() || (isPlain<Number>(x) && x.numel() == numbers);
}

template<class Number>
const Number* dataOf(const Tensor& x)
{
    return x.defined() ? static_cast<const Number*>(x.const_data_ptr()) : nullptr;
}

/// Contiguous in @p format, and from a whole word on.
inline Tensor inWholeWords(const Tensor& x, at::MemoryFormat format = at::MemoryFormat::Contiguous)
{
    const Tensor y = x.contiguous(format);
    return reinterpret_cast<uintptr_t>(y.const_data_ptr()) % sizeof(float) ? y.clone() : y;
}

/// The kernels of layers in these numbers.
template<class Number>
const kernels::LayerKernels<Number>& layersOf(const kernels::Kernels& table)
{
    if constexpr (std::is_same_v<Number, float>)
        return table.layers;
    else
        return table.halfLayers;
}

template<class Number>
Number* newDataOf(const Tensor& x)
{
    return static_cast<Number*>(x.mutable_data_ptr());
}

inline bool isLastContiguous(const Tensor& x)
{
    return x.dim() == 4 && x.is_contiguous(at::MemoryFormat::ChannelsLast);
}
