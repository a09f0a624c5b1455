// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>

class QMenu;

/// Fills a menu with the pictures that were used lately, each with a small one of it, which comes a
/// little later; @p open is told which was chosen.
void fillRecentFiles(QMenu& menu, const std::function<void(const QString& path)>& open);
