// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/method.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>

class MethodList;
class Settings;

// What methods keep between runs: files, or folders of files, each the work of one picture. All of
// it can be computed again. What cannot be read or removed is passed over.

/// The safetensors made of pickled checkpoints, kept likewise.
const KeptFiles& convertedFiles();
/// Remembers that an entry was used now, beside it: its own time says when it was written.
void markUsed(const std::filesystem::path& entry);

/// Where a method keeps that.
std::filesystem::path keptFolder(const KeptFiles& kept);
/// Removes the converted files that exceed the limit of the settings, but for the one used last.
void trimConverted(const Settings& settings);
/// Removes what exceeds the limits of the settings, of all methods and of what was converted.
void trimKept(const MethodList& methods, const Settings& settings);

uint64_t bytesIn(const std::filesystem::path& folder);
/// Removes all entries, the folder itself stays.
void emptyFolder(const std::filesystem::path& folder);
/// Removes the entries that were longest not used or written until @p limit bytes are left, or @p
/// least entries.
void trimFolder(const std::filesystem::path& folder, uint64_t limit, std::size_t least = 0);
