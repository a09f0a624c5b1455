// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>

/// The inversions that are kept between runs: files, or folders of files, each the work of one
/// picture. All of it can be computed again. What cannot be read or removed is passed over.
std::filesystem::path inversionFolder();
uint64_t bytesIn(const std::filesystem::path& folder);
/// Removes all entries, the folder itself stays.
void emptyFolder(const std::filesystem::path& folder);
/// Removes the entries that were longest not used or written until @p limit bytes are left.
void trimFolder(const std::filesystem::path& folder, uint64_t limit);
