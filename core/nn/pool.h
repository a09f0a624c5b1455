// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

/// From now on large tensors on the CPU come from a pool of huge pages: what was freed is used
/// again without a call of the system. Fresh pages cost a quarter of a step else. Can be called
/// again.
void useMemoryPool();

/// What the pool has, in bytes.
struct PoolSizes
{
    int64_t reserved = 0, used = 0;
};
PoolSizes poolSizes();

/// Gives the system what no tensor uses, as far as it is whole.
void releaseIdleMemory();
/// Does so at the end of its life.
struct IdleMemory
{
    IdleMemory() = default;
    ~IdleMemory() { releaseIdleMemory(); }
    IdleMemory(const IdleMemory&) = delete;
    IdleMemory& operator=(const IdleMemory&) = delete;
};
