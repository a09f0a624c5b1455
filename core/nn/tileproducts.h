// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/kernels/kernels.h"

/// Who multiplies small matrices in bf16: oneDNN's micro-kernels, with whatever this processor has
/// for it. A test may put others in their place.
struct TileProducts
{
    kernels::MultiplyTiles multiply = nullptr; ///< may throw what oneDNN does where it cannot
    void (*release)() = nullptr; ///< gives back what a thread holds of the processor for them
};
/// Those of this process; to be changed while no network runs.
TileProducts& tileProducts();

/// Whether they give right results for such matrices here. Each kind of them is tried once, with
/// small whole numbers, of which every sum is exact.
bool canMultiply(const kernels::TileProduct& product);
