// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/file/outputfile.h"
#include "core/method.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

/// Stored noise: the tensors of a safetensors file by name, flattened, as Request::noise takes
/// them. Throws Error.
std::map<std::string, std::vector<float>> readNoise(const std::filesystem::path& path);

/// Writes arrays as the tensors of a safetensors file. Throws Error.
void saveArrays(
    const std::filesystem::path& path, const std::map<std::string, Array>& arrays,
    IfThere there = IfThere::Replace);
