// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

/// A tensor as a safetensors header describes it.
struct TensorEntry
{
    std::string dtype = {}; ///< "F32", "BF16" ...
    std::vector<int64_t> shape = {};
    uint64_t begin = 0, end = 0; ///< in the file

    bool operator==(const TensorEntry&) const = default;
};

struct SafetensorsHeader
{
    std::map<std::string, TensorEntry> entries = {};
    std::map<std::string, std::string> metadata = {};
};

/// Reads the JSON of a header that begins at byte 8 of a file of @p fileSize bytes, and checks it
/// by every rule of the format. Throws Error that names @p file and the rule.
SafetensorsHeader parseSafetensorsHeader(
    std::string_view json, uint64_t fileSize, const std::string& file);

/// Bits of one element; 0: no such type.
int bitsOfDtype(std::string_view dtype);
