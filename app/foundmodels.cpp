// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/foundmodels.h"

#include "app/engine.h"
#include "app/foundfolders.h"
#include "app/settings.h"
#include "app/store/invokemodels.h"
#include "app/translated.h"
#include "core/catalogue.h"
#include "core/errors.h"
#include "core/found/foundcache.h"

#include <algorithm>
#include <atomic>
#include <mutex>

namespace {

constexpr int pollMilliseconds = 150;

Sentence unsuited(const FoundNetwork& found, const Method& method)
{
    if (!found.card.problem.empty())
        return found.card.problem;
    return method.refuses ? method.refuses(found.card) : Sentence();
}

} // namespace

/// What the thread that looks and the window share.
struct FoundModels::State
{
    std::atomic<bool> stopped = false;
    std::mutex mutex;
    std::vector<FoundNetwork> fresh = {}; ///< found since it was asked for
    std::vector<Sentence> notes = {};
    bool over = false;
};

FoundModels::FoundModels(const MethodList& methods, QObject* parent)
    : QObject(parent)
    , m_methods(methods)
    , m_around(surroundings())
{
    m_pool.setMaxThreadCount(1);
    m_poll.setInterval(pollMilliseconds);
    connect(&m_poll, &QTimer::timeout, this, &FoundModels::take);
}

FoundModels::~FoundModels()
{
    if (m_state)
        m_state->stopped = true;
    m_pool.waitForDone();
}

void FoundModels::lookOnce()
{
    if (!m_looked && !looking())
        look();
}

void FoundModels::look()
{
    if (m_state)
        m_state->stopped = true;
    const auto state = std::make_shared<State>();
    m_state = state;
    m_list.clear();
    m_notes.clear();
    Surroundings around = m_around;
    for (const QString& folder : foundFolders())
        around.named.emplace_back(folder.toStdString());
    m_pool.start([state, around, methods = &m_methods] {
        std::vector<Sentence> notes;
        try {
            PreparedSearch prepared = preparedSearch(around, *methods);
            FoundCache cache(foundCacheFile());
            prepared.search.cache = &cache;
            prepared.search.goesOn = [&state] { return !state->stopped; };
            prepared.search.found = [&state](const FoundNetwork& found) {
                const std::lock_guard lock(state->mutex);
                state->fresh.push_back(found);
            };
            const FoundList list = findNetworks(prepared.places, prepared.search);
            notes = prepared.notes;
            notes.insert(notes.end(), list.notes.begin(), list.notes.end());
        } catch (...) {
            notes.emplace_back(currentFailure().sentence.toStdString());
        }
        const std::lock_guard lock(state->mutex);
        state->notes = std::move(notes);
        state->over = true;
    });
    m_poll.start();
    Q_EMIT changed();
}

void FoundModels::stop()
{
    if (m_state)
        m_state->stopped = true; // what it found comes yet
}

/// Takes over what was found meanwhile. What comes a second time has its hash now.
void FoundModels::take()
{
    if (!m_state)
        return;
    std::vector<FoundNetwork> fresh;
    bool over = false;
    {
        const std::lock_guard lock(m_state->mutex);
        fresh.swap(m_state->fresh);
        over = m_state->over;
        if (over)
            m_notes = m_state->notes;
    }
    for (FoundNetwork& found : fresh) {
        const auto before = std::ranges::find(
            m_list, found.card.path, [](const auto& one) { return one.card.path; });
        if (before == m_list.end())
            m_list.push_back(std::move(found));
        else
            *before = std::move(found);
    }
    if (over) {
        m_looked = m_looked || !m_state->stopped;
        m_state.reset();
        m_poll.stop();
    }
    if (over || !fresh.empty())
        Q_EMIT changed();
}

std::vector<FoundNetwork> FoundModels::fitting(
    const Method& method, const NetworkSlot* slot, const ModelCard& model) const
{
    std::vector<FoundNetwork> fits;
    for (const FoundNetwork& found : m_list) {
        const bool serves = slot
            ? misfit(*slot, found, model).empty()
            : found.use == NetworkUse::Model && unsuited(found, method).empty();
        if (serves)
            fits.push_back(found);
    }
    const QStringList favourites = favouriteNetworks();
    std::ranges::stable_partition(fits, [&](const FoundNetwork& found) {
        return favourites.contains(QString::fromStdString(found.card.path.string()));
    });
    return fits;
}

std::filesystem::path foundCacheFile()
{
    return std::filesystem::path(Settings::cacheFolder().toStdString()) / "found-networks.json";
}

KnownNetworks knownNetworks()
{
    KnownNetworks known;
    for (const CatalogueEntry& entry : readCatalogue().entries)
        if (entry.exactBytes() > 0 && !entry.sha256.empty())
            known.insert({entry.exactBytes(), {.sha256 = entry.sha256, .name = entry.title}});
    return known;
}

PreparedSearch preparedSearch(const Surroundings& around, const MethodList& methods)
{
    PreparedSearch prepared;
    prepared.places = placesOf(around, prepared.notes);
    for (FoundPlace& place : prepared.places) {
        if (place.database.empty())
            continue;
        try {
            place.listed = invokeModels(place.database, place.folder);
        } catch (const Error& error) {
            prepared.notes.push_back(error.sentence());
        }
    }
    try {
        prepared.search.known = knownNetworks();
    } catch (const Error& error) { // then they are found without their names
        prepared.notes.push_back(error.sentence());
    }
    for (const NetworkSlot& slot : methods.networks())
        if (slot.use == NetworkUse::MapNetwork)
            prepared.search.mapNetworks.insert(slot.names.begin(), slot.names.end());
    return prepared;
}

std::vector<const Method*> modesFor(const FoundNetwork& found, const MethodList& methods)
{
    std::vector<const Method*> modes;
    for (const Method& method : methods.methods()) {
        if (method.isTool() || !found.card.problem.empty())
            continue;
        const bool serves = found.use == NetworkUse::Model
            ? unsuited(found, method).empty()
            : found.use == NetworkUse::Lora
                || std::ranges::any_of(methods.networks(), [&](const NetworkSlot& slot) {
                       return slot.method == method.id && slot.use == found.use;
                   });
        if (serves)
            modes.push_back(&method);
    }
    return modes;
}

Sentence misfit(
    const FoundNetwork& found, const Method& method, const ModelCard& model,
    const MethodList& methods)
{
    if (found.use == NetworkUse::Model)
        return unsuited(found, method);
    if (!found.card.problem.empty())
        return found.card.problem;
    for (const NetworkSlot& slot : methods.networks())
        if (slot.method == method.id && slot.use == found.use)
            return misfit(slot, found, model);
    if (found.use == NetworkUse::Other)
        return {"It is nothing that can be chosen here."};
    if (found.use != NetworkUse::Lora)
        return {"%1 takes no network of this kind.", inWords(method.name)};
    const int has = found.card.contextWidth;
    if (has != 0 && model.contextWidth != 0 && has != model.contextWidth)
        return {
            "It was made for a model with a context of %1 features, and %2 has %3.", has,
            model.name, model.contextWidth};
    return {};
}

QString useLabel(NetworkUse use)
{
    switch (use) {
    case NetworkUse::Model:
        return FoundModels::tr("Model");
    case NetworkUse::ControlNet:
        return FoundModels::tr("ControlNet");
    case NetworkUse::SeeCoder:
        return FoundModels::tr("SeeCoder");
    case NetworkUse::Autoencoder:
        return FoundModels::tr("Autoencoder");
    case NetworkUse::SmallDecoder:
        return FoundModels::tr("Quick decoder");
    case NetworkUse::Lora:
        return FoundModels::tr("LoRA");
    case NetworkUse::Embedding:
        return FoundModels::tr("Embedding");
    case NetworkUse::MapNetwork:
        return FoundModels::tr("Map network");
    case NetworkUse::Other:
        break;
    }
    return FoundModels::tr("Something else");
}
