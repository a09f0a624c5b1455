// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/errors.h"

#include <cstdint>
#include <filesystem>
#include <optional>

/// There is less memory than is needed.
struct MemoryError : WorkError
{
    using WorkError::WorkError;
};

/// How much memory this process can still take, in bytes: what the system has available, with its
/// swap, at most what each control group that it is in leaves (versions 1 and 2, all ancestors;
/// page cache counts as free), at most its limit of address space. @p root is where /proc and /sys
/// lie.
uint64_t freeMemory(const std::filesystem::path& root);
/// The same of this computer.
uint64_t freeMemory();
/// What freeMemory() says from now on, so that a test can try it with little; nothing: the truth.
void setFreeMemory(std::optional<uint64_t> bytes);
/// What this process has in memory, in bytes; 0 where the system does not tell.
uint64_t usedMemory();
/// The most that it had since watchPeakMemory(), or since its start; 0 as above.
uint64_t peakMemory();
/// Begins anew with the peak. False: the system does not do that.
bool watchPeakMemory();
/// What the program takes besides its models, in bytes: its libraries, before the first picture.
constexpr uint64_t memoryBesides = 64 << 20;
/// Throws MemoryError where fewer than @p needed bytes, and memoryBesides, are free: a process that
/// takes more is killed without a word. @p what is what they are for ("the model x"), @p instead
/// what needs less.
void checkMemory(uint64_t needed, const Sentence& what, const Sentence& instead);
/// The same where fewer than @p enough bytes are free, for what needs @p needed.
void checkFree(uint64_t enough, uint64_t needed, const Sentence& what, const Sentence& instead);
