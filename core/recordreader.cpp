// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/errors.h"
#include "core/file/base64.h"
#include "core/picture/imagefile.h"
#include "core/record.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <climits>

// What stands in a file may come from anywhere: every type is checked and every size has a limit.

using nlohmann::json;

namespace {

constexpr int deepest = 64;
constexpr std::size_t longestText = 1 << 20, mostEntries = 256;

[[noreturn]] void refuse(const std::string& entry)
{
    throw Error("its entry \"%1\" is not what it should be.", entry);
}

std::string text(const json& from, const std::string& entry)
{
    if (!from.is_string() || from.get_ref<const std::string&>().size() > longestText)
        refuse(entry);
    return from.get<std::string>();
}

int64_t whole(const json& from, const std::string& entry, int64_t least, int64_t most)
{
    const bool fits = from.is_number_unsigned()
        ? from.get<uint64_t>() <= uint64_t(std::max<int64_t>(most, 0))
        : from.is_number_integer() && from.get<int64_t>() <= most;
    if (!fits || from.get<int64_t>() < least)
        refuse(entry);
    return from.get<int64_t>();
}

Range range(const json& from, const std::string& entry)
{
    if (!from.is_array() || from.size() != 2)
        refuse(entry);
    const auto begin = whole(from[0], entry, 0, INT_MAX);
    return {int(begin), int(whole(from[1], entry, begin, INT_MAX))};
}

Value value(const json& from, const std::string& entry)
{
    if (from.is_boolean())
        return from.get<bool>();
    if (from.is_number_float())
        return from.get<double>();
    if (from.is_number_integer())
        return int(whole(from, entry, INT_MIN, INT_MAX));
    if (from.is_string())
        return text(from, entry);
    if (from.is_object() && from.contains("range"))
        return range(from["range"], entry);
    if (!from.is_object() || !from.contains("layers") || !from["layers"].is_array()
        || from["layers"].size() > mostEntries)
        refuse(entry);
    Layers layers;
    for (const json& each : from["layers"])
        layers.push_back(range(each, entry));
    return layers;
}

/// A member that is an object; an empty one where there is none.
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
    return found == from.end() ? std::string() : text(*found, std::string(entry));
}

int count(const json& from, const char* entry)
{
    const auto found = from.find(entry);
    return found == from.end() ? 0 : int(whole(*found, entry, 0, INT_MAX));
}

Values values(const json& from, const char* entry)
{
    Values all;
    const json members = object(from, entry);
    for (const auto& [id, member] : members.items())
        all[id] = value(member, id);
    return all;
}

/// A finite number within limits.
double number(const json& from, const char* entry, double least, double most)
{
    // JSON itself has no infinity, but a number may be too large for a double.
    if (!from.is_number() || !(from.get<double>() >= least && from.get<double>() <= most))
        refuse(entry);
    return from.get<double>();
}

/// What a method knows of a picture besides its pixels.
void takeUse(Input& input, const json& from)
{
    constexpr double heaviest = 1e6;
    if (const auto weight = from.find("weight"); weight != from.end())
        input.weight = number(*weight, "weight", -heaviest, heaviest);
    input.kind = text(from, "kind");
    if (input.kind == "map") // as a finished map was called at first
        input.kind = "none";
    const auto span = from.find("span");
    if (span == from.end())
        return;
    if (!span->is_array() || span->size() != 2)
        refuse("span");
    input.begin = number((*span)[0], "span", 0, 1);
    input.end = number((*span)[1], "span", input.begin, 1);
}

Input input(const json& from, const std::string& slot)
{
    const std::string name = text(from, "name");
    const auto bytes = fromBase64(from["png"].get_ref<const std::string&>());
    if (!bytes)
        refuse("inputs " + slot);
    Input input {.image = decodeImage(*bytes, name).image};
    input.name = name.substr(name.find_last_of("/\\") + 1);
    takeUse(input, from);
    if (pixelHash(input.image) != text(from, "sha256"))
        throw Error("the picture for %1 in it does not have the checksum it should.", slot);
    return input;
}

void takeInputs(Record& record, const json& from)
{
    const json slots = object(from, "inputs");
    for (const auto& [slot, list] : slots.items()) {
        if (!list.is_array() || list.size() > mostEntries)
            refuse("inputs");
        for (const json& entry : list) {
            if (!entry.is_object())
                refuse("inputs");
            record.inputHashes.try_emplace(slot, text(entry, "sha256"));
            if (const auto png = entry.find("png"); png != entry.end()) {
                if (!png->is_string())
                    refuse("png");
                record.request.images[slot].push_back(input(entry, slot));
            }
        }
    }
}

json parse(const std::string& chunk)
{
    const auto shallow = [](int depth, json::parse_event_t, json&) {
        if (depth > deepest)
            throw Error("it is nested too deeply.");
        return true;
    };
    json from = json::parse(chunk, shallow);
    if (!from.is_object())
        throw Error("it is no JSON object.");
    const auto format = from.find("format");
    if (format == from.end())
        refuse("format");
    if (const auto number = whole(*format, "format", 1, INT_MAX); number > recordFormat)
        throw Error(
            "it has format %1 and this version reads up to %2: a newer Simile wrote it and can "
            "read it.",
            number, recordFormat);
    return from;
}

Record toRecord(const json& from)
{
    Record record {.resolved = values(from, "resolved")};
    record.request = {
        .method = text(from, "method"),
        .preset = text(from, "preset"),
        .values = values(from, "values"),
        .device = text(from, "device"),
        .precision = text(from, "precision")};
    if (const std::string prediction = text(from, "prediction"); !prediction.empty())
        record.request.prediction = prediction;
    if (const auto seed = from.find("seed"); seed != from.end()) {
        if (!seed->is_number_unsigned())
            refuse("seed");
        record.request.seed = seed->get<uint64_t>();
    }
    const json model = object(from, "model");
    record.model = text(model, "name");
    record.modelHash = text(model, "hash");
    record.candidate = count(from, "candidate");
    record.step = count(from, "step");
    record.steps = count(from, "steps");
    record.version = text(from, "version");
    record.latentHash = text(from, "latent");
    takeInputs(record, from);
    return record;
}

} // namespace

bool carriesRecord(std::span<const std::byte> file)
{
    const auto chunks = readPngText(file);
    return std::ranges::find(chunks, recordKeyword, &TextChunk::keyword) != chunks.end();
}

std::optional<Record> readRecord(std::span<const std::byte> png)
{
    const auto chunks = readPngText(png);
    const auto chunk = std::ranges::find(chunks, recordKeyword, &TextChunk::keyword);
    if (chunk == chunks.end())
        return {};
    try {
        return toRecord(parse(chunk->text));
    } catch (const json::exception&) {
        throw Error("The record of how this picture was made is damaged: it is no valid JSON.");
    } catch (const Error& error) {
        throw Error("The record of how this picture was made cannot be read: %1", error.sentence());
    }
}
