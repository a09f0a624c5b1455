// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/presets.h"

#include "core/errors.h"
#include "core/file/json.h"

#include <algorithm>

namespace {

/// The text that parseValue() reads, of a JSON number, truth value or string.
std::string textOf(const nlohmann::json& value)
{
    return value.is_string() ? value.get<std::string>() : value.dump();
}

Preset toPreset(const nlohmann::json& entry, const std::vector<Parameter>& parameters, bool others)
{
    Preset preset {
        .id = entry.at("id").get<std::string>(),
        .label = entry.at("label").get<std::string>(),
        .note = entry.value("note", std::string())};
    for (const auto& [id, value] : entry.at("values").items()) {
        const auto found = std::ranges::find(parameters, id, &Parameter::id);
        if (found == parameters.end() && others)
            continue;
        if (found == parameters.end())
            throw Error("The preset %1 sets %2, which is no setting.", preset.id, id);
        preset.values[id] = parseValue(*found, textOf(value));
    }
    return preset;
}

} // namespace

std::vector<Preset> loadPresets(
    const std::filesystem::path& path, const std::vector<Parameter>& parameters, bool others)
{
    std::vector<Preset> presets;
    try {
        const auto entries = readJson(path);
        for (const auto& entry : entries) {
            Preset preset = toPreset(entry, parameters, others);
            if (!others || !preset.values.empty()) // one that says nothing here is none
                presets.push_back(std::move(preset));
        }
    } catch (const nlohmann::json::exception&) { // a member is missing or of another type
        throw Error(
            "The presets in %1 cannot be read: each has an id, a label and values.", path.string());
    } catch (const Error& error) {
        throw Error("The presets in %1 cannot be read: %2", path.string(), error.sentence());
    }
    return presets;
}
