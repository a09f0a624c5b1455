// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/record.h"

#include "core/file/base64.h"
#include "core/file/hash.h"
#include "core/picture/imagefile.h"
#include "core/touchtext.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

using nlohmann::json;

namespace {

std::string bareName(const std::string& name)
{
    return name.substr(name.find_last_of("/\\") + 1);
}

json toJson(const Range& range)
{
    return json::array({range.begin, range.end});
}

/// A truth value, a number or a text as JSON has them; spans and layers as objects. A fraction
/// always has its point, so that 1.0 is not the whole number 1.
json toJson(const Value& value)
{
    if (const auto* range = std::get_if<Range>(&value))
        return {{"range", toJson(*range)}};
    if (const auto* layers = std::get_if<Layers>(&value)) {
        json list = json::array();
        for (const Range& range : *layers)
            list.push_back(toJson(range));
        return {{"layers", list}};
    }
    if (const auto* flag = std::get_if<bool>(&value))
        return *flag;
    if (const auto* whole = std::get_if<int>(&value))
        return *whole;
    if (const auto* fraction = std::get_if<double>(&value))
        return *fraction;
    return std::get<std::string>(value);
}

/// The names of files without their folders.
std::string bareNames(const std::string& paths)
{
    std::string names;
    for (size_t begin = 0; begin <= paths.size();) {
        const size_t end = std::min(paths.find(';', begin), paths.size());
        names += (begin == 0 ? "" : ";") + bareName(paths.substr(begin, end - begin));
        begin = end + 1;
    }
    return names;
}

/// The values as a record may have them.
Values withoutFolders(Values values, const Method& method)
{
    for (const Parameter& p : method.parameters)
        if (const auto found = values.find(p.id); p.file && found != values.end())
            if (auto* paths = std::get_if<std::string>(&found->second))
                *paths = bareNames(*paths);
    return values;
}

json toJson(const Values& values)
{
    json object = json::object();
    for (const auto& [id, value] : values)
        object[id] = toJson(value);
    return object;
}

/// Adds the pixels only of what is not @p written yet, where it is given.
json toJson(
    const std::vector<Input>& inputs, const std::vector<PackedInput>& packed,
    std::set<std::string>* written)
{
    json list = json::array();
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        const Input& input = inputs[i];
        const bool again = written && written->contains(packed[i].sha256);
        json entry {
            {"name", bareName(input.name)},
            {"width", input.image->width},
            {"height", input.image->height},
            {"weight", input.weight},
            {"sha256", packed[i].sha256}};
        if (!input.kind.empty())
            entry["kind"] = input.kind;
        if (input.begin != 0 || input.end != 1)
            entry["span"] = {input.begin, input.end};
        if (!packed[i].png.empty() && !again)
            entry["png"] = packed[i].png;
        if (written)
            written->insert(packed[i].sha256);
        list.push_back(std::move(entry));
    }
    return list;
}

json toJson(const Pictures& pictures, const PackedInputs& packed, std::set<std::string>* written)
{
    json inputs = json::object();
    for (const auto& [slot, list] : pictures)
        inputs[slot] = toJson(list, packed.at(slot), written);
    return inputs;
}

json toJson(const std::vector<Touch>& touches)
{
    json list = json::array();
    for (const Touch& touch : touches)
        list.push_back(toText(touch));
    return list;
}

json toJson(const Lora& lora)
{
    json entry {{"hash", lora.sha256}, {"weight", lora.weight}};
    if (!lora.file.empty())
        entry["name"] = bareName(lora.file);
    return entry;
}

/// The runs that a branch goes on from, the nearest first, by what may be another in them.
json parentsOf(const Request& request, const Method& method, const PackedInputs& packed)
{
    std::set<std::string> written;
    for (const auto& [slot, inputs] : packed)
        for (const PackedInput& input : inputs)
            written.insert(input.sha256);
    json list = json::array();
    const bool full = std::ranges::any_of(packed, [](const auto& slot) {
        return !slot.second.empty() && !slot.second.front().png.empty();
    });
    for (const Request* at = &request; at->branch; at = at->branch->parent.get()) {
        const Request& parent = *at->branch->parent;
        const PackedInputs own = pack(parent.images, full ? Embed::Full : Embed::Settings);
        list.push_back(
            {{"step", at->branch->step},
             {"preset", parent.preset},
             {"values", toJson(withoutFolders(parent.values, method))},
             {"seed", parent.seed},
             {"touches", toJson(parent.touches)},
             {"inputs", toJson(parent.images, own, &written)}});
    }
    return list;
}

json toJson(const Record& record, const Method& method, const PackedInputs& packed)
{
    const Request& request = record.request;
    json object {
        {"format", 1},
        {"version", record.version},
        {"method", request.method},
        {"preset", request.preset},
        {"values", toJson(withoutFolders(request.values, method))},
        {"resolved", toJson(withoutFolders(record.resolved, method))},
        {"seed", request.seed},
        {"device", request.device.substr(0, request.device.find(':'))},
        {"precision", request.precision},
        {"prediction", request.prediction},
        {"model", {{"name", bareName(record.model)}, {"hash", record.modelHash}}},
        {"candidate", record.candidate},
        {"step", record.step},
        {"steps", record.steps},
        {"decoded", record.clean ? "clean" : "latent"},
        {"latent", record.latentHash},
        {"inputs", toJson(request.images, packed, nullptr)}};
    if (!record.stepHashes.empty())
        object["latents"] = record.stepHashes;
    if (record.computed != Computed())
        object["computed"] = {
            {"library", record.computed.library},
            {"processor", record.computed.processor},
            {"precision", record.computed.precision},
            {"threads", record.computed.threads}};
    for (const auto& [name, numbers] : request.noise)
        object["noise"][name] = sha256(std::as_bytes(std::span(numbers)));
    if (request.branch)
        object["parents"] = parentsOf(request, method, packed);
    if (!request.touches.empty())
        object["touches"] = toJson(request.touches);
    for (const Lora& lora : request.loras)
        object["loras"].push_back(toJson(lora));
    // A version that does not know them would take the picture for another.
    constexpr int withTouches = 2;
    if (request.branch || !request.touches.empty())
        object["format"] = withTouches;
    if (!request.loras.empty())
        object["format"] = recordFormat;
    return object;
}

/// The text of a value that was used; nothing where the method has none of that role. Of a choice
/// its label.
std::string used(const Record& record, const Method& method, Role role)
{
    const Parameter* p = parameter(method, role);
    const auto value = p ? record.resolved.find(p->id) : record.resolved.end();
    if (value == record.resolved.end())
        return {};
    const std::string text = toText(value->second);
    for (const Choice& choice : p->choices)
        if (choice.value == text)
            return choice.label;
    return text;
}

/// "key: value" behind what is there; quoted where readers would take it apart, or take quotes
/// or a space away.
void append(std::string& line, const std::string& key, const std::string& value)
{
    if (value.empty())
        return;
    const bool plain =
        value.find_first_of(",:\n") == std::string::npos && value.find_first_of(" \"") != 0;
    line += (line.empty() ? "" : ", ") + key + ": "
        + (plain ? value : json(value).dump(-1, ' ', false, json::error_handler_t::replace));
}

/// The text that other programs read.
std::string parametersText(const Record& record, const Method& method)
{
    std::string text = used(record, method, Role::Prompt);
    if (!text.empty())
        text += "\n";
    if (const std::string negative = used(record, method, Role::NegativePrompt); !negative.empty())
        text += "Negative prompt: " + negative + "\n";
    std::string line;
    const std::string size = used(record, method, Role::Size);
    append(line, "Steps", used(record, method, Role::Steps));
    append(line, "Sampler", used(record, method, Role::Sampler));
    append(line, "CFG scale", used(record, method, Role::Guidance));
    append(line, "Seed", std::to_string(record.request.seed + uint64_t(record.candidate)));
    append(line, "Size", size.empty() ? "" : size + "x" + size);
    append(line, "Model hash", record.modelHash.substr(0, 10));
    append(line, "Model", bareName(record.model));
    append(line, "Denoising strength", used(record, method, Role::Strength));
    append(line, "Version", "Simile " + record.version);
    return text + line;
}

/// Of the 256 MiB that are read of a record.
constexpr std::size_t mostPacked = std::size_t(240) << 20;

/// Whether a record may have all of them.
bool readable(const Pictures& pictures)
{
    int64_t pixels = 0;
    for (const auto& [slot, inputs] : pictures)
        for (const Input& input : inputs)
            pixels += int64_t(input.image->width) * input.image->height;
    return pixels <= mostPixels;
}

} // namespace

PackedInputs pack(const Pictures& pictures, Embed embed)
{
    PackedInputs packed;
    if (embed == Embed::None)
        return packed;
    bool full = embed == Embed::Full && readable(pictures);
    std::size_t size = 0;
    for (const auto& [slot, inputs] : pictures)
        for (const Input& input : inputs) {
            PackedInput one {.sha256 = pixelHash(input.image)};
            if (full)
                one.png = toBase64(encodePng(input.image));
            size += one.png.size();
            full = full && size <= mostPacked;
            packed[slot].push_back(std::move(one));
        }
    if (!full) // all or none, so that it is clear what has to be given besides
        for (auto& [slot, inputs] : packed)
            for (PackedInput& input : inputs)
                input.png.clear();
    return packed;
}

std::vector<TextChunk> toText(
    const Record& record, Embed embed, const Method& method, const PackedInputs& packed)
{
    if (embed == Embed::None)
        return {};
    Record told = record;
    if (embed != Embed::Full)
        for (Lora& lora : told.request.loras)
            lora.file.clear();
    return {
        {.keyword = "parameters", .text = parametersText(record, method)},
        {.keyword = recordKeyword, .text = toJsonText(told, method, packed), .compressed = true}};
}

std::string toJsonText(const Value& value)
{
    return toJson(value).dump(-1, ' ', false, json::error_handler_t::replace);
}

std::string toJsonText(const Record& record, const Method& method, const PackedInputs& packed)
{
    return toJson(record, method, packed).dump(-1, ' ', false, json::error_handler_t::replace);
}

std::vector<TextChunk> toText(const Record& record, Embed embed, const Method& method)
{
    return toText(record, embed, method, pack(record.request.images, embed));
}
