// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/models.h"

/// Reads what the maker of a model wrote beside it, recommended.json, into the card.
/// What is damaged becomes a note.
void readNotes(const std::filesystem::path& folder, ModelCard& card);
