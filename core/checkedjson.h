// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values.h"

#include <nlohmann/json.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

/// Reading JSON that may come from anywhere: every type is checked and every size has a limit. What
/// is not as it should be is an Error that names the entry, as the end of a sentence.
namespace checked {

constexpr std::size_t mostEntries = 256;

/// An object, within the limits of parseJson().
nlohmann::json parse(const std::string& text);
[[noreturn]] void refuse(const std::string& entry);

std::string asText(const nlohmann::json& from, const std::string& entry);
int64_t asWhole(const nlohmann::json& from, const std::string& entry, int64_t least, int64_t most);
/// A finite number within limits.
double asNumber(const nlohmann::json& from, const std::string& entry, double least, double most);
Range asRange(const nlohmann::json& from, const std::string& entry);
Value asValue(const nlohmann::json& from, const std::string& entry);

// Members of an object; where there is none, what is empty or 0.

nlohmann::json object(const nlohmann::json& from, const char* entry);
nlohmann::json list(const nlohmann::json& from, const char* entry, std::size_t most = mostEntries);
std::string text(const nlohmann::json& from, const char* entry);
int count(const nlohmann::json& from, const char* entry);
Values values(const nlohmann::json& from, const char* entry);

// Members that must be there.

/// As many numbers, within limits.
std::vector<double> numbers(
    const nlohmann::json& from, const char* entry, std::size_t count, double least, double most);

} // namespace checked
