// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/configfile.h"

#include "core/errors.h"
#include "core/file/files.h"

#include <algorithm>

std::string readConfig(const std::filesystem::path& file)
{
    std::string text = readText(file);
    if (text.find_first_not_of(" \t\r\n") == text.npos)
        throw Error(
            "The file %1 is empty. Please download it again, complete and unchanged.",
            file.string());
    return text;
}

ConfigFile::ConfigFile(const std::string& json, std::string file)
    : ConfigFile(file, parseJson(json, {"The file %1", file}))
{
}

ConfigFile::ConfigFile(std::string file, nlohmann::json values)
    : m_file(std::move(file))
    , m_values(std::move(values))
{
    if (!m_values.is_object())
        throw Error(
            "The file %1 is not a JSON object. Please download it again, complete and unchanged.",
            m_file);
}

bool ConfigFile::has(const char* key) const
{
    const auto found = m_values.find(key);
    return found != m_values.end() && !found->is_null();
}

void ConfigFile::refuse(const char* key) const
{
    const Sentence value =
        m_values.contains(key) ? jsonInQuotes(m_values[key]) : Sentence("\"no value\"");
    throw Error(
        "The file %1 says %2 for %3, which is not supported. Please choose a Stable Diffusion 1.x "
        "or 2.x model.",
        m_file, value, std::string(key));
}

bool ConfigFile::flag(const char* key, bool standard) const
{
    if (!has(key))
        return standard;
    if (!m_values[key].is_boolean())
        refuse(key);
    return m_values[key].get<bool>();
}

std::string ConfigFile::text(const char* key, const std::string& standard) const
{
    if (!has(key))
        return standard;
    if (!m_values[key].is_string())
        refuse(key);
    return m_values[key].get<std::string>();
}

double ConfigFile::number(const char* key, double standard) const
{
    if (!has(key))
        return standard;
    if (!m_values[key].is_number())
        refuse(key);
    return m_values[key].get<double>();
}

int ConfigFile::count(const char* key, const nlohmann::json& value, int maximum) const
{
    if (!value.is_number_integer() || value < 1 || value > maximum)
        refuse(key);
    return value.get<int>();
}

int ConfigFile::count(const char* key, int standard, int maximum) const
{
    return has(key) ? count(key, m_values[key], maximum) : standard;
}

std::vector<int> ConfigFile::counts(const char* key, const std::vector<int>& standard) const
{
    if (!has(key))
        return standard;
    const nlohmann::json& list = m_values[key];
    if (!list.is_array() || list.empty() || list.size() > 16)
        refuse(key);
    std::vector<int> result;
    for (const auto& value : list)
        result.push_back(count(key, value, 1 << 16));
    return result;
}

std::vector<int> ConfigFile::counts(const char* key, int standard, size_t size) const
{
    if (!has(key) || !m_values[key].is_array())
        return std::vector<int>(size, count(key, standard));
    const std::vector<int> result = counts(key, {});
    if (result.size() != size)
        refuse(key);
    return result;
}

std::vector<bool> ConfigFile::kinds(
    const char* key, const std::vector<bool>& standard, const char* yes, const char* no) const
{
    if (!has(key))
        return standard;
    const nlohmann::json& list = m_values[key];
    if (!list.is_array() || !std::ranges::all_of(list, [&](const auto& kind) {
            return isText(kind, yes) || isText(kind, no);
        }))
        refuse(key);
    std::vector<bool> result;
    for (const auto& kind : list)
        result.push_back(isText(kind, yes));
    return result;
}

ConfigFile ConfigFile::section(const char* key) const
{
    const auto found = m_values.find(key);
    return {m_file + ", " + key, found == m_values.end() ? nlohmann::json::object() : *found};
}

void ConfigFile::expect(const char* key, const nlohmann::json& only) const
{
    if (!has(key))
        return;
    const nlohmann::json& value = m_values[key];
    const auto served = [&](const nlohmann::json& one) { return one == only; };
    if (value.is_array() ? !std::ranges::all_of(value, served) : !served(value))
        refuse(key);
}
