// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/shapes.h"
#include "core/sentence.h"

#include <cstdint>

/// What tensors of those shapes take in that type, in bytes.
uint64_t bytesOf(const Shapes& shapes, at::ScalarType type);
/// Whoever loads a network asks here, before its first tensor is read: throws MemoryError where
/// tensors of those shapes, in @p type, do not fit into the memory that is free. Of a GPU nothing
/// is asked: it says itself when it is full. @p network and @p instead as of checkMemory().
void checkRoom(
    const Shapes& shapes, at::ScalarType type, const at::Device& device, const Sentence& network,
    const Sentence& instead);
