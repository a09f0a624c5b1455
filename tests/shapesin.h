// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/shapes.h"
#include "core/weights/safetensors.h"

#include <string>

/// The shapes in the weights of a folder of tests/data, but of the positions, which are no weights.
inline Shapes shapesIn(const std::string& folder)
{
    const SafetensorsFile file(TEST_DATA "/" + folder + "/weights.safetensors");
    Shapes result;
    for (const auto& [name, entry] : file.entries())
        if (!name.ends_with("position_ids"))
            result[name] = entry.shape;
    return result;
}
