// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/errors.h"
#include "core/file/base64.h"
#include "core/file/json.h"
#include "core/picture/imagefile.h"
#include "core/record.h"

#include <algorithm>
#include <climits>

// What stands in a file may come from anywhere: every type is checked and every size has a limit.

using nlohmann::json;

namespace {

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

/// A picture that is still packed.
struct PackedPicture
{
    std::string slot = {}, name = {};
    std::vector<std::byte> file = {};
    const json& entry;
};

std::vector<PackedPicture> packedPictures(
    Record& record, const json& slots, const WantedPicture& wanted)
{
    std::vector<PackedPicture> pictures;
    for (const auto& [slot, list] : slots.items()) {
        if (!list.is_array() || list.size() > mostEntries)
            refuse("inputs");
        int at = 0;
        for (const json& entry : list) {
            if (!entry.is_object())
                refuse("inputs");
            record.inputHashes.try_emplace(slot, text(entry, "sha256"));
            const auto png = entry.find("png");
            if (png == entry.end())
                continue;
            if (!png->is_string())
                refuse("png");
            if (wanted && !wanted(record.request.method, slot, at++))
                continue;
            auto bytes = fromBase64(png->get_ref<const std::string&>());
            if (!bytes)
                refuse("inputs " + slot);
            pictures.push_back({slot, text(entry, "name"), *std::move(bytes), entry});
        }
    }
    return pictures;
}

/// Each may be allowed and all together be more than memory has.
void checkPixels(const std::vector<PackedPicture>& pictures)
{
    int64_t pixels = 0;
    for (const PackedPicture& picture : pictures)
        pixels += pixelsOf(picture.file, picture.name);
    constexpr int64_t million = 1'000'000;
    if (pixels > mostPixels)
        throw Error(
            "its pictures have %1 million pixels together, and %2 million are read.",
            pixels / million, mostPixels / million);
}

Input input(const PackedPicture& picture, const std::stop_token& stop)
{
    Input input {.image = decodeImage(picture.file, picture.name, {}, stop).image};
    if (stop.stop_requested())
        return {};
    input.name = picture.name.substr(picture.name.find_last_of("/\\") + 1);
    takeUse(input, picture.entry);
    if (pixelHash(input.image) != text(picture.entry, "sha256"))
        throw Error("the picture for %1 in it does not have the checksum it should.", picture.slot);
    return input;
}

void takeInputs(
    Record& record, const json& from, const WantedPicture& wanted, const std::stop_token& stop)
{
    const json slots = object(from, "inputs");
    const std::vector<PackedPicture> pictures = packedPictures(record, slots, wanted);
    checkPixels(pictures);
    for (const PackedPicture& picture : pictures)
        if (!stop.stop_requested())
            record.request.images[picture.slot].push_back(input(picture, stop));
}

json parse(const std::string& chunk)
{
    json from = parseJson(chunk, "its text");
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

Record toRecord(const json& from, const WantedPicture& wanted, const std::stop_token& stop)
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
    record.clean = text(from, "decoded") == "clean"; // not in records of earlier versions
    record.version = text(from, "version");
    record.latentHash = text(from, "latent");
    takeInputs(record, from, wanted, stop);
    return record;
}

std::vector<TextChunk> recordTexts(std::span<const std::byte> png)
{
    constexpr std::size_t longest = std::size_t(256) << 20;
    return readPngText(png, longest, [](std::string_view key) { return key == recordKeyword; });
}

} // namespace

bool carriesRecord(std::span<const std::byte> file)
{
    return !recordTexts(file).empty();
}

std::optional<Record> readRecord(
    std::span<const std::byte> png, const WantedPicture& wanted, const std::stop_token& stop)
{
    const std::vector<TextChunk> chunks = recordTexts(png);
    if (chunks.empty())
        return {};
    try {
        Record record = toRecord(parse(chunks.front().text), wanted, stop);
        return stop.stop_requested() ? std::nullopt : std::optional(std::move(record));
    } catch (const Error& error) {
        throw Error("The record of how this picture was made cannot be read: %1", error.sentence());
    }
}
