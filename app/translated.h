// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sentence.h"

#include <QString>
<<<<<<< HEAD
#include <QStringList>

#include <vector>

/// A sentence of core or of a method in the language of the window: English where no translator is
/// installed, as on the command line.
QString translated(const Sentence& sentence);
QStringList translated(const std::vector<Sentence>& sentences);
/// A label of a parameter, a slot, a choice.
QString translatedLabel(const std::string& label);
=======

/// The sentence in the language of the translators that are installed, English where there are
/// none: its patterns are looked up in the context "core", what is data stands as it is. Any
/// thread.
QString translated(const Sentence& sentence);
/// A label of core or of a method (a parameter's, a slot's), which is kept as a std::string.
QString translated(const std::string& label);
>>>>>>> fd1f95574346976f2c0c33f7230dc680c2dec9ec
