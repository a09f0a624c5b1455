// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image.h"
#include "core/nn/tensor.h"
#include "core/picture/deepimage.h"

/// [1, 3, height, width], fp32, value / 127.5 - 1: in [-1, 1].
Tensor toTensor(const Image& image);
/// How a colour becomes a byte: the nearest one, halves to even, or the one below.
enum class Rounding { Nearest, Down };
/// The pictures of [n, 3, height, width] in [-1, 1]: x / 2 + .5 clamped, times 255, rounded.
std::vector<Image> toImages(const Tensor& x, Rounding rounding = Rounding::Nearest);
/// The same with 16 bits a channel, times 65535, to the nearest.
std::vector<DeepImage> toDeepImages(const Tensor& x);
/// The 1-or-0 mask at a latent's size, [1, 1, height, width]: nearest pixel of the picture's mask
/// at one half.
Tensor latentMask(const Image& mask, int64_t height, int64_t width);
