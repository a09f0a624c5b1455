// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/branch.h"
#include "core/checkedjson.h"
#include "core/errors.h"
#include "core/file/base64.h"
#include "core/file/json.h"
#include "core/picture/imagefile.h"
#include "core/record.h"
#include "core/touchtext.h"

#include <algorithm>
#include <climits>
#include <map>
#include <memory>

using nlohmann::json;
using namespace checked;

namespace {

constexpr std::size_t mostSteps = 4096;

/// A file's name, whichever system wrote its path.
std::string withoutFolders(const std::string& path)
{
    const std::size_t last = path.find_last_of("/\\");
    return last == path.npos ? path : path.substr(last + 1);
}

/// What a method knows of a picture besides its pixels.
void takeUse(Input& input, const json& from)
{
    constexpr double heaviest = 1e6;
    if (const auto weight = from.find("weight"); weight != from.end())
        input.weight = asNumber(*weight, "weight", -heaviest, heaviest);
    input.kind = text(from, "kind");
    if (input.kind == "map") // as a finished map was called at first
        input.kind = "none";
    const auto span = from.find("span");
    if (span == from.end())
        return;
    if (!span->is_array() || span->size() != 2)
        refuse("span");
    input.begin = asNumber((*span)[0], "span", 0, 1);
    input.end = asNumber((*span)[1], "span", input.begin, 1);
}

/// Takes the pictures of a record: each may stand in it once and be meant by its hash elsewhere.
class PictureReader
{
public:
    /// @p record gets what is told of pictures that are nowhere.
    PictureReader(
        Record& record, const WantedPicture& wanted, const std::stop_token& stop,
        const PictureOf& elsewhere)
        : m_record(record)
        , m_wanted(wanted)
        , m_stop(stop)
        , m_elsewhere(elsewhere)
    {
    }

    /// Each may be allowed and all together be more than memory has.
    void checkPixels(const json& from)
    {
        int64_t pixels = 0;
        const auto add = [&](const std::string& slot, const json& entry) {
            if (entry.contains("png"))
                pixels += pixelsOf(bytesOf(entry, slot), text(entry, "name"));
        };
        forEach(from, add);
        for (const json& parent : list(from, "parents", deepestBranch))
            if (parent.is_object())
                forEach(parent, add);
        constexpr int64_t million = 1'000'000;
        if (pixels > mostPixels)
            throw Error(
                "its pictures have %1 million pixels together, and %2 million are read.",
                pixels / million, mostPixels / million);
    }

    /// The pictures by slot.
    Pictures read(const json& from)
    {
        Pictures pictures;
        forEach(from, [&](const std::string& slot, const json& entry) {
            if (m_stop.stop_requested())
                return;
            if (const SharedImage image = pixels(entry, slot); !image.empty())
                pictures[slot].push_back(use(entry, image));
            else
                m_record.absent.push_back(
                    {slot, withoutFolders(text(entry, "name")), text(entry, "sha256")});
        });
        return pictures;
    }

    /// The hash of each slot's first one.
    void readHashes(const json& from)
    {
        const json slots = object(from, "inputs");
        for (const auto& [slot, inputs] : slots.items())
            if (inputs.is_array() && !inputs.empty() && inputs[0].is_object())
                m_record.inputHashes.try_emplace(slot, text(inputs[0], "sha256"));
    }

private:
    template<typename Use>
    void forEach(const json& from, const Use& use)
    {
        const json slots = object(from, "inputs");
        for (const auto& [slot, inputs] : slots.items()) {
            if (!inputs.is_array() || inputs.size() > mostEntries)
                refuse("inputs");
            int at = 0;
            for (const json& entry : inputs) {
                if (!entry.is_object())
                    refuse("inputs");
                if (!m_wanted || m_wanted(m_record.request.method, slot, at++))
                    use(slot, entry);
            }
        }
    }

    static Input use(const json& entry, const SharedImage& image)
    {
        Input input {.image = image, .name = withoutFolders(text(entry, "name"))};
        takeUse(input, entry);
        return input;
    }

    static std::vector<std::byte> bytesOf(const json& entry, const std::string& slot)
    {
        const json& png = entry.at("png");
        if (!png.is_string())
            refuse("png");
        auto bytes = fromBase64(png.get_ref<const std::string&>());
        if (!bytes)
            refuse("inputs " + slot);
        return *std::move(bytes);
    }

    SharedImage pixels(const json& entry, const std::string& slot)
    {
        const std::string hash = text(entry, "sha256");
        if (!entry.contains("png")) {
            const auto found = m_read.find(hash);
            return found != m_read.end() ? found->second
                : m_elsewhere            ? m_elsewhere(hash)
                                         : SharedImage();
        }
        const SharedImage image =
            decodeImage(bytesOf(entry, slot), text(entry, "name"), {}, m_stop).image;
        if (m_stop.stop_requested())
            return {};
        if (pixelHash(image) != hash)
            throw Error("the picture for %1 in it does not have the checksum it should.", slot);
        return m_read[hash] = image;
    }

    Record& m_record;
    const WantedPicture& m_wanted;
    const std::stop_token& m_stop;
    const PictureOf& m_elsewhere;
    std::map<std::string, SharedImage> m_read; ///< by hash
};

std::vector<Touch> touches(const json& from)
{
    std::vector<Touch> all;
    for (const json& each : list(from, "touches"))
        all.push_back(parseTouch(asText(each, "touches")));
    return all;
}

std::vector<Lora> loras(const json& from)
{
    std::vector<Lora> all;
    for (const json& each : list(from, "loras", size_t(mostLoras))) {
        if (!each.is_object())
            refuse("loras");
        const std::string name = text(each, "name"), hash = text(each, "hash");
        if (hash.size() != 64 || hash.find_first_not_of("0123456789abcdef") != hash.npos)
            refuse("loras");
        all.push_back(
            {.file = withoutFolders(name),
             .sha256 = hash,
             .weight = asNumber(
                 each.value("weight", json()), "weight", -mostLoraWeight, mostLoraWeight)});
    }
    return all;
}

uint64_t seed(const json& from)
{
    const auto found = from.find("seed");
    if (found == from.end())
        return Request().seed;
    if (!found->is_number_unsigned())
        refuse("seed");
    return found->get<uint64_t>();
}

/// The first parent with its own parents; it has everything else in common with @p request.
std::optional<Branch> branch(const Request& request, const json& from, PictureReader& pictures)
{
    std::vector<Branch> parents; // the nearest first
    for (const json& each : list(from, "parents", deepestBranch)) {
        if (!each.is_object())
            refuse("parents");
        Request parent = request;
        parent.branch = {};
        parent.preset = text(each, "preset");
        parent.values = values(each, "values");
        parent.seed = seed(each);
        parent.touches = touches(each);
        parent.images = pictures.read(each);
        parents.push_back(
            {.parent = std::make_shared<const Request>(std::move(parent)),
             .step = count(each, "step")});
    }
    std::optional<Branch> nearest;
    while (!parents.empty()) {
        Branch last = std::move(parents.back());
        parents.pop_back();
        Request with = *last.parent;
        with.branch = std::move(nearest);
        last.parent = std::make_shared<const Request>(std::move(with));
        nearest = std::move(last);
    }
    return nearest;
}

Computed computed(const json& from)
{
    const json entry = object(from, "computed");
    return {
        .library = text(entry, "library"),
        .processor = text(entry, "processor"),
        .precision = text(entry, "precision"),
        .threads = count(entry, "threads")};
}

json parsed(const std::string& chunk)
{
    json from = checked::parse(chunk);
    const auto format = from.find("format");
    if (format == from.end())
        refuse("format");
    if (const auto number = asWhole(*format, "format", 1, INT_MAX); number > recordFormat)
        throw Error(
            "it has format %1 and this version reads up to %2: a newer Simile wrote it and can "
            "read it.",
            number, recordFormat);
    return from;
}

Record toRecord(
    const json& from, const WantedPicture& wanted, const std::stop_token& stop,
    const PictureOf& elsewhere)
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
    record.request.seed = seed(from);
    record.request.touches = touches(from);
    record.request.loras = loras(from);
    const json model = object(from, "model");
    record.model = text(model, "name");
    record.modelHash = text(model, "hash");
    record.candidate = count(from, "candidate");
    record.step = count(from, "step");
    record.steps = count(from, "steps");
    record.clean = text(from, "decoded") == "clean"; // not in records of earlier versions
    record.version = text(from, "version");
    record.latentHash = text(from, "latent");
    for (const json& hash : list(from, "latents", mostSteps))
        record.stepHashes.push_back(asText(hash, "latents"));
    record.computed = computed(from);
    const json noise = object(from, "noise");
    for (const auto& [name, hash] : noise.items())
        record.noiseHashes[name] = asText(hash, "noise");
    PictureReader pictures(record, wanted, stop, elsewhere);
    pictures.checkPixels(from);
    pictures.readHashes(from);
    record.request.images = pictures.read(from);
    record.request.branch = branch(record.request, from, pictures);
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
    std::span<const std::byte> png, const WantedPicture& wanted, const std::stop_token& stop,
    const PictureOf& pictures)
{
    const std::vector<TextChunk> chunks = recordTexts(png);
    if (chunks.empty())
        return {};
    Record record = parseRecord(chunks.front().text, pictures, wanted, stop);
    return stop.stop_requested() ? std::nullopt : std::optional(std::move(record));
}

Record parseRecord(
    const std::string& text, const PictureOf& pictures, const WantedPicture& wanted,
    const std::stop_token& stop)
{
    try {
        return toRecord(parsed(text), wanted, stop, pictures);
    } catch (const Error& error) {
        throw Error("The record of how this picture was made cannot be read: %1", error.sentence());
    }
}
