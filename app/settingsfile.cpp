// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/settingsfile.h"

#include "app/lockedfile.h"
#include "app/settingsformat.h"
#include "core/errors.h"
#include "core/file/files.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QSettings>
#include <QTemporaryDir>

namespace {

constexpr QLatin1String badSuffix(".bad"), lockSuffix(".lock"), conf(".conf");

struct SettingsFileWords
{
    Q_DECLARE_TR_FUNCTIONS(SettingsFile)
};

bool copied(const QString& from, const QString& to)
{
    constexpr uint64_t largest = 64 << 20;
    try {
        writeFileAtomically(to.toStdString(), readFile(from.toStdString(), largest), IfThere::Keep);
        return true;
    } catch (const Error&) {
        return false;
    }
}

/// Where the program's own lie, without opening them: whoever has none has them in that folder,
/// too.
QString ownFolder()
{
    return QFileInfo(QSettings(
                         QSettings::NativeFormat, QSettings::UserScope,
                         QStringLiteral("simile-of-nobody"))
                         .fileName())
        .path();
}

/// What was found of the program's own, and which file it is that is wrong.
struct Look
{
    SettingsFault fault = SettingsFault::None;
    QString path = {};
};

/// From here on the program's settings lie in a folder that goes with it, with what can be read.
void leaveOwn(const Look& look, const QString& file)
{
    static const QTemporaryDir folder;
    const QString into = folder.filePath(QCoreApplication::organizationName());
    if (look.fault == SettingsFault::LockNoFile && QDir().mkpath(into))
        copied(file, into + QLatin1Char('/') + QFileInfo(file).fileName());
    QSettings::setPath(
        settingsFormat(), QSettings::UserScope,
        folder.isValid() ? folder.path() : QStringLiteral("/dev/null"));
}

/// Qt reads one of the whole organization, too.
Look lookAtOwn()
{
    const QString folder = ownFolder(), group = QCoreApplication::organizationName();
    const QString file = folder + QLatin1Char('/') + group + QLatin1Char('/')
        + QCoreApplication::applicationName() + conf;
    const QString shared = folder + QLatin1Char('/') + group + conf;
    Look look {SettingsFault::NoFile, shared};
    QSettings::setPath(settingsFormat(), QSettings::UserScope, folder);
    QSettings::setDefaultFormat(settingsFormat());
    if (mayBeOpened(shared))
        look = {lookAtSettingsFile(file), file};
    if (look.fault == SettingsFault::NoFile || look.fault == SettingsFault::LockNoFile)
        leaveOwn(look, file);
    return look;
}

const Look& own()
{
    static const Look look = lookAtOwn();
    return look;
}

} // namespace

SettingsFault lookAtSettingsFile(const QString& path)
{
    const QString bad = path + badSuffix;
    if (!mayBeOpened(path))
        return SettingsFault::NoFile;
    if (!mayBeOpened(path + lockSuffix))
        return SettingsFault::LockNoFile;
    // QSettings tells damage only where it has not read the file before.
    const QSettings read(path, QSettings::IniFormat);
    read.allKeys(); // only then sections are read
    if (!read.isWritable())
        return SettingsFault::NotWritable;
    if (read.status() != QSettings::FormatError || QFileInfo::exists(bad) || !copied(path, bad))
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
    if (fault == SettingsFault::NoFile)
        return SettingsFileWords::tr("Settings are as at first and are not kept, since %1 is not a "
                                     "file: move it away.")
            .arg(shown);
    if (fault == SettingsFault::LockNoFile)
        return SettingsFileWords::tr("Settings are not kept, since %1 is not a file: move it away.")
            .arg(shown + lockSuffix);
    if (fault == SettingsFault::Damaged)
        return SettingsFileWords::tr("The settings in %1 are damaged: what cannot be read is as at "
                                     "first. The file as it was is kept as %2.")
            .arg(shown, QFileInfo(path).fileName() + badSuffix);
    return {};
}

SettingsFault settingsFault()
{
    return own().fault;
}

QString problemOfSettings()
{
    return sentenceOf(own().fault, own().path);
}
