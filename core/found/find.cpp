// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/errors.h"
#include "core/file/files.h"
#include "core/file/runninghash.h"
#include "core/found/found.h"
#include "core/found/foundcache.h"
#include "core/found/recognise.h"
#include "core/found/walk.h"

#include <array>
#include <string_view>
#include <utility>

namespace {

constexpr std::array<std::pair<NetworkUse, std::string_view>, 9> uses = {{
    {NetworkUse::Model, "model"},
    {NetworkUse::ControlNet, "controlnet"},
    {NetworkUse::SeeCoder, "seecoder"},
    {NetworkUse::Autoencoder, "autoencoder"},
    {NetworkUse::SmallDecoder, "small-decoder"},
    {NetworkUse::Lora, "lora"},
    {NetworkUse::Embedding, "embedding"},
    {NetworkUse::MapNetwork, "map-network"},
    {NetworkUse::Other, "other"},
}};

/// The caller stopped in the middle of a file.
struct Ended
{
};

/// What a search is made of.
class Search
{
public:
    explicit Search(const FoundSearch& wanted)
        : m_wanted(wanted)
        , m_cache(wanted.cache ? *wanted.cache : m_own)
        , m_walk(wanted.limits, wanted.goesOn)
    {
    }

    FoundList run(const std::vector<FoundPlace>& places)
    {
        for (const FoundPlace& place : places)
            m_walk.look(place);
        recognise();
        hash();
        m_cache.save();
        m_list.notes = m_walk.notes();
        m_list.stopped = m_list.stopped || m_walk.stopped();
        return std::move(m_list);
    }

private:
    bool goesOn()
    {
        m_list.stopped = m_list.stopped || (m_wanted.goesOn && !m_wanted.goesOn());
        return !m_list.stopped;
    }

    void tell(const FoundNetwork& found) const
    {
        if (m_wanted.found)
            m_wanted.found(found);
    }

    void recognise()
    {
        for (const Sighting& sighting : m_walk.sightings()) {
            if (!goesOn())
                return;
            const FoundNetwork* kept = m_cache.find(sighting);
            m_list.networks.push_back(kept ? *kept : recognised(sighting, m_wanted.mapNetworks));
            FoundNetwork& found = m_list.networks.back();
            if (!kept)
                m_cache.put(sighting, found);
            const std::string hash = m_cache.hash(sighting);
            if (!hash.empty())
                name(found, hash);
            tell(found);
        }
    }

    /// What takes long comes last: a file of a size that the catalogue knows is read to its end.
    void hash()
    {
        for (std::size_t i = 0; i < m_list.networks.size(); ++i) {
            const Sighting& sighting = m_walk.sightings()[i];
            if (sighting.folder || !m_wanted.known.contains(sighting.bytes)
                || !m_list.networks[i].sha256.empty())
                continue;
            if (!goesOn())
                return;
            try {
                const std::string hash = hashOf(sighting.path);
                m_cache.putHash(sighting, hash);
                name(m_list.networks[i], hash);
                tell(m_list.networks[i]);
            } catch (const Error&) { // it was taken away meanwhile
            } catch (const Ended&) {
                return;
            }
        }
    }

    std::string hashOf(const std::filesystem::path& file)
    {
        RunningHash hash;
        readPieces(file, [&](std::span<const std::byte> piece) {
            if (!goesOn())
                throw Ended();
            hash.add(piece);
        });
        return hash.hexadecimal();
    }

    void name(FoundNetwork& found, const std::string& hash) const
    {
        found.sha256 = hash;
        for (const auto& [size, file] : m_wanted.known)
            if (file.sha256 == hash)
                found.known = file.name;
    }

    const FoundSearch& m_wanted;
    FoundCache m_own {{}};
    FoundCache& m_cache;
    Walk m_walk;
    FoundList m_list;
};

} // namespace

std::string toText(NetworkUse use)
{
    for (const auto& [known, text] : uses)
        if (known == use)
            return std::string(text);
    return {};
}

NetworkUse networkUse(const std::string& text)
{
    for (const auto& [use, known] : uses)
        if (known == text)
            return use;
    return NetworkUse::Other;
}

FoundList findNetworks(const std::vector<FoundPlace>& places, const FoundSearch& search)
{
    return Search(search).run(places);
}
