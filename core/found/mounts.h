// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <set>
#include <string>

/// The mount points whose files lie on another computer, so that looking may take minutes or never
/// end: by the kernel's list, so that none of them is touched to find out.
class RemoteMounts
{
public:
    /// Reads a list such as /proc/self/mountinfo. What is no such line is passed over.
    explicit RemoteMounts(const std::string& mountinfo);
    /// Those of this process.
    static RemoteMounts here();

    /// Whether an absolute path without .. lies below one of them, or the file system that it is on
    /// says so itself (statfs).
    bool hold(const std::filesystem::path& path) const;

private:
    std::set<std::filesystem::path> m_points;
};
