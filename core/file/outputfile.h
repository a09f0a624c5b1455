// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/errors.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>

#include <sys/types.h>

/// What becomes of a file that has the name already.
enum class IfThere {
    Replace, ///< the new one takes its place
    Keep     ///< it stays, whenever it came: NameTaken
};

/// A file was to be new, and something else has its name: nothing was changed.
struct NameTaken : WorkError
{
    using WorkError::WorkError;
};

/// A file written piece by piece beside its destination and put in its place when it is complete:
/// the destination is the old file or the new one, never half of it. Through a link the file that
/// it points to is written, unless it is to be new; an old file keeps its permissions.
class OutputFile
{
public:
    /// Creates the temporary file. @p size is what it will have, so that a disk without the space
    /// is noticed before the work. Throws Error with the system's reason.
    OutputFile(const std::filesystem::path& path, uint64_t size, IfThere there = IfThere::Replace);
    /// Writes into a file that somebody else opened and puts in its place: commit() syncs it and no
    /// more. @p path is its name in messages alone; @p descriptor stays open.
    OutputFile(const std::filesystem::path& path, uint64_t size, int descriptor);
    ~OutputFile(); ///< without commit(): removes the temporary file
    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;

    int descriptor() const { return m_descriptor; }
    void write(std::span<const std::byte> bytes);
    /// Syncs the file, reads it again (up to 64 MiB; of a larger one the size counts), renames it,
    /// and syncs its folder. Throws Error: then what was there is as it was.
    void commit();

private:
    void create();
    void takeMode(mode_t mode);
    void reserve();
    void verify() const;
    void putInPlace();
    int putNew() const;
    void discard();
    [[noreturn]] void fail(int error) const;
    [[noreturn]] void failAsTaken() const;

    std::filesystem::path m_path, m_target, m_temporary = {}; ///< as named; behind its links
    IfThere m_there = IfThere::Replace;
    uint64_t m_size = 0;
    uint64_t m_written = 0; ///< bytes, by write()
    uint32_t m_sum = 0;     ///< CRC-32 of them
    int m_descriptor = -1;
    bool m_lent = false; ///< the descriptor is somebody else's
};
