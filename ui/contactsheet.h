// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QString>

#include <vector>

/// A picture with a line below it.
struct SheetEntry
{
    QImage image = {};
    QString label = {};
};
/// All of them in rows on white, as near to a square as they go, each as large as it is. Null where
/// there is none.
QImage contactSheet(const std::vector<SheetEntry>& entries);
