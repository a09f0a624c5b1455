// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sentence.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

/// The values of a JSON text, for everything that reads JSON: 64 levels and a million values at
/// most, every number one that a double can hold. Deeper ones would end the program, since values
/// are copied and written by functions that call themselves. Throws Error, a sentence on @p name:
/// "The file x", or whatever the text is.
nlohmann::json parseJson(std::string_view text, const Sentence& name);
/// The same for a file of at most @p limit bytes.
nlohmann::json readJson(const std::filesystem::path& file, uint64_t limit = 16 << 20);
/// Whether a value is this text.
bool isText(const nlohmann::json& value, std::string_view text);
/// A value as it stands in a file, for a message, as inQuotes() has it.
std::string jsonInQuotes(const nlohmann::json& value);

namespace nlohmann {

// isText() has to be used: the library's comparison makes a value of the text, in a function that
// may not fail, so that without memory for it the program would end.
bool operator==(const json& value, const char* text) = delete;
bool operator==(const char* text, const json& value) = delete;

} // namespace nlohmann
