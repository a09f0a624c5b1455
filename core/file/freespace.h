// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

/// Bytes that are wanted at a place, which need not be there yet.
struct SpaceWanted
{
    std::filesystem::path folder = {};
    uint64_t bytes = 0;
};

/// What a disk has left for this user, and which disk it is.
struct FreeSpace
{
    uint64_t bytes = 0, disk = 0;
};
/// Of the folder, or of the nearest one above it that is there; the most where the system does not
/// tell.
FreeSpace freeSpace(const std::filesystem::path& folder);

/// What a network takes on disk: the file itself (what is still missing of it) and, of a pickled
/// one, the copy that is made of it in the cache when it is used first.
std::vector<SpaceWanted> spaceFor(
    const std::filesystem::path& target, uint64_t bytes, uint64_t have,
    const std::filesystem::path& cacheFolder);

/// Throws WorkError where a disk has less than all that is wanted of it; @p ask tells of a folder.
void checkSpace(
    const std::vector<SpaceWanted>& wanted, const std::string& name,
    const std::function<FreeSpace(const std::filesystem::path&)>& ask = freeSpace);
