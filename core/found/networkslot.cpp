// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/found/networkslot.h"

#include <algorithm>

namespace fs = std::filesystem;

fs::path chosenFor(const NetworkSlot& slot, const FoundNetwork& found)
{
    if (!slot.folder)
        return found.card.path;
    const fs::path folder = found.card.path.parent_path();
    const bool below =
        std::ranges::find(slot.folders, folder.filename().string()) != slot.folders.end();
    return below ? folder.parent_path() : folder;
}

Sentence misfit(const NetworkSlot& slot, const FoundNetwork& found, const ModelCard& model)
{
    if (found.use != slot.use)
        return {"It is no network of the kind that goes there."};
    if (!found.card.problem.empty())
        return found.card.problem;
    const int wanted = slot.contextWidth != 0 ? slot.contextWidth : model.contextWidth;
    const int has = found.card.contextWidth;
    if (has != 0 && wanted != 0 && has != wanted)
        return {
            "It was made for a model with a context of %1 features, and %2 has %3.", has,
            model.name, wanted};
    return {};
}
