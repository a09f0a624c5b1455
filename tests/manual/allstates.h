// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/manual/shownwindow.h"

#include <QDir>
#include <QStringList>

/// Takes a picture of the screen in each state that the window has: modes, views, empty states,
/// dialogues, a run in progress and one that failed. With names only those.
void takeAllStates(ShownWindow& shown, const QDir& folder, const QStringList& names);
