// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/method.h"

#include <cstdint>
#include <filesystem>

class MethodList;
class Settings;

// What methods keep between runs: files, or folders of files, each the work of one picture. All of
// it can be computed again. What cannot be read or removed is passed over.

/// Where a method keeps that.
std::filesystem::path keptFolder(const KeptFiles& kept);
/// Removes what exceeds the limits of the settings, of all methods.
void trimKept(const MethodList& methods, const Settings& settings);

uint64_t bytesIn(const std::filesystem::path& folder);
/// Removes all entries, the folder itself stays.
void emptyFolder(const std::filesystem::path& folder);
/// Removes the entries that were longest not used or written until @p limit bytes are left.
void trimFolder(const std::filesystem::path& folder, uint64_t limit);
