// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/modelnotes.h"

#include "core/errors.h"
#include "core/file/json.h"

#include <charconv>

namespace fs = std::filesystem;

namespace {

/// A value as it would be typed: numbers in their shortest form. Empty: it is none.
std::string valueText(const nlohmann::json& value)
{
    if (value.is_string())
        return value.get<std::string>();
    if (value.is_boolean() || value.is_number_integer())
        return value.dump();
    if (!value.is_number())
        return {};
    char text[32];
    const auto end = std::to_chars(text, text + sizeof text, value.get<double>()).ptr;
    return {text, end};
}

void readRecommended(const fs::path& file, ModelCard& card)
{
    const auto json = readJson(file, 1 << 20);
    if (!json.is_object())
        throw Error("The file %1 is not a JSON object.", file.string());
    const auto leaveOut = [&](const std::string& what, const nlohmann::json& value) {
        card.notes.emplace_back(
            "The file %1 says %2 for %3, which cannot be read and is left out.", file.string(),
            jsonInQuotes(value), inQuotes(what));
    };
    for (const auto& [method, values] : json.items()) {
        if (!values.is_object()) {
            leaveOut(method, values);
            continue;
        }
        for (const auto& [id, value] : values.items()) {
            if (value.is_string() || !valueText(value).empty())
                card.recommended[method][id] = valueText(value);
            else
                leaveOut(method + "." + id, value);
        }
    }
}

} // namespace

void readNotes(const fs::path& folder, ModelCard& card)
{
    try {
        if (fs::exists(folder / "recommended.json"))
            readRecommended(folder / "recommended.json", card);
    } catch (const Error& error) {
        card.notes.push_back(error.sentence());
    }
}
