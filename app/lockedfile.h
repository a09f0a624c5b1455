// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>
#include <QString>

#include <filesystem>

#include <sys/stat.h>

/// Whether the program that had this file locked (flock) while it ran has ended. False, too, where
/// the file cannot be opened. Waits for nothing.
bool isLeft(const std::filesystem::path& file);

/// Whether a file that Qt is to read, or to lock with, can be opened without waiting: there is
/// none, or it is a regular one. To open a pipe waits until somebody writes into it.
inline bool mayBeOpened(const QString& file)
{
    struct stat status = {};
    return ::stat(QFile::encodeName(file).constData(), &status) != 0 || S_ISREG(status.st_mode);
}
