// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <string>

/// The first of "STEM.end", "STEM-2.end", "STEM-3.end" ... in @p folder that is not there and,
/// where
/// @p taken is given, not one of those. @p end has its point, or is empty.
inline std::filesystem::path freeName(
    const std::filesystem::path& folder, const std::string& stem, const std::string& end,
    const std::function<bool(const std::filesystem::path&)>& taken = {})
{
    std::error_code ignored;
    std::filesystem::path file = folder / (stem + end);
    for (int i = 2; std::filesystem::exists(file, ignored) || (taken && taken(file)); ++i)
        file = folder / (stem + "-" + std::to_string(i) + end);
    return file;
}
