// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/method.h"

/// What is to be known of the pictures of a request that are transparent in parts, a sentence for
/// each slot: they are taken over @p ground, #rrggbb. Masks have their
/// alpha for themselves (core/mask.h).
std::vector<Sentence> transparencyNotes(
    const Request& request, const std::vector<Slot>& slots, const std::string& ground = "#ffffff");
