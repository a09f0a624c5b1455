// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace kernels {

/// Instructions that may be used where the processor has them.
struct Allowed
{
    bool vectors = true, wide = true; ///< AVX2; AVX512
    bool halves = true, tiles = true; ///< AVX512-BF16; AMX
};
/// By the values of ONEDNN_MAX_CPU_ISA and, where that is empty, of its older name
/// DNNL_MAX_CPU_ISA, whose letters may be small. What oneDNN does not know caps nothing, as there.
Allowed allowedBy(const std::string& newer, const std::string& older);

} // namespace kernels
