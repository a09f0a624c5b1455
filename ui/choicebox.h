// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

class QComboBox;
class QWidget;

/// A list to choose from, with its name for those who do not see it. It becomes as narrow as
/// @p letters of them need.
QComboBox* choiceBox(
    QWidget* parent, const QStringList& entries, const QString& name, const QString& tip,
    int letters = 8);
