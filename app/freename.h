// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/file/outputfile.h"

#include <filesystem>
#include <functional>
#include <string>

/// Whether something has that name, be it a link to nothing.
inline bool isThere(const std::filesystem::path& file)
{
    std::error_code ignored;
    return std::filesystem::exists(std::filesystem::symlink_status(file, ignored));
}

/// The first of "STEM.end", "STEM-2.end", "STEM-3.end" ... in @p folder that is not there (not even
/// as a link to nothing). @p end has its point, or is empty.
inline std::filesystem::path freeName(
    const std::filesystem::path& folder, const std::string& stem, const std::string& end)
{
    std::filesystem::path file = folder / (stem + end);
    for (int i = 2; isThere(file); ++i)
        file = folder / (stem + "-" + std::to_string(i) + end);
    return file;
}

/// Writes a new file under the first of these names; where somebody else's takes it in that very
/// moment (NameTaken), under the next. Gives its path.
inline std::filesystem::path writtenUnderFreeName(
    const std::filesystem::path& folder, const std::string& stem, const std::string& end,
    const std::function<void(const std::filesystem::path&)>& write)
{
    constexpr int most = 1000; // of a disk that shows nothing of what it says is there
    for (int i = 1;; ++i) {
        const std::filesystem::path file = freeName(folder, stem, end);
        try {
            write(file);
            return file;
        } catch (const NameTaken&) {
            if (i == most)
                throw;
        }
    }
}
