// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/tensor.h"

#include <cstdint>

/// Standard normal noise of a shape from our own generator, fp32 on the CPU (core/random.h).
Tensor normal(uint64_t seed, uint32_t stream, at::IntArrayRef shape);
