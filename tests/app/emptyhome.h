// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QSettings>
#include <QTemporaryDir>

/// Caches, settings and data of a test program's own, which begin empty. A test that changes settings
/// clears them before the next.
class EmptyHome
{
public:
    EmptyHome()
    {
        qputenv("XDG_CACHE_HOME", m_folder.path().toUtf8());
        qputenv("XDG_DATA_HOME", (m_folder.path() + QStringLiteral("/data")).toUtf8());
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_folder.path());
        QCoreApplication::setOrganizationName(QStringLiteral("simile"));
        QCoreApplication::setApplicationName(QStringLiteral("simile"));
    }

private:
    QTemporaryDir m_folder;
};
