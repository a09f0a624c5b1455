// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/file/inputfile.h"

#include <cstdint>
#include <map>
#include <string>

/// Where the bytes of a stored entry lie in the file.
struct ZipEntry
{
    uint64_t begin = 0, size = 0;
};

/// The entries of a zip archive that holds everything uncompressed, as PyTorch writes it. Throws
/// Error where the directory does not describe the file exactly, or anything is compressed,
/// encrypted, named twice or like a path out of the archive.
std::map<std::string, ZipEntry> readZipDirectory(const InputFile& file);
