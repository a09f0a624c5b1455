// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/exportname.h"

#include <vector>

class QLineEdit;
class QWidget;

/// A field for the template of names (app/exportname.h), with a menu that puts its fields in.
QWidget* nameRow(QLineEdit& name, const std::vector<NameField>& fields, QWidget* parent);
/// A field for a path, with what is beside it: a button that chooses a folder.
QWidget* folderRow(QLineEdit& folder, const QString& name, const QString& title, QWidget* parent);
/// Asks for a folder and puts its path into a field.
void browseFolder(QLineEdit& folder, const QString& title, QWidget* parent);
