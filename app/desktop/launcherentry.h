// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusConnection>

#include <optional>

/// The program's place in a task bar or dock: the signal Update of
/// com.canonical.Unity.LauncherEntry (Unity's LauncherAPI), which those of KDE, of Ubuntu and
/// others listen to.
class LauncherEntry
{
public:
    explicit LauncherEntry(const QDBusConnection& bus);

    /// 0 to 1; nothing: no bar is shown. Told in whole percent.
    void setProgress(std::optional<double> part);

private:
    QDBusConnection m_bus;
    std::optional<int> m_percent;
};
