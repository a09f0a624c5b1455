// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/settingsfile.h"

#include "core/errors.h"
#include "core/file/files.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QSettings>
#include <QTemporaryDir>

namespace {

constexpr QLatin1String badSuffix(".bad");

struct SettingsFileWords
{
    Q_DECLARE_TR_FUNCTIONS(SettingsFile)
};

bool copied(const QString& from, const QString& to)
{
    constexpr uint64_t largest = 64 << 20;
    try {
        writeFileAtomically(to.toStdString(), readFile(from.toStdString(), largest));
        return true;
    } catch (const Error&) {
        return false;
    }
}

/// Of a copy, since QSettings tells it only where it has not read the file before.
bool isDamaged(const QString& path)
{
    const QTemporaryDir folder;
    const QString copy = folder.filePath(QStringLiteral("copy.conf"));
    if (!folder.isValid() || !copied(path, copy))
        return false;
    const QSettings read(copy, QSettings::IniFormat);
    read.allKeys(); // only then sections are read
    return read.status() == QSettings::FormatError;
}

} // namespace

SettingsFault lookAtSettingsFile(const QString& path)
{
    const QString bad = path + badSuffix;
    if (!QSettings(path, QSettings::IniFormat).isWritable())
        return SettingsFault::NotWritable;
    if (!QFileInfo(path).isFile() || QFileInfo::exists(bad) || !isDamaged(path)
        || !copied(path, bad))
        return SettingsFault::None;
    return SettingsFault::Damaged;
}

QString sentenceOf(SettingsFault fault, const QString& path)
{
    const QString shown = QDir::toNativeSeparators(path);
    if (fault == SettingsFault::NotWritable)
        return SettingsFileWords::tr(
                   "Settings are not kept, since %1 cannot be written: change its "
                   "permissions, or move it away.")
            .arg(shown);
    if (fault == SettingsFault::Damaged)
        return SettingsFileWords::tr("The settings in %1 are damaged: what cannot be read is as at "
                                     "first. The file as it was is kept as %2.")
            .arg(shown, QFileInfo(path).fileName() + badSuffix);
    return {};
}

SettingsFault settingsFault()
{
    static const SettingsFault fault = lookAtSettingsFile(QSettings().fileName());
    return fault;
}

QString problemOfSettings()
{
    return sentenceOf(settingsFault(), QSettings().fileName());
}
