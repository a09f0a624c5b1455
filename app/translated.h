// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sentence.h"

#include <QString>
#include <QStringList>

#include <vector>

/// The sentence in the language of the translators that are installed, English where there are
/// none: its patterns are looked up in the context "core", what is data stands as it is. Any
/// thread.
QString translated(const Sentence& sentence);
QStringList translated(const std::vector<Sentence>& sentences);
/// A label of core or of a method (a parameter's, a slot's), which is kept as a std::string.
QString translated(const std::string& label);
