// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/tensor.h"

/// Inverse depth [height, width] as a grey map: the nearest is white.
Tensor depthBytes(const Tensor& depth);
/// The surface's direction [height, width, 3] (x, y, z) from the depth's slopes; what is farther
/// than @p threshold of the depth's range is taken for flat.
Tensor normals(const Tensor& depth, double threshold = 0.4);
/// The directions as colours, in the original's order: z is red, x is blue.
Tensor normalBytes(const Tensor& normals);
