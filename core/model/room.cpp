// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/room.h"

#include "core/memory.h"

uint64_t bytesOf(const Shapes& shapes, at::ScalarType type)
{
    uint64_t elements = 0;
    for (const auto& [name, shape] : shapes)
        elements += uint64_t(c10::multiply_integers(shape));
    return elements * c10::elementSize(type);
}

void checkRoom(
    const Shapes& shapes, at::ScalarType type, const at::Device& device, const Sentence& network,
    const Sentence& instead)
{
    if (device.is_cpu())
        checkMemory(bytesOf(shapes, type), network, instead);
}
