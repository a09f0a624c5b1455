// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QVariant>

class QWidget;

/// Sets a property by which the style sheet draws a widget ("role", "invalid"), and lets the sheet
/// look at it again where that is another one: Qt does not by itself.
void setStyled(QWidget& widget, const char* property, const QVariant& value);
