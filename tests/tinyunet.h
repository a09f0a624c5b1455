// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/shapes.h"
#include "core/random.h"

#include <cmath>

/// A UNet with the names and the structure of Stable Diffusion's, few channels, and random weights:
/// matrices of variance 1 / fan-in, norms near 1, small biases.
struct TinyUNet
{
    UNetConfig config {
        .blockChannels = {4, 8, 12, 12}, .heads = {2, 2, 2, 2}, .contextWidth = 6, .groups = 4};
    Weights::Dict dict = {};

    explicit TinyUNet(int inChannels = 4)
    {
        config.inChannels = inChannels;
        for (const auto& [name, shape] : unetShapes(config))
            dict[name] = random(name, shape);
    }

    Weights weights() const { return Weights(dict, "tiny"); }

private:
    Tensor random(const std::string& name, at::IntArrayRef shape) const
    {
        Tensor x = at::empty(shape, at::kFloat);
        normal(8, uint32_t(dict.size()), {x.data_ptr<float>(), size_t(x.numel())});
        if (shape.size() == 1)
            return x * 0.1 + (name.ends_with(".weight") ? 1 : 0);
        return x / std::sqrt(double(c10::multiply_integers(shape.slice(1))));
    }
};
