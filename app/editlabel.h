// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/document.h"

#include <QString>

#include <string>

/// What is different between two documents, in words: "Set A", "Swap A and A′", "Prompt".
QString editLabel(const MethodList& methods, const Document& before, const Document& after);
/// The one field in which they differ and in which a hand types or drags on; empty: it is another
/// edit, or more than one.
std::string typedField(const MethodList& methods, const Document& before, const Document& after);
/// A picture's place in words: "A′", "Reference 2".
QString placeLabel(const Slot& slot, int at);
