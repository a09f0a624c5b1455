// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/touch.h"
#include "ui/inspectoffer.h"

#include <vector>

/// A change inside the network that what is seen suggests. How much and when is chosen besides.
struct TouchOffer
{
    QString label = {}; ///< "Word circle"
    Touch touch = {};   ///< at the layers that are seen

    bool operator==(const TouchOffer&) const = default;
};
/// What of a view can be tried: the chosen words, the chosen head, the first place, the cells of an
/// analogy, an injected layer. @p cells is the size of the maps that are seen.
std::vector<TouchOffer> touchesFor(const View& view, const InspectOffer& offer, QSize cells);
/// The box of the picture that a place covers, as a touch has it.
Touch withBox(Touch touch, const Spot& spot, QSize cells);
