// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/checkedjson.h"

#include "core/errors.h"
#include "core/file/json.h"

#include <algorithm>
#include <climits>

using nlohmann::json;

namespace {

constexpr std::size_t longestText = 1 << 20;

} // namespace

namespace checked {

json parse(const std::string& text)
{
    json from = parseJson(text, "its text");
    if (!from.is_object())
        throw Error("it is no JSON object.");
    return from;
}

[[noreturn]] void refuse(const std::string& entry)
{
    throw Error("its entry \"%1\" is not what it should be.", entry);
}

std::string asText(const json& from, const std::string& entry)
{
    if (!from.is_string() || from.get_ref<const std::string&>().size() > longestText)
        refuse(entry);
    return from.get<std::string>();
}

int64_t asWhole(const json& from, const std::string& entry, int64_t least, int64_t most)
{
    const bool fits = from.is_number_unsigned()
        ? from.get<uint64_t>() <= uint64_t(std::max<int64_t>(most, 0))
        : from.is_number_integer() && from.get<int64_t>() <= most;
    if (!fits || from.get<int64_t>() < least)
        refuse(entry);
    return from.get<int64_t>();
}

Range asRange(const json& from, const std::string& entry)
{
    if (!from.is_array() || from.size() != 2)
        refuse(entry);
    const auto begin = asWhole(from[0], entry, 0, INT_MAX);
    return {int(begin), int(asWhole(from[1], entry, begin, INT_MAX))};
}

Value asValue(const json& from, const std::string& entry)
{
    if (from.is_boolean())
        return from.get<bool>();
    if (from.is_number_float())
        return from.get<double>();
    if (from.is_number_integer())
        return int(asWhole(from, entry, INT_MIN, INT_MAX));
    if (from.is_string())
        return asText(from, entry);
    if (from.is_object() && from.contains("range"))
        return asRange(from["range"], entry);
    if (!from.is_object() || !from.contains("layers") || !from["layers"].is_array()
        || from["layers"].size() > mostEntries)
        refuse(entry);
    Layers layers;
    for (const json& each : from["layers"])
        layers.push_back(asRange(each, entry));
    return layers;
}

json object(const json& from, const char* entry)
{
    const auto found = from.find(entry);
    if (found == from.end())
        return json::object();
    if (!found->is_object() || found->size() > mostEntries)
        refuse(entry);
    return *found;
}

std::string text(const json& from, const char* entry)
{
    const auto found = from.find(entry);
    return found == from.end() ? std::string() : asText(*found, entry);
}

int count(const json& from, const char* entry)
{
    const auto found = from.find(entry);
    return found == from.end() ? 0 : int(asWhole(*found, entry, 0, INT_MAX));
}

Values values(const json& from, const char* entry)
{
    Values all;
    const json members = object(from, entry);
    for (const auto& [id, member] : members.items())
        all[id] = asValue(member, id);
    return all;
}

double asNumber(const json& from, const std::string& entry, double least, double most)
{
    // JSON itself has no infinity, but a number may be too large for a double.
    if (!from.is_number() || !(from.get<double>() >= least && from.get<double>() <= most))
        refuse(entry);
    return from.get<double>();
}

std::vector<double> numbers(
    const json& from, const char* entry, std::size_t count, double least, double most)
{
    const auto found = from.find(entry);
    if (found == from.end() || !found->is_array() || found->size() != count)
        refuse(entry);
    std::vector<double> all;
    for (const json& each : *found)
        all.push_back(asNumber(each, entry, least, most));
    return all;
}

json list(const json& from, const char* entry, std::size_t most)
{
    const auto found = from.find(entry);
    if (found == from.end())
        return json::array();
    if (!found->is_array() || found->size() > most)
        refuse(entry);
    return *found;
}

} // namespace checked
