// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <optional>

// The keys that the user gave to actions, beside the Settings in the same file.

/// Of the action of that id, in Qt's portable text ("Ctrl+S"); empty: it has none; nothing: it has
/// its usual ones.
std::optional<QStringList> keptKeys(const QString& action);
void keepKeys(const QString& action, const std::optional<QStringList>& keys);
