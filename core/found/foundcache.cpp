// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/found/foundcache.h"

#include "core/checkedjson.h"
#include "core/errors.h"
#include "core/file/files.h"
#include "core/file/json.h"

#include <span>

namespace fs = std::filesystem;

namespace {

using nlohmann::json;

constexpr int version = 2; ///< another one where anything is recognised in another way
constexpr uint64_t largest = 32 << 20;
constexpr std::size_t mostEntries = 20'000;
constexpr int mostArguments = 9, deepestJson = 8;

json jsonOf(const Sentence& sentence)
{
    if (sentence.data)
        return sentence.pattern;
    json arguments = json::array();
    for (const Sentence& argument : sentence.arguments)
        arguments.push_back(jsonOf(argument));
    return {{"pattern", sentence.pattern}, {"arguments", std::move(arguments)}};
}

Sentence sentenceOf(const json& from, int depth = 0)
{
    if (from.is_string())
        return from.get<std::string>();
    if (depth == deepestJson || !from.is_object())
        checked::refuse("sentence");
    Sentence sentence;
    sentence.pattern = checked::text(from, "pattern");
    for (const json& argument : checked::list(from, "arguments", mostArguments))
        sentence.arguments.push_back(sentenceOf(argument, depth + 1));
    return sentence;
}

json jsonOf(const FoundNetwork& found)
{
    json notes = json::array();
    for (const Sentence& note : found.card.notes)
        notes.push_back(jsonOf(note));
    const ModelCard& card = found.card;
    return {
        {"name", card.name},
        {"kind", card.kind},
        {"problem", jsonOf(card.problem)},
        {"notes", std::move(notes)},
        {"channels", card.channels},
        {"context", card.contextWidth},
        {"size", card.size},
        {"velocity", card.velocity},
        {"guesses", card.guessesPrediction},
        {"incomplete", card.needsAutoencoder},
        {"bytes", card.bytes},
        {"use", toText(found.use)},
        {"pickled", found.pickled}};
}

bool flag(const json& from, const char* entry)
{
    const auto found = from.find(entry);
    return found != from.end() && found->is_boolean() && found->get<bool>();
}

FoundNetwork foundOf(const std::string& path, const json& from)
{
    constexpr int64_t mostBytes = int64_t(1) << 50;
    FoundNetwork found;
    ModelCard& card = found.card;
    card.path = path;
    card.name = checked::text(from, "name");
    card.kind = checked::text(from, "kind");
    card.problem = sentenceOf(from.at("problem"));
    for (const json& note : checked::list(from, "notes"))
        card.notes.push_back(sentenceOf(note));
    card.channels = checked::count(from, "channels");
    card.contextWidth = checked::count(from, "context");
    card.size = checked::count(from, "size");
    card.velocity = flag(from, "velocity");
    card.guessesPrediction = flag(from, "guesses");
    card.needsAutoencoder = flag(from, "incomplete");
    card.bytes = uint64_t(checked::asWhole(from.at("bytes"), "bytes", 0, mostBytes));
    found.use = networkUse(checked::text(from, "use"));
    found.pickled = flag(from, "pickled");
    return found;
}

} // namespace

FoundCache::FoundCache(fs::path file)
    : m_file(std::move(file))
{
    if (m_file.empty())
        return;
    try {
        const json all = parseJson(readText(m_file, largest), {"The file %1", m_file.string()});
        if (checked::count(all, "version") != version)
            return;
        for (const json& entry : checked::list(all, "networks", mostEntries)) {
            const std::string path = checked::text(entry, "path");
            m_kept[path] = {checked::text(entry, "identity"), foundOf(path, entry)};
        }
        for (const json& entry : checked::list(all, "hashes", mostEntries))
            m_hashes[checked::text(entry, "identity")] = {checked::text(entry, "sha256")};
    } catch (const std::bad_alloc&) {
        throw;
    } catch (const std::exception&) { // there is none, or none that can be used
        m_kept.clear();
        m_hashes.clear();
    }
}

const FoundNetwork* FoundCache::find(const Sighting& sighting)
{
    const auto kept = m_kept.find(sighting.path.string());
    if (kept == m_kept.end() || kept->second.identity != sighting.identity)
        return nullptr;
    kept->second.used = true;
    FoundNetwork& found = kept->second.found;
    found.program = sighting.program;
    if (!sighting.name.empty())
        found.card.name = sighting.name;
    return &found;
}

void FoundCache::put(const Sighting& sighting, const FoundNetwork& found)
{
    m_kept[sighting.path.string()] = {sighting.identity, found, true};
}

std::string FoundCache::hash(const Sighting& sighting)
{
    const auto found = m_hashes.find(sighting.identity);
    if (found == m_hashes.end())
        return {};
    found->second.used = true;
    return found->second.sha256;
}

void FoundCache::putHash(const Sighting& sighting, const std::string& sha256)
{
    m_hashes[sighting.identity] = {sha256, true};
}

void FoundCache::save() const
{
    if (m_file.empty())
        return;
    json networks = json::array(), hashes = json::array();
    for (const auto& [path, kept] : m_kept) {
        if (!kept.used || networks.size() == mostEntries)
            continue;
        json entry = jsonOf(kept.found);
        entry["path"] = path;
        entry["identity"] = kept.identity;
        networks.push_back(std::move(entry));
    }
    for (const auto& [identity, hash] : m_hashes)
        if (hash.used && hashes.size() < mostEntries)
            hashes.push_back({{"identity", identity}, {"sha256", hash.sha256}});
    const json all = {
        {"version", version}, {"networks", std::move(networks)}, {"hashes", std::move(hashes)}};
    try {
        const std::string text = all.dump(-1, ' ', false, json::error_handler_t::replace);
        fs::create_directories(m_file.parent_path());
        writeFileAtomically(m_file, std::as_bytes(std::span(text)));
    } catch (const std::bad_alloc&) {
        throw;
    } catch (const std::exception&) { // a full disk: it is recognised again next time
    }
}
