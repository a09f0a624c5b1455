// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/file/json.h"

#include "core/errors.h"
#include "core/file/files.h"
#include "core/file/inputfile.h"

#include <algorithm>

using nlohmann::json;

namespace {

using Event = json::parse_event_t;

constexpr int deepest = 64;
constexpr int mostValues = 1'000'000;

int64_t lineAt(std::string_view text, size_t byte)
{
    return std::ranges::count(text.substr(0, std::min(byte, text.size())), '\n') + 1;
}

std::string_view withoutMark(std::string_view text)
{
    constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";
    return text.starts_with(byteOrderMark) ? text.substr(byteOrderMark.size()) : text;
}

} // namespace

json parseJson(std::string_view text, const Sentence& name)
{
    text = withoutMark(text);
    int values = 0;
    // Refuses what would be too much before it is kept; the parser does not call itself.
    const auto limits = [&](int depth, Event event, const json&) {
        const bool opens = event == Event::object_start || event == Event::array_start;
        if (opens && depth >= deepest)
            throw Error("%1 is nested too deeply: %2 levels are read.", name, deepest);
        if ((opens || event == Event::value) && ++values > mostValues)
            throw Error("%1 holds more than the %2 values that are read.", name, mostValues);
        return true;
    };
    try {
        return json::parse(text, limits);
    } catch (const json::parse_error& error) {
        throw Error(
            "%1 is not valid JSON: line %2 cannot be read.", name, lineAt(text, error.byte));
    } catch (const json::out_of_range&) {
        throw Error("%1 holds a number that is too large to be read.", name);
    }
}

json readJson(const std::filesystem::path& file, uint64_t limit)
{
    return parseJson(readText(file, limit), {"The file %1", file.string()});
}

bool isText(const json& value, std::string_view text)
{
    return value.is_string() && value.get_ref<const std::string&>() == text;
}

std::string jsonInQuotes(const json& value)
{
    return inQuotes(value.dump(-1, ' ', true, json::error_handler_t::replace));
}
