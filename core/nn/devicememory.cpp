// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/devicememory.h"

#include "core/graphics.h"

#include <ATen/DeviceAccelerator.h>

#include <algorithm>

namespace {

/// Null where libtorch is without CUDA, or nothing asked for a GPU yet.
c10::DeviceAllocator* deviceAllocator()
{
    auto* const found = dynamic_cast<c10::DeviceAllocator*>(c10::GetAllocator(c10::kCUDA));
    return found && found->initialized() ? found : nullptr;
}

uint64_t bytesIn(const c10::CachingAllocator::StatArray& counted)
{
    constexpr auto all = size_t(c10::CachingAllocator::StatType::AGGREGATE);
    return uint64_t(std::max(int64_t(0), counted[all].current));
}

} // namespace

void returnDeviceMemory() noexcept
{
    try {
        checkGraphics();
        if (auto* const allocator = deviceAllocator())
            allocator->emptyCache();
    } catch (...) {
        // What is wrong with the GPU the next work there says.
    }
}

std::optional<DeviceMemory> deviceMemory(int number) noexcept
{
    try {
        auto* const allocator = deviceAllocator();
        if (!allocator)
            return {};
        const auto stats = allocator->getDeviceStats(c10::DeviceIndex(number));
        DeviceMemory memory {.used = bytesIn(stats.allocated_bytes)};
        // What noted passes keep for themselves nobody else can have.
        uint64_t taken = memory.used;
        for (const auto& [pool, bytes] : stats.reserved_bytes_by_private_pools)
            taken += bytesIn(bytes);
        memory.idle =
            bytesIn(stats.reserved_bytes) - std::min(taken, bytesIn(stats.reserved_bytes));
        return memory;
    } catch (...) {
        return {}; // there is no such GPU
    }
}
