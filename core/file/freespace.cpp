// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/file/freespace.h"

#include "core/errors.h"
#include "core/file/systemerror.h"

#include <limits>
#include <map>
#include <sys/stat.h>
#include <sys/statvfs.h>

namespace fs = std::filesystem;

FreeSpace freeSpace(const fs::path& folder)
{
    std::error_code failed;
    fs::path place = fs::absolute(folder, failed);
    while (!fs::exists(place, failed) && place.has_relative_path())
        place = place.parent_path();
    struct statvfs disk = {};
    struct stat node = {};
    if (::statvfs(place.c_str(), &disk) != 0 || ::stat(place.c_str(), &node) != 0)
        return {.bytes = std::numeric_limits<uint64_t>::max()};
    return {.bytes = uint64_t(disk.f_bavail) * disk.f_frsize, .disk = uint64_t(node.st_dev)};
}

std::vector<SpaceWanted> spaceFor(
    const fs::path& target, uint64_t bytes, uint64_t have, const fs::path& cacheFolder)
{
    std::vector<SpaceWanted> wanted {
        {.folder = target.parent_path(), .bytes = bytes > have ? bytes - have : 0}};
    const fs::path ending = target.extension();
    if (ending == ".ckpt" || ending == ".pt" || ending == ".pth" || ending == ".bin")
        wanted.push_back({.folder = cacheFolder, .bytes = bytes});
    return wanted;
}

void checkSpace(
    const std::vector<SpaceWanted>& wanted, const std::string& name,
    const std::function<FreeSpace(const fs::path&)>& ask)
{
    struct Sum
    {
        uint64_t bytes = 0, free = 0;
        fs::path folder = {};
    };
    std::map<uint64_t, Sum> disks;
    for (const SpaceWanted& one : wanted) {
        const FreeSpace space = ask(one.folder);
        Sum& sum = disks[space.disk];
        if (sum.bytes == 0)
            sum.folder = one.folder;
        sum.bytes += one.bytes;
        sum.free = space.bytes;
    }
    for (const auto& [disk, sum] : disks)
        if (sum.bytes > sum.free)
            throw WorkError(
                "There is not enough space for %1 on the disk of %2: it takes %3, and what is made "
                "of it when it is used first is counted in; free are %4. Make room, or choose "
                "another folder.",
                name, sum.folder.string(), amountOf(sum.bytes), amountOf(sum.free));
}
