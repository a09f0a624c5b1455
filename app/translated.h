// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sentence.h"

#include <QString>
#include <QStringList>

#include <vector>

/// A sentence of core or of a method in the language of the window: English where no translator is
/// installed, as on the command line.
QString translated(const Sentence& sentence);
QStringList translated(const std::vector<Sentence>& sentences);
/// A label of a parameter, a slot, a choice.
QString translatedLabel(const std::string& label);
