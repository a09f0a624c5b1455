// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/DeviceAccelerator.h>

#include <stdexcept>

/// Stands for what libtorch keeps of the memory of two GPUs, from then on.
class FakeDeviceMemory : public c10::DeviceAllocator
{
public:
    bool isUsed = false; ///< something asked for a GPU
    bool fails = false;
    int emptied = 0;
    int64_t allocated = 0, reserved = 0, noted = 0; ///< on the second one, in bytes

    /// Takes the place of CUDA's.
    void install() { c10::SetAllocator(c10::kCUDA, this, 255); }

    bool initialized() override { return isUsed; }
    void emptyCache(c10::MempoolId_t) override
    {
        if (fails)
            throw std::runtime_error("CUDA error: unspecified launch failure");
        ++emptied;
    }
    c10::CachingDeviceAllocator::DeviceStats getDeviceStats(c10::DeviceIndex device) override
    {
        if (device > 1)
            throw std::runtime_error("Invalid device argument");
        c10::CachingDeviceAllocator::DeviceStats stats;
        if (device == 1) {
            stats.allocated_bytes[0].current = allocated;
            stats.reserved_bytes[0].current = reserved;
            stats.reserved_bytes_by_private_pools[{1, 0}][0].current = noted;
        }
        return stats;
    }
    void recordStream(const c10::DataPtr&, c10::Stream) override { }
    void resetAccumulatedStats(c10::DeviceIndex) override { }
    void resetPeakStats(c10::DeviceIndex) override { }
    c10::DataPtr allocate(size_t) override { throw std::runtime_error("There is none."); }
    void copy_data(void*, const void*, std::size_t) const override { }
};
