// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/tensor.h"

#include <string_view>

bool isFloat8(std::string_view dtype);

/// Bytes that stand for F8_E4M3 or F8_E5M2, as fp32.
Tensor decodedFloat8(const Tensor& bytes, std::string_view dtype);
