// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "plugins/plugandplay/inversion.h"

#include <filesystem>
#include <string>

// Inversions, and the ways back from them, are kept between runs, a file each, so that the next
// edit of a picture does not wait for them, and one that was stopped goes on where it was.

/// The file of an inversion below the cache folder; @p identity names all that determines it.
std::filesystem::path inversionFile(
    const std::filesystem::path& cacheFolder, const std::string& identity);

/// What a file holds of an inversion. A file that is damaged, of another inversion, or that does
/// not exist holds nothing. Marks the file as used.
Trajectory loadInversion(const std::filesystem::path& file, const std::string& identity);
/// How many steps a file holds, from its header alone: 0 where it is no such inversion, or shorter
/// or longer than its header says.
int keptSteps(const std::filesystem::path& file, const std::string& identity);
/// Writes the file as a whole or not at all. A folder that cannot be written costs the cache, not
/// the run: returns false then.
bool saveInversion(
    const std::filesystem::path& file, const std::string& identity, const Trajectory& trajectory);
