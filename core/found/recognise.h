// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/found/walk.h"

#include <set>
#include <string>

/// Says what a sighting is, by its headers: safetensors by the names and shapes of their tensors,
/// pickles by the sizes in the directory of their archive, and those of @p mapNetworks by their
/// names. Throws nothing but std::bad_alloc: what is wrong is in the card.
FoundNetwork recognised(const Sighting& sighting, const std::set<std::string>& mapNetworks);
