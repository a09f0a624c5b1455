// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>

/// A file written piece by piece beside its destination and put in its place when it is complete:
/// the destination is the old file or the new one, never half of it.
class OutputFile
{
public:
    /// Creates the temporary file. Throws Error with the system's reason.
    explicit OutputFile(const std::filesystem::path& path);
    ~OutputFile(); ///< without commit(): removes the temporary file
    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;

    void write(std::span<const std::byte> bytes);
    /// Syncs the file and renames it. Throws Error.
    void commit();

private:
    std::filesystem::path m_path, m_temporary;
    int m_descriptor = -1;

    [[noreturn]] void fail(int error) const;
};
