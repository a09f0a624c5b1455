// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/core/file/failingcalls.h"

#include <QDir>
#include <QTemporaryDir>

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include <sys/stat.h>

inline std::vector<std::byte> bytes(std::string_view text)
{
    const auto all = std::as_bytes(std::span(text));
    return {all.begin(), all.end()};
}

/// A folder of its own for each test, in which calls fail as faults says.
class FaultFolder
{
protected:
    /// Empty, and no call fails; to be called before each test.
    void renew()
    {
        faults = {};
        m_folder.emplace();
    }
    QString folder() const { return m_folder->path(); }
    std::filesystem::path path(const char* name = "file") const
    {
        return m_folder->filePath(QString::fromLatin1(name)).toStdString();
    }
    qsizetype entries() const
    {
        return QDir(folder())
            .entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot)
            .size();
    }
    mode_t mode(const char* name = "file") const
    {
        struct stat status;
        return ::stat(path(name).c_str(), &status) == 0 ? status.st_mode & 07777 : 0;
    }

private:
    std::optional<QTemporaryDir> m_folder;
};
