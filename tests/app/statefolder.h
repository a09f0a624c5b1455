// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/app/emptyhome.h"

#include <QString>

#include <memory>
#include <string>

/// A place for sessions of a test's own, and the program's folder for them, both empty for each.
class StateFolder
{
public:
    /// Call it in init().
    void renew()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        qputenv("XDG_STATE_HOME", path("state").toUtf8());
        QSettings().clear();
    }
    QString path(const char* name = "a.simile") const
    {
        return m_folder->filePath(QString::fromLatin1(name));
    }
    std::string file(const char* name = "a.simile") const { return path(name).toStdString(); }

private:
    EmptyHome m_home;
    std::unique_ptr<QTemporaryDir> m_folder;
};
