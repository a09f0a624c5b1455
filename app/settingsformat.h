// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSettings>

/// Settings as Qt writes them, in a file that ends with ".conf", but so that a full disk leaves
/// what was there: Qt's own format (6.4) writes through a buffer, asks nobody whether that could be
/// emptied, and lets what there was space for, or nothing, take the place of the file. The text is
/// made and read by Qt, in memory; here it is only written. Registered when it is asked for first.
QSettings::Format settingsFormat();

/// What it writes with; false: the device (a file) has not all of it on its disk.
bool writeSettings(QIODevice& device, const QSettings::SettingsMap& map);
