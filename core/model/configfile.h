// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/file/json.h"

#include <filesystem>
#include <string>
#include <vector>

/// The text of a network's config.json, or of another file of that kind, never empty: where no text
/// means that there is no such file, an empty one must not be taken for that. Throws Error.
std::string readConfig(const std::filesystem::path& file);

/// A network's config.json. A key that is absent or null takes the default; a value that cannot be
/// served is refused with an Error that names file, key and value.
class ConfigFile
{
public:
    /// Throws Error where @p json is not a JSON object.
    ConfigFile(const std::string& json, std::string file);

    bool has(const char* key) const;
    bool flag(const char* key, bool standard) const;
    std::string text(const char* key, const std::string& standard) const;
    double number(const char* key, double standard) const;
    /// Of 1 to @p maximum.
    int count(const char* key, int standard, int maximum = 1 << 16) const;
    /// A list of counts, or one count for all @p size.
    std::vector<int> counts(const char* key, const std::vector<int>& standard) const;
    std::vector<int> counts(const char* key, int standard, size_t size) const;
    /// For each string of a list, whether it is @p yes; any but @p yes and @p no is refused.
    std::vector<bool> kinds(
        const char* key, const std::vector<bool>& standard, const char* yes, const char* no) const;
    /// The object at @p key as one of its own; without values where there is none.
    ConfigFile section(const char* key) const;
    /// Refuses any value but @p only (or a list of nothing else).
    void expect(const char* key, const nlohmann::json& only) const;
    /// Refuses the value of @p key.
    [[noreturn]] void refuse(const char* key) const;

private:
    ConfigFile(std::string file, nlohmann::json values);
    int count(const char* key, const nlohmann::json& value, int maximum) const;

    std::string m_file;
    nlohmann::json m_values;
};
