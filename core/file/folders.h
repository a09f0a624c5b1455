// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <vector>

/// The regular files below a folder that somebody chose as a model, without following links to
/// folders, in an order that stays. Throws Error where it cannot be read or has more in it than a
/// model would (10,000 entries): it may be the whole disk.
std::vector<std::filesystem::path> filesBelow(const std::filesystem::path& folder);
