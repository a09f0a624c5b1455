// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/tinyunet.h"

#include <ATen/ops/randn.h>

/// The greatest difference, to the spread of what is right.
inline double difference(const Tensor& is, const Tensor& right)
{
    if (is.sizes() != right.sizes())
        return 1e9;
    const Tensor a = is.to(at::kDouble), b = right.to(at::kDouble);
    return ((a - b).abs().max() / b.std()).item<double>();
}

inline Tensor channelsLast(const Tensor& x)
{
    return x.contiguous(at::MemoryFormat::ChannelsLast);
}

/// A UNet whose channels the kernels take.
inline TinyUNet wideUNet()
{
    TinyUNet tiny;
    tiny.config.blockChannels = {32, 48, 64, 64};
    tiny.config.groups = 8;
    tiny.config.contextWidth = 24;
    tiny.dict.clear();
    for (const auto& [name, shape] : unetShapes(tiny.config)) {
        const Tensor x = at::randn(shape);
        tiny.dict[name] = shape.size() == 1
            ? x * .1 + (name.ends_with(".weight") ? 1 : 0)
            : x / std::sqrt(double(c10::multiply_integers(shape) / shape[0]));
    }
    return tiny;
}
