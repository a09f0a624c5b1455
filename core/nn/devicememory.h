// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>

// What this process has taken of a GPU's memory. libtorch keeps it when the tensors in it are gone:
// then it is free for this process, and to everybody else it counts as used.

/// Gives back what no tensor uses. Nothing where no GPU was used, and of one that no longer
/// answers.
void returnDeviceMemory() noexcept;

struct DeviceMemory
{
    uint64_t used = 0; ///< by tensors
    uint64_t idle = 0; ///< what further tensors can have besides
};
/// Of the GPU of that number, 1 for "cuda:1"; nothing where none was used or there is none.
std::optional<DeviceMemory> deviceMemory(int number) noexcept;
