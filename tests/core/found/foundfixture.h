// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/found/found.h"
#include "core/found/places.h"
#include "tests/core/found/foundtree.h"

#include <QTemporaryDir>

#include <memory>

/// A home folder of which a test makes what it needs.
struct FoundFixture
{
    QTemporaryDir folder = {};
    std::filesystem::path home = std::filesystem::canonical(folder.path().toStdString());

    FoundFixture() { std::filesystem::create_directory(home / "named"); }

    /// Everything here lies near, whatever this computer's disks are.
    Surroundings around() const
    {
        return {
            .home = home, .named = {home / "named"}, .isRemote = [](const std::filesystem::path&) {
                return false;
            }};
    }
    static FoundSearch search()
    {
        FoundSearch search;
        search.limits.isRemote = [](const std::filesystem::path&) { return false; };
        return search;
    }
    FoundList find(const FoundSearch& wanted = search()) const
    {
        std::vector<Sentence> notes;
        const auto places = placesOf(around(), notes);
        FoundList list = findNetworks(places, wanted);
        list.notes.insert(list.notes.begin(), notes.begin(), notes.end());
        return list;
    }
};

/// The names of what is found, in their order.
inline std::vector<std::string> namesOf(const FoundList& list)
{
    std::vector<std::string> names;
    for (const FoundNetwork& found : list.networks)
        names.push_back(found.card.name);
    return names;
}

/// What is said besides, a line each.
inline std::string said(const FoundList& list)
{
    std::string all;
    for (const Sentence& note : list.notes)
        all += english(note) + "\n";
    return all;
}
