// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/models.h"

/// Reads what the maker of a model wrote beside it, README.md and recommended.json, into the card.
/// What is damaged becomes a note.
void readNotes(const std::filesystem::path& folder, ModelCard& card);

/// The first paragraph of a Markdown text that is no heading, as plain text on one line.
std::string firstParagraph(const std::string& markdown);
