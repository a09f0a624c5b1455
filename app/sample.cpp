// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/sample.h"

#include "core/errors.h"
#include "core/file/json.h"
#include "core/file/resources.h"
#include "core/picture/imagefile.h"

namespace {

/// The texts of the object at @p key, by their names.
std::map<std::string, std::string> textsOf(const nlohmann::json& json, const char* key)
{
    std::map<std::string, std::string> texts;
    if (json.is_object() && json.contains(key) && json[key].is_object())
        for (const auto& [name, value] : json[key].items())
            if (value.is_string())
                texts[name] = value;
    return texts;
}

} // namespace

Sample readSample(const Method& method)
{
    Sample sample;
    const auto folder = resourceFolder() / "samples" / method.id;
    const auto object = readJson(folder / "sample.json");
    const auto pictures = textsOf(object, "pictures");
    for (const Slot& slot : method.slots) {
        const auto found = pictures.find(slot.id);
        const std::string name = found == pictures.end() ? std::string() : found->second;
        if (name.empty() && slot.needed)
            throw Error(
                "The sample in %1 has no picture for %2: install the program anew.",
                folder.string(), inWords(slot.label));
        if (!name.empty())
            sample.pictures[slot.id] = {{.image = loadImage(folder / name).image, .name = name}};
    }
    for (const auto& [id, value] : textsOf(object, "values"))
        sample.values[id] = parseValue(parameter(method, id), value);
    return sample;
}
