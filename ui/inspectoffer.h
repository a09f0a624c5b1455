// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspect/view.h"
#include "core/method.h"

#include <QString>

#include <vector>

/// What of a run there is to choose from when its network is looked at.
struct InspectOffer
{
    std::vector<ViewKind> kinds = {};
    std::vector<LayerName> layers = {};    ///< of the kind that is looked at
    std::vector<ContextToken> tokens = {}; ///< of the subject's context
    int candidates = 1;
    bool source = false, negative = false, grid = false;
    int firstToken = 0, referenceTokens = 0; ///< of all references, one behind the other
};
/// What a step of a run offers for a view.
InspectOffer offerOf(const StepTrace& trace, const View& view);

/// The kinds that a run of a method can have, before one of its steps is known. @p control: a
/// control picture acts in it.
std::vector<ViewKind> kindsOf(const Method& method, bool control);

/// A layer with its size: "up 2.1, 32 × 32".
QString layerText(const LayerName& layer);
/// Which choices a kind of view has.
bool asksPlace(ViewKind kind);
bool asksWords(ViewKind kind);
bool hasHeads(ViewKind kind);
bool hasChannels(ViewKind kind);
/// What is seen of a kind, in a sentence.
QString kindHelp(ViewKind kind);
