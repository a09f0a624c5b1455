// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QDockWidget;
class QWidget;

/// Gives a dock its object name, and in place of a title bar a section title in small capitals with
/// @p control (or nothing) at its right.
void setDockTitle(QDockWidget& dock, const QString& name, const QString& title, QWidget* control);
/// "A'" as it is written: A′.
QString withPrime(const std::string& label);
