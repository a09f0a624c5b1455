// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/file/outputfile.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

/// The bytes of a regular file of at most @p limit bytes. Throws Error with the system's reason, or
/// what it is instead (a folder, a device).
std::vector<std::byte> readFile(const std::filesystem::path& path, uint64_t limit);
/// The same as text.
std::string readText(const std::filesystem::path& path, uint64_t limit = 16 << 20);
/// The same for a file of any size, in pieces of 1 MiB.
void readPieces(
    const std::filesystem::path& path, const std::function<void(std::span<const std::byte>)>& take);

/// Writes a sibling temporary file, syncs it, reads it again, and renames it over @p path:
/// afterwards the file is the old one or the new one, never half of it. Throws Error with the
/// system's reason, and NameTaken where there is to be none yet; nothing is left behind.
void writeFileAtomically(
    const std::filesystem::path& path, std::span<const std::byte> bytes,
    IfThere there = IfThere::Replace);
