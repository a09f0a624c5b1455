// SPDX-License-Identifier: GPL-3.0-or-later

// What was used lately, and the way back to the first values.

#include "app/settings.h"

#include <QFileInfo>
#include <QSettings>

#include <algorithm>

namespace {

constexpr int recentCount = 10;

/// The paths that still exist. A list of one is read back as a text.
QStringList existing(const char* key)
{
    const QVariant value = QSettings().value(QLatin1String(key));
    QStringList paths;
    if (value.typeId() != QMetaType::QStringList && value.typeId() != QMetaType::QString)
        return paths;
    for (const QString& path : value.toStringList())
        if (paths.size() < recentCount && QFileInfo::exists(path) && !paths.contains(path))
            paths.append(path);
    return paths;
}

void addRecent(const char* key, const QString& path)
{
    const QString absolute = QFileInfo(path).absoluteFilePath();
    QStringList paths = existing(key);
    paths.removeAll(absolute);
    paths.prepend(absolute);
    QSettings().setValue(QLatin1String(key), QStringList(paths.mid(0, recentCount)));
}

} // namespace

QStringList Settings::recentModels() const
{
    return existing("recentModels");
}

QStringList Settings::recentFiles() const
{
    return existing("recentFiles");
}

QStringList Settings::recentLoras() const
{
    return existing("recentLoras");
}

void Settings::addRecentLora(const QString& path)
{
    addRecent("recentLoras", path);
}

void Settings::addRecentModel(const QString& path)
{
    addRecent("recentModels", path);
}

void Settings::addRecentFile(const QString& path)
{
    if (remembersFiles())
        addRecent("recentFiles", path);
}

void Settings::forgetRecentFiles()
{
    QSettings().remove(QLatin1String("recentFiles"));
}

QStringList Settings::recentPaths(const std::string& parameter) const
{
    return existing(("recentPaths/" + parameter).c_str());
}

void Settings::addRecentPath(const std::string& parameter, const QString& path)
{
    addRecent(("recentPaths/" + parameter).c_str(), path);
}

void Settings::setSession(const QString& path)
{
    QSettings().setValue(QLatin1String("session"), path);
    addRecent("recentSessions", path);
}

QStringList Settings::recentSessions() const
{
    return existing("recentSessions");
}

QVariantMap Settings::reset()
{
    constexpr const char* choices[] = {
        "appearance", "language",       "notifies", "remembersFiles", "resultFolder",
        "embed",      "largestPicture", "records",  "traceMemory",    "traceDisk"};
    QSettings stored;
    QVariantMap before;
    for (const QString& key : stored.allKeys()) {
        const bool chosen = std::ranges::any_of(
            choices, [&](const char* choice) { return key == QLatin1String(choice); });
        if (!chosen && !key.startsWith(QLatin1String("keptLimit/")))
            continue;
        before.insert(key, stored.value(key));
        stored.remove(key);
    }
    return before;
}

void Settings::putBack(const QVariantMap& before)
{
    reset();
    QSettings stored;
    for (auto entry = before.begin(); entry != before.end(); ++entry)
        stored.setValue(entry.key(), entry.value());
}
