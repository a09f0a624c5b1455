// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image.h"
#include "core/nn/tensor.h"

/// A map is a tensor [height, width] of bytes or of fp32, a picture's bytes are [height, width, 3].

/// The picture's bytes.
Tensor toBytes(const Image& picture);
/// The picture as a network takes it: [1, 3, height, width], fp32, 0 to 255.
Tensor toPlanes(const Image& picture);
/// A map of bytes as a grey picture, or a picture's bytes.
Image toImage(const Tensor& bytes);
/// x * 255 without its fraction, as bytes; x of [0, 1] in its own precision.
Tensor truncatedBytes(const Tensor& x);
