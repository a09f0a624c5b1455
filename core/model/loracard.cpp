// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/loracard.h"

#include "core/convert.h"
#include "core/errors.h"
#include "core/file/inputfile.h"
#include "core/file/json.h"
#include "core/file/systemerror.h"
#include "core/model/lora.h"
#include "core/model/modelfiles.h"

#include <algorithm>
#include <new>

namespace fs = std::filesystem;

namespace {

constexpr size_t longestWords = 200;

/// Cut off between two characters.
std::string shortened(std::string text)
{
    if (text.size() <= longestWords)
        return text;
    size_t end = longestWords;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80)
        --end;
    return text.substr(0, end) + "\u2026";
}

/// The tags of kohya's training, by folder with their number.
std::string frequentTags(const std::string& json)
{
    std::vector<std::pair<double, std::string>> tags;
    const auto folders = parseJson(json, "The tags of the training");
    if (!folders.is_object())
        return {};
    for (const auto& [folder, counts] : folders.items())
        if (counts.is_object())
            for (const auto& [tag, count] : counts.items())
                if (count.is_number())
                    tags.emplace_back(-count.get<double>(), tag);
    constexpr size_t shown = 5;
    std::ranges::sort(tags);
    std::string text;
    for (size_t i = 0; i < std::min(tags.size(), shown); ++i)
        text += (i == 0 ? "" : ", ") + tags[i].second;
    return text;
}

std::string triggersIn(const std::map<std::string, std::string>& metadata)
{
    for (const char* key : {"modelspec.trigger_phrase", "trigger_words", "ss_trigger_words"})
        if (const auto found = metadata.find(key);
            found != metadata.end() && !found->second.empty())
            return shortened(found->second);
    try {
        if (const auto tags = metadata.find("ss_tag_frequency"); tags != metadata.end())
            return shortened(frequentTags(tags->second));
    } catch (const Error&) { // other words than kohya's: there is nothing to show
    }
    return {};
}

/// "12 of its entries are not known and are left out (a, b ...)."
Sentence leftOut(const char* pattern, const std::vector<std::string>& names)
{
    constexpr size_t shown = 3;
    std::string text;
    for (size_t i = 0; i < std::min(names.size(), shown); ++i)
        text += (i == 0 ? "" : ", ") + inQuotes(names[i]);
    return {pattern, names.size(), text + (names.size() > shown ? " ..." : "")};
}

void describe(LoraCard& card, const fs::path& model)
{
    if (!fs::exists(card.path))
        throw Error("There is no file %1.", card.path.string());
    if (fs::is_directory(card.path))
        throw Error("%1 is a folder: please choose the LoRA's file in it.", card.path.string());
    if (isPickled(card.path))
        throw Error(
            "%1 is a Python pickle, and LoRAs are read from safetensors files alone.", card.name);
    const SafetensorsFile file(card.path);
    card.triggers = triggersIn(file.metadata());
    const ModelFiles files = openModel(model);
    LoraChanges changes;
    const LoraReport report = addLora(
        changes, {.file = card.path.string()}, shapesOf(files.unet),
        files.textEncoder.empty() ? Shapes() : shapesOf(files.textEncoder));
    card.layers = report.layers;
    if (!report.skipped.empty())
        card.notes.push_back(
            leftOut("%1 of its entries are not known and are left out (%2).", report.skipped));
    if (!report.without.empty())
        card.notes.push_back(leftOut(
            "The model has no text encoder, so %1 of its entries are left out (%2).",
            report.without));
}

} // namespace

LoraCard describeLora(const fs::path& file, const fs::path& model)
{
    LoraCard card {.path = file, .name = file.filename().string()};
    try {
        describe(card, model);
    } catch (const Error& error) {
        card.problem = error.sentence();
    } catch (const fs::filesystem_error& error) {
        card.problem = sentenceOf(error);
    } catch (const std::bad_alloc&) { // says nothing of the file
        throw;
    } catch (const std::exception& error) {
        card.problem = std::string(error.what());
    }
    return card;
}
