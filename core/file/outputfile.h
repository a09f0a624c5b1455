// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>

#include <sys/types.h>

/// A file written piece by piece beside its destination and put in its place when it is complete:
/// the destination is the old file or the new one, never half of it. Through a link the file that
/// it points to is written; an old file keeps its permissions.
class OutputFile
{
public:
    /// Creates the temporary file. @p size is what it will have, so that a disk without the space
    /// is noticed before the work. Throws Error with the system's reason.
    OutputFile(const std::filesystem::path& path, uint64_t size);
    /// Writes into a file that somebody else opened and puts in its place: commit() syncs it and no
    /// more. @p path is its name in messages alone; @p descriptor stays open.
    OutputFile(const std::filesystem::path& path, uint64_t size, int descriptor);
    ~OutputFile(); ///< without commit(): removes the temporary file
    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;

    int descriptor() const { return m_descriptor; }
    void write(std::span<const std::byte> bytes);
    /// Syncs the file, renames it, and syncs its folder. Throws Error.
    void commit();

private:
    void create();
    void takeMode(mode_t mode);
    void reserve();
    void discard();
    [[noreturn]] void fail(int error) const;

    std::filesystem::path m_path, m_target, m_temporary = {}; ///< as named; behind its links
    uint64_t m_size = 0;
    int m_descriptor = -1;
    bool m_lent = false; ///< the descriptor is somebody else's
};
