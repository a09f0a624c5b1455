// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>
#include <vector>

class Session;
struct Run;

/// What would need less memory than a run that failed for lack of it.
struct MemoryOffer
{
    QString text = {};               ///< of a button: "Size 384"
    std::function<void()> take = {}; ///< changes the document, one step, and runs
};

/// The offers for a run, the strongest first.
std::vector<MemoryOffer> memoryOffers(Session& session, const Run& run);
