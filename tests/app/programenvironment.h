// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcessEnvironment>
#include <QString>

/// That of a program that is started as a process: without a display, and all that it writes for
/// its user lies in a folder. It speaks English, whatever this machine does.
inline QProcessEnvironment programEnvironment(const QString& folder)
{
    auto environment = QProcessEnvironment::systemEnvironment();
    for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
        environment.remove(QLatin1String(name));
    for (const char* name :
         {"HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"})
        environment.insert(QLatin1String(name), folder);
    environment.insert(QStringLiteral("SIMILE_LANGUAGE"), QStringLiteral("en"));
    return environment;
}
