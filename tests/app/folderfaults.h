// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/core/file/failingcalls.h"

#include <filesystem>
#include <string>

// Of a program of one source: what becomes of a folder while results are written into it.

enum class FolderFault { Gone, Full, ReadOnly };

/// The temporary folder's own name, without links.
inline std::string plainName(const std::filesystem::path& folder)
{
    return std::filesystem::weakly_canonical(folder).string();
}

inline std::filesystem::path awayOf(const std::filesystem::path& folder)
{
    return folder.string() + "-away";
}

/// On any thread.
inline void strike(FolderFault fault, const std::filesystem::path& folder)
{
    static std::string full;
    if (fault == FolderFault::Gone)
        std::filesystem::rename(folder, awayOf(folder));
    if (fault == FolderFault::Full)
        fullFolder = (full = plainName(folder)).c_str();
    if (fault == FolderFault::ReadOnly)
        std::filesystem::permissions(folder, std::filesystem::perms(0555));
}

inline void mend(FolderFault fault, const std::filesystem::path& folder)
{
    if (fault == FolderFault::Gone)
        std::filesystem::rename(awayOf(folder), folder);
    if (fault == FolderFault::Full)
        fullFolder = nullptr;
    if (fault == FolderFault::ReadOnly)
        std::filesystem::permissions(folder, std::filesystem::perms(0755));
}
