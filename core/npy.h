// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run.h"

#include <cstddef>
#include <vector>

/// An array as NumPy stores it (NEP 1, version 1.0): little-endian float32, row-major.
std::vector<std::byte> encodeNpy(const Array& array);
