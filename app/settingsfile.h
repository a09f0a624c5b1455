// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

/// What is wrong with a file of settings.
enum class SettingsFault {
    None,        ///< nothing, or it was kept before
    Damaged,     ///< it was kept beside
    NotWritable, ///< nor could what is set be
    NoFile,      ///< but a pipe, a folder or a device: it is not opened, which might wait for ever
    LockNoFile   ///< the same of the lock that Qt makes beside it to write
};

/// Looks at a file of settings. One that is damaged is kept beside it as ".bad", since the next
/// write takes out what cannot be read; one that is there already stays.
SettingsFault lookAtSettingsFile(const QString& path);
/// The same in words; empty: nothing is wrong.
QString sentenceOf(SettingsFault fault, const QString& path);

/// The same of the program's own, looked at once; to be called before anything reads settings,
/// which are of settingsFormat() from then on.
/// Where they cannot be opened they are left, and what is set is kept until the program ends.
SettingsFault settingsFault();
QString problemOfSettings(); ///< in words
