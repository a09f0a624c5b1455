// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/sample.h"

#include "app/translated.h"
#include "core/errors.h"
#include "core/file/json.h"
#include "core/file/resources.h"
#include "core/picture/imagefile.h"

namespace {

std::filesystem::path folderOf(const Method& method)
{
    return resourceFolder() / "samples" / method.id;
}

std::vector<nlohmann::json> samplesOf(const Method& method)
{
    const auto file = folderOf(method) / "sample.json";
    const auto object = readJson(file);
    if (!object.is_object() || !object.contains("samples") || !object["samples"].is_array())
        throw Error("%1 has no samples: install the program anew.", file.string());
    std::vector<nlohmann::json> samples;
    for (const auto& sample : object["samples"])
        if (sample.is_object())
            samples.push_back(sample);
    return samples;
}

/// The text at @p key; empty: there is none.
std::string textAt(const nlohmann::json& object, const char* key)
{
    return object.contains(key) && object[key].is_string() ? object[key].get<std::string>()
                                                           : std::string();
}

/// What stands at @p key by names; nothing where there is none.
nlohmann::json objectAt(const nlohmann::json& object, const char* key)
{
    return object.contains(key) && object[key].is_object() ? object[key] : nlohmann::json::object();
}

/// A picture stands there as its file's name, or as an object where it has a weight, too.
Input inputFrom(const nlohmann::json& picture, const std::filesystem::path& folder)
{
    Input input {
        .name = picture.is_string() ? picture.get<std::string>() : textAt(picture, "file")};
    if (picture.is_object() && picture.contains("weight") && picture["weight"].is_number())
        input.weight = picture["weight"];
    input.image = loadImage(folder / input.name).image;
    return input;
}

nlohmann::json find(const Method& method, const std::string& id)
{
    for (const auto& sample : samplesOf(method))
        if (id.empty() || textAt(sample, "id") == id)
            return sample;
    throw Error(
        "The sample \"%1\" is not in %2: install the program anew.", id, folderOf(method).string());
}

} // namespace

std::vector<SampleLabel> offeredSamples(const Method& method)
{
    std::vector<SampleLabel> labels;
    if (!std::filesystem::exists(folderOf(method)))
        return labels;
    for (const auto& sample : samplesOf(method))
        if (const std::string title = textAt(sample, "title"); !title.empty())
            labels.push_back(
                {.id = textAt(sample, "id"),
                 .title = translated(title),
                 .shows = translated(textAt(sample, "shows"))});
    return labels;
}

Sample readSample(const Method& method, const std::string& id)
{
    Sample sample;
    const auto folder = folderOf(method);
    const auto object = find(method, id);
    const auto pictures = objectAt(object, "pictures");
    for (const Slot& slot : method.slots) {
        if (pictures.contains(slot.id))
            sample.pictures[slot.id] = {inputFrom(pictures[slot.id], folder)};
        else if (slot.needed)
            throw Error(
                "The sample in %1 has no picture for %2: install the program anew.",
                folder.string(), inWords(slot.label));
    }
    const auto values = objectAt(object, "values");
    for (const auto& [name, value] : values.items())
        if (value.is_string())
            sample.values[name] = parseValue(parameter(method, name), value.get<std::string>());
    if (object.contains("seed") && object["seed"].is_number_unsigned())
        sample.seed = object["seed"].get<uint64_t>();
    if (const std::string made = textAt(object, "made"); !made.empty())
        sample.made = loadImage(folder / made).image;
    return sample;
}
