// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QLabel;
class QString;
class QToolButton;
class QWidget;

/// Makes @p fold the button that folds @p body, which begins closed: its arrow tells which.
void makeFold(QToolButton& fold, QWidget& body);
/// A text of that role (ui/theme.h), as it stands, over as many lines as it takes.
QLabel* wrappedLabel(const QString& text, const char* role, QWidget* parent);
/// Takes all widgets out of a layout. They go a little later: one of them may be what was pressed.
void clearRows(QWidget& rows);
