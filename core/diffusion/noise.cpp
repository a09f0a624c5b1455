// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/noise.h"

#include "core/random.h"

Tensor normal(uint64_t seed, uint32_t stream, at::IntArrayRef shape)
{
    Tensor noise = at::empty(shape, at::kFloat);
    normal(seed, stream, std::span(noise.mutable_data_ptr<float>(), size_t(noise.numel())));
    return noise;
}
