// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QString>
#include <QStringList>

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
/// Pictures row by row below the labels of their columns and behind those of their rows, which may
/// be none; a null one is a grey place. All are as large as the first that is there.
QImage labelledSheet(
    const std::vector<QImage>& images, const QStringList& columns, const QStringList& rows);
