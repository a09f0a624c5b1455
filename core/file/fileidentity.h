// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <utility>

/// Which file it is, whatever its name: its device and its number there.
using FileIdentity = std::pair<uint64_t, uint64_t>;

/// Of the file that a name leads to, through links; zeros where there is none.
FileIdentity identityOf(const std::filesystem::path& path);
