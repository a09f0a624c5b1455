// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/methodlist.h"
#include "core/found/found.h"
#include "core/found/places.h"

#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include <memory>
#include <vector>

/// The networks that are on this computer already. They are looked for in the background, on a
/// thread of its own, when somebody asks for the first time.
class FoundModels : public QObject
{
    Q_OBJECT

public:
    explicit FoundModels(const MethodList& methods, QObject* parent = nullptr);
    ~FoundModels() override; ///< ends the search

    /// What was found so far, in the order in which it was found.
    const std::vector<FoundNetwork>& list() const { return m_list; }
    /// What was not looked at, when the search is over.
    const std::vector<Sentence>& notes() const { return m_notes; }
    bool looking() const { return m_state != nullptr; }
    bool looked() const { return m_looked; } ///< once, to the end
    const MethodList& methods() const { return m_methods; }

    /// Looks where programs keep networks, and in the folders that the user named. What is known
    /// stays in the list until it is looked at again; a search in progress is begun anew.
    void look();
    /// The same where nobody looked yet.
    void lookOnce();
    /// Ends the search; what was found stays.
    void stop();
    /// Takes other surroundings than this process's, for tests.
    void setSurroundings(const Surroundings& around) { m_around = around; }

    /// The networks that serve the method: in the slot of a parameter, or, where there is none, as
    /// its model; those that fit beside @p model, favourites first.
    std::vector<FoundNetwork> fitting(
        const Method& method, const NetworkSlot* slot, const ModelCard& model) const;

Q_SIGNALS:
    void changed(); ///< the list, or whether it is being looked for

private:
    struct State;
    void take();

    const MethodList& m_methods;
    Surroundings m_around;
    std::vector<FoundNetwork> m_list;
    std::vector<Sentence> m_notes;
    std::shared_ptr<State> m_state; ///< of the search in progress
    QThreadPool m_pool;             ///< of one thread
    QTimer m_poll;
    bool m_looked = false;
};

/// What all searches have in common: the places with what a database names, the hashes that are
/// known, the names of networks that make maps, the cache's file.
struct PreparedSearch
{
    std::vector<FoundPlace> places = {};
    FoundSearch search = {};
    std::vector<Sentence> notes = {};
};
PreparedSearch preparedSearch(const Surroundings& around, const MethodList& methods);
/// The file in which what was recognised is remembered.
std::filesystem::path foundCacheFile();
/// Files that the catalogue knows by their hash.
KnownNetworks knownNetworks();

/// The modes in which a network is of use; of a LoRA all.
std::vector<const Method*> modesFor(const FoundNetwork& found, const MethodList& methods);
/// Why a network is of no use in a mode beside that model, in a sentence; empty: it is.
Sentence misfit(
    const FoundNetwork& found, const Method& method, const ModelCard& model,
    const MethodList& methods);
/// What a use is called: "Model", "ControlNet" ...
QString useLabel(NetworkUse use);
