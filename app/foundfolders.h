// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

// What the user said of networks that are found, beside the Settings in the same file.

/// Further folders in which networks are looked for.
QStringList foundFolders();
void setFoundFolders(const QStringList& folders);
/// The paths of networks that stand first in the list.
QStringList favouriteNetworks();
void setFavouriteNetwork(const QString& path, bool favourite);
