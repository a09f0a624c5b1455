// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image.h"
#include "core/nn/tensor.h"

/// Canny's edges of the colours (the strongest channel counts), white on black: what is above
/// @p high begins one, what is above @p low continues it.
Tensor canny(const Image& picture, int low = 100, int high = 200);
