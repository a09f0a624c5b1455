// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/picturenotes.h"

#include <algorithm>

std::vector<Sentence> transparencyNotes(
    const Request& request, const std::vector<Slot>& slots, const std::string& ground)
{
    const auto transparent = [](const Input& input) { return !input.image->alpha.empty(); };
    std::vector<Sentence> notes;
    for (const Slot& slot : slots) {
        const auto found = request.images.find(slot.id);
        if (found == request.images.end() || !slot.maskOf.empty()
            || std::ranges::none_of(found->second, transparent))
            continue;
        const Sentence label = inWords(slot.label);
        if (ground == "#ffffff")
            notes.emplace_back(
                "The picture for %1 is transparent in parts: they are taken as white.", label);
        else
            notes.emplace_back(
                "The picture for %1 is transparent in parts: they are taken as %2.", label, ground);
    }
    return notes;
}
