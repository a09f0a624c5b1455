// SPDX-License-Identifier: GPL-3.0-or-later

// simile models --found: what is on this computer already.

#include "app/commands.h"
#include "app/commandwords.h"
#include "app/engine.h"
#include "app/foundfolders.h"
#include "app/foundmodels.h"
#include "app/interrupt.h"
#include "app/translated.h"
#include "core/found/foundcache.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <filesystem>

namespace fs = std::filesystem;

namespace {

/// The methods for which a network is of use, by their ids.
std::vector<std::string> servedBy(const FoundNetwork& found, const MethodList& methods)
{
    std::vector<std::string> ids;
    for (const Method* method : modesFor(found, methods))
        ids.push_back(method->id);
    return ids;
}

void tell(const FoundNetwork& found, const MethodList& methods)
{
    const ModelCard& card = found.card;
    std::printf("%s\n  %s\n", card.name.c_str(), card.path.c_str());
    const std::string use = useLabel(found.use).toStdString();
    // "ControlNet for Stable Diffusion 1.x" says both.
    const std::string what = card.kind.starts_with(use) ? card.kind : use + ": " + card.kind;
    std::printf("  %s\n", what.c_str());
    const std::string megabytes = QString::number(double(card.bytes) / 1e6, 'f', 1).toStdString();
    if (found.program.empty())
        print(Sentence("  %1 MB", megabytes));
    else
        print(Sentence("  %1 MB, from %2", megabytes, found.program));
    if (!found.known.empty())
        print(Sentence("  known as %1 by its hash", found.known));
    for (const Sentence& note : card.notes)
        std::printf("  %s\n", words(note).c_str());
    if (!card.problem.empty())
        print(Sentence("  It cannot be used: %1", card.problem));
    for (const std::string& method : servedBy(found, methods))
        print(Sentence("  serves %1", method));
}

void printJson(const FoundNetwork& found, const MethodList& methods)
{
    const ModelCard& card = found.card;
    const nlohmann::json object {
        {"name", card.name},
        {"path", card.path.string()},
        {"use", toText(found.use)},
        {"kind", card.kind},
        {"program", found.program},
        {"bytes", card.bytes},
        {"channels", card.channels},
        {"context", card.contextWidth},
        {"pickled", found.pickled},
        {"notes", english(card.notes)},
        {"serves", servedBy(found, methods)},
        {"problem", english(card.problem)},
        {"known", found.known},
        {"sha256", found.sha256}};
    const auto text = object.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    std::printf("%s\n", text.c_str());
}

} // namespace

int describeFound(const MethodList& methods, const ModelsCommand& command)
{
    try {
        Surroundings around = surroundings();
        for (const QString& folder : foundFolders())
            around.named.emplace_back(folder.toStdString());
        for (const std::string& path : command.paths) {
            if (!fs::is_directory(path)) {
                std::fprintf(
                    stderr, "%s\n", words(Sentence("There is no folder %1.", path)).c_str());
                return ExitModelMissing;
            }
            around.named.push_back(fs::absolute(path));
        }
        PreparedSearch prepared = preparedSearch(around, methods);
        FoundCache cache(foundCacheFile());
        prepared.search.cache = &cache;
        const FoundList list = findNetworks(prepared.places, prepared.search);
        for (const FoundNetwork& found : list.networks)
            command.json ? printJson(found, methods) : tell(found, methods);
        std::vector<Sentence> notes = prepared.notes;
        notes.insert(notes.end(), list.notes.begin(), list.notes.end());
        for (const Sentence& note : notes)
            std::fprintf(stderr, "%s\n", words(note).c_str());
        if (list.networks.empty() && !command.json)
            print(Sentence(
                "No networks were found. Name a folder that holds some, or see the README on "
                "which are wanted."));
        return ExitDone;
    } catch (...) {
        const Failure failure = currentFailure();
        std::fprintf(stderr, "%s\n", failure.sentence.toUtf8().constData());
        return exitStatus(failure);
    }
}
