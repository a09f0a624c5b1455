// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/found/mounts.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>
#include <string_view>

#include <linux/magic.h>
#include <sys/vfs.h>

namespace fs = std::filesystem;

namespace {

/// What the kernel calls file systems that a network is behind. A FUSE file system is one unless it
/// is on a disk (fuseblk) or known to be local.
bool isRemoteType(std::string_view type)
{
    static constexpr std::array<std::string_view, 12> remote = {
        "afs",       "autofs", "ceph", "cifs", "coda", "gfs2",
        "glusterfs", "lustre", "nfs",  "nfs4", "smb3", "smbfs"};
    static constexpr std::array<std::string_view, 4> local = {
        "fuse.portal", "fuse.ntfs-3g", "fuse.mergerfs", "fuse.fuse-overlayfs"};
    const auto in = [type](const auto& list) {
        return std::find(list.begin(), list.end(), type) != list.end();
    };
    return in(remote) || (type.starts_with("fuse.") && !in(local));
}

/// A path of the list: blanks are written in octal.
std::string unescaped(const std::string& text)
{
    std::string result;
    for (size_t i = 0; i < text.size(); ++i) {
        const bool octal = text[i] == '\\' && i + 3 < text.size()
            && text.find_first_not_of("01234567", i + 1) > i + 3;
        if (octal) {
            result += char(std::stoi(text.substr(i + 1, 3), nullptr, 8));
            i += 3;
        } else {
            result += text[i];
        }
    }
    return result;
}

bool isRemoteSystem(const fs::path& path)
{
    struct statfs told = {};
    if (::statfs(path.c_str(), &told) != 0)
        return false;
    const auto type = static_cast<unsigned long>(told.f_type) & 0xffffffffUL;
    constexpr std::array<unsigned long, 7> remote = {
        AFS_SUPER_MAGIC, CEPH_SUPER_MAGIC, CIFS_SUPER_MAGIC, CODA_SUPER_MAGIC,
        NFS_SUPER_MAGIC, SMB_SUPER_MAGIC,  SMB2_SUPER_MAGIC};
    return std::find(remote.begin(), remote.end(), type) != remote.end();
}

} // namespace

RemoteMounts::RemoteMounts(const std::string& mountinfo)
{
    std::istringstream lines(mountinfo);
    for (std::string line; std::getline(lines, line);) {
        // 36 35 98:0 /root /point options fields - type source options
        const size_t dash = line.find(" - ");
        if (dash == line.npos)
            continue;
        std::istringstream before(line.substr(0, dash)), after(line.substr(dash + 3));
        std::string field, point, type;
        before >> field >> field >> field >> field >> point;
        after >> type;
        if (isRemoteType(type) && point.size() > 1)
            m_points.insert(unescaped(point));
    }
}

RemoteMounts RemoteMounts::here()
{
    std::ifstream list("/proc/self/mountinfo");
    std::ostringstream text;
    text << list.rdbuf();
    return RemoteMounts(text.str());
}

bool RemoteMounts::hold(const fs::path& path) const
{
    fs::path above;
    for (const fs::path& part : path) {
        above /= part;
        if (m_points.contains(above))
            return true;
    }
    return isRemoteSystem(path);
}
