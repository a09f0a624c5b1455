// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/store/runtext.h"

#include "app/inputs.h"
#include "app/runrecord.h"
#include "core/checkedjson.h"
#include "core/errors.h"
#include "core/file/inputfile.h"
#include "core/file/json.h"
#include "core/touchtext.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <climits>
#include <cstdint>
#include <mutex>

using nlohmann::json;

namespace {

static_assert(std::size_t(mostPictures) <= checked::mostEntries); // or it could not be read again

void add(std::vector<std::pair<std::string, SharedImage>>& all, const Pictures& pictures)
{
    for (const auto& [slot, inputs] : pictures)
        for (const Input& input : inputs)
            if (!input.image.empty())
                all.emplace_back(hashOf(input.image), input.image);
}

/// The hashes of pictures, as a record takes them.
PackedInputs packed(const Pictures& pictures)
{
    PackedInputs all;
    for (const auto& [slot, inputs] : pictures)
        for (const Input& input : inputs)
            all[slot].push_back({.sha256 = hashOf(input.image)});
    return all;
}

/// The parameters whose values are paths, as they are in places: "0.net" of the request, "1.net" of
/// its parent.
template<typename Use>
void forFiles(const Method& method, const Use& use)
{
    for (const Parameter& p : method.parameters)
        if (p.file)
            use(p.id);
}

void putPlaces(KeptRun& run, const Values& values, const Method& method, const std::string& before)
{
    forFiles(method, [&](const std::string& id) {
        const auto found = values.find(id);
        if (found != values.end() && !toText(found->second).empty())
            run.places[before + id] = toText(found->second);
    });
}

/// Puts the paths of a request back; without them no name of a file stays, which would be looked
/// for in the current folder.
void takePlaces(Values& values, const KeptRun& run, const std::string& before)
{
    for (const auto& [key, path] : run.places)
        if (key.starts_with(before) && values.contains(key.substr(before.size())))
            values[key.substr(before.size())] = path;
}

Request placed(Request request, const KeptRun& run, int depth)
{
    if (const auto loaded = run.places.find("loaded"); loaded != run.places.end())
        request.model = loaded->second;
    if (const auto device = run.places.find("device"); device != run.places.end())
        request.device = device->second;
    request.noise = run.noise;
    for (std::size_t i = 0; i < request.loras.size(); ++i) {
        const auto file = run.places.find("lora." + std::to_string(i));
        request.loras[i].file = file == run.places.end() ? std::string() : file->second;
    }
    takePlaces(request.values, run, std::to_string(depth) + ".");
    if (request.branch)
        request.branch = Branch {
            .parent =
                std::make_shared<const Request>(placed(*request.branch->parent, run, depth + 1)),
            .step = request.branch->step};
    return request;
}

json toJson(const Values& values)
{
    json object = json::object();
    for (const auto& [id, value] : values)
        object[id] = parseJson(toJsonText(value), "a value");
    return object;
}

json toJson(const Input& input)
{
    return {
        {"name", input.name},
        {"sha256", hashOf(input.image)},
        {"weight", input.weight},
        {"kind", input.kind},
        {"span", {input.begin, input.end}}};
}

json toJson(const Choices& chosen)
{
    json touches = json::array();
    for (const Touch& touch : chosen.touches)
        touches.push_back(toText(touch));
    return {{"preset", chosen.preset}, {"values", toJson(chosen.byHand)}, {"touches", touches}};
}

Input inputOf(const json& from, const PictureOf& pictures)
{
    constexpr double heaviest = 1e6;
    if (!from.is_object())
        checked::refuse("inputs");
    const auto span = checked::numbers(from, "span", 2, 0, 1);
    return {
        .image = pictures(checked::text(from, "sha256")),
        .name = checked::text(from, "name"),
        .weight = checked::asNumber(from.value("weight", json()), "weight", -heaviest, heaviest),
        .kind = checked::text(from, "kind"),
        .begin = span[0],
        .end = span[1]};
}

/// Those whose place is not known, as that of none is in what is passed on, are off.
void takeLoras(Document& document, const json& from, const json& places)
{
    const auto paths = checked::list(places, "loras", std::size_t(mostLoras));
    std::size_t at = 0;
    for (const json& each : checked::list(from, "loras", std::size_t(mostLoras))) {
        if (!each.is_object())
            checked::refuse("loras");
        const std::string path =
            at < paths.size() ? checked::asText(paths[at], "loras") : std::string();
        ++at;
        document.loras.push_back(
            {.lora =
                 {.file = path,
                  .sha256 = checked::text(each, "hash"),
                  .weight = checked::asNumber(
                      each.value("weight", json()), "weight", -mostLoraWeight, mostLoraWeight)},
             .on = !path.empty() && each.value("on", json()) == json(true)});
    }
}

Document documentOf(const json& from, const PictureOf& pictures)
{
    const auto text = [&](const char* entry) {
        return QString::fromStdString(checked::text(from, entry));
    };
    Document document {
        .method = checked::text(from, "method"),
        .prediction = text("prediction"),
        .device = text("device"),
        .precision = text("precision")};
    const json seed = from.value("seed", json()), locked = from.value("seedLocked", json());
    if (!seed.is_number_unsigned() || !locked.is_boolean())
        checked::refuse("seed");
    document.seed = seed.get<uint64_t>();
    document.seedLocked = locked.get<bool>();
    document.seedDrawn = from.value("seedDrawn", json(false)) == json(true);
    if (const json branch = from.value("branch", json()); branch.is_object())
        document.branch = {
            .run = checked::asWhole(branch.value("run", json()), "run", 0, INT64_MAX),
            .step = int(checked::asWhole(branch.value("at", json()), "at", 0, INT_MAX))};
    const json inputs = checked::object(from, "inputs");
    for (const auto& [slot, list] : inputs.items()) {
        if (!list.is_array() || list.size() > checked::mostEntries)
            checked::refuse("inputs");
        for (const json& each : list)
            if (Input input = inputOf(each, pictures); !input.image.empty())
                document.inputs[slot].push_back(std::move(input));
    }
    const json choices = checked::object(from, "choices");
    for (const auto& [method, of] : choices.items()) {
        if (!of.is_object())
            checked::refuse("choices");
        document.choices[method] = {
            .byHand = checked::values(of, "values"), .preset = checked::text(of, "preset")};
        for (const json& touch : checked::list(of, "touches"))
            document.choices[method].touches.push_back(
                parseTouch(checked::asText(touch, "touches")));
    }
    const json places = checked::object(from, "places"); // not in what is passed on
    document.model = QString::fromStdString(checked::text(places, "model"));
    takeLoras(document, from, places);
    const json files = checked::object(places, "files");
    for (const auto& [method, of] : files.items())
        for (const auto& [id, path] : checked::values(files, method.c_str())) {
            document.choices[method].byHand[id] = path;
            document.choices[method].paths.insert(id);
        }
    return document;
}

} // namespace

std::string hashOf(const SharedImage& image)
{
    static std::mutex mutex;
    static std::vector<std::pair<std::weak_ptr<const Image>, std::string>> known;
    {
        const std::scoped_lock lock(mutex);
        std::erase_if(known, [](const auto& entry) { return entry.first.expired(); });
        for (const auto& [picture, hash] : known)
            if (picture.lock() == image.pointer())
                return hash;
    }
    const std::string hash = pixelHash(image);
    const std::scoped_lock lock(mutex);
    known.emplace_back(image.pointer(), hash);
    return hash;
}

KeptRun keptRun(const RunFacts& facts, const Method& method)
{
    const Request& request = facts.prepared.request;
    const Record record {
        .request = request,
        .resolved = facts.prepared.values,
        .model = facts.card.name,
        .modelHash = facts.modelMark.hash,
        .steps = facts.steps,
        .version = PROGRAM_VERSION,
        .computed = facts.computed};
    KeptRun run {.record = toJsonText(record, method, packed(request.images))};
    run.noise = request.noise;
    run.places["model"] = facts.card.path.string();
    if (!facts.modelMark.stamp.empty())
        run.places["stamp"] = facts.modelMark.stamp;
    run.places["loaded"] = request.model;
    run.places["device"] = request.device;
    for (std::size_t i = 0; i < request.loras.size(); ++i)
        run.places["lora." + std::to_string(i)] = request.loras[i].file;
    putPlaces(run, facts.prepared.values, method, "resolved.");
    int depth = 0;
    for (const Request* at = &request; at; at = at->branch ? at->branch->parent.get() : nullptr)
        putPlaces(run, at->values, method, std::to_string(depth++) + ".");
    return run;
}

std::string withParent(const std::string& record, int64_t parent)
{
    json object = checked::parse(record);
    object["parentRun"] = parent;
    return object.dump(-1, ' ', false, json::error_handler_t::replace);
}

int64_t parentIn(const std::string& record)
{
    const json parent = checked::parse(record).value("parentRun", json());
    return parent.is_number_integer() ? parent.get<int64_t>() : 0;
}

std::vector<std::pair<std::string, SharedImage>> picturesOf(const Request& request)
{
    std::vector<std::pair<std::string, SharedImage>> all;
    for (const Request* at = &request; at; at = at->branch ? at->branch->parent.get() : nullptr)
        add(all, at->images);
    return all;
}

std::vector<std::pair<std::string, SharedImage>> picturesOf(const Pictures& pictures)
{
    std::vector<std::pair<std::string, SharedImage>> all;
    add(all, pictures);
    return all;
}

Record recordOf(const KeptRun& run, const PictureOf& pictures)
{
    for (const auto& [key, path] : run.places)
        if (path.find('\0') != path.npos) // a sentence would end there
            throw Error("The place \"%1\" of the run is no path: %2.", key, inQuotes(path));
    Record record = parseRecord(run.record, pictures);
    record.request = placed(std::move(record.request), run, 0);
    takePlaces(record.resolved, run, "resolved.");
    return record;
}

std::string toText(const Document& document, const std::vector<Method>& methods)
{
    json inputs = json::object(), choices = json::object(), files = json::object();
    for (const auto& [slot, list] : document.inputs)
        for (const Input& input : list)
            if (!input.image.empty())
                inputs[slot].push_back(toJson(input));
    const auto setApart = [&](const std::string& method, const std::string& id) {
        if (!choices.contains(method) || !choices[method]["values"].contains(id))
            return;
        files[method][id] = choices[method]["values"][id];
        choices[method]["values"].erase(id);
    };
    for (const auto& [method, chosen] : document.choices) {
        choices[method] = toJson(chosen);
        for (const std::string& id : chosen.paths)
            setApart(method, id);
    }
    for (const Method& method : methods)
        forFiles(method, [&](const std::string& id) { setApart(method.id, id); });
    // So that documents that differ in places alone are the same text but for these.
    for (const auto& [method, of] : files.items())
        if (choices[method] == toJson(Choices()))
            choices.erase(method);
    json object {
        {"method", document.missing ? document.missing->id : document.method},
        {"inputs", inputs},
        {"choices", choices},
        {"seed", document.seed},
        {"seedLocked", document.seedLocked},
        {"seedDrawn", document.seedDrawn},
        {"places", {{"model", document.model.toStdString()}, {"files", files}}},
        {"prediction", document.prediction.toStdString()},
        {"device", document.device.toStdString()},
        {"precision", document.precision.toStdString()}};
    for (const ListedLora& listed : document.loras) {
        object["loras"].push_back(
            {{"hash", listed.lora.sha256}, {"weight", listed.lora.weight}, {"on", listed.on}});
        object["places"]["loras"].push_back(listed.lora.file);
    }
    if (const auto& branch = document.missing ? document.missing->branch : document.branch)
        object["branch"] = {{"run", branch->run}, {"at", branch->step}};
    return object.dump(-1, ' ', false, json::error_handler_t::replace);
}

Document parseDocument(const std::string& text, const PictureOf& pictures)
{
    try {
        return documentOf(checked::parse(text), pictures);
    } catch (const Error& error) {
        throw Error("What was edited in this session cannot be read: %1", error.sentence());
    }
}
