// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>
#include <vector>

class Session;
struct Run;

/// What would help a run that failed.
struct Offer
{
    QString text = {}; ///< of a button: "Size 384"
    std::function<void()> take = {};
};

/// The offers for a run that failed for lack of memory, the strongest first, or since the GPU no
/// longer answers; each but a new start of the program changes the document, in one step, and runs.
std::vector<Offer> offersFor(Session& session, const Run& run);
