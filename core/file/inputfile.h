// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sentence.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

/// A regular file open for reading parts of it. A file that becomes shorter meanwhile ends in an
/// Error, not in the signal that a memory mapping would raise.
class InputFile
{
public:
    /// Throws Error with the system's reason, or what it is instead (a folder, a device).
    explicit InputFile(const std::filesystem::path& path);
    /// One that somebody else opened: closes @p descriptor in the end; @p path is its name in
    /// messages alone.
    InputFile(const std::filesystem::path& path, int descriptor);
    ~InputFile();
    InputFile(InputFile&& other) noexcept;

    uint64_t size() const { return m_size; } ///< when it was opened
    const std::filesystem::path& path() const { return m_path; }
    int descriptor() const { return m_descriptor; }
    /// Fills @p bytes from @p offset. Throws Error.
    void read(uint64_t offset, std::span<std::byte> bytes) const;
    /// The same, but where the file ends before, less: how many it were.
    std::size_t readSome(uint64_t offset, std::span<std::byte> bytes) const;
    std::string text(uint64_t offset, uint64_t length) const;

private:
    void examine();

    std::filesystem::path m_path;
    int m_descriptor = -1;
    uint64_t m_size = 0;
};

/// What a file's first bytes say it is, as "a Git LFS pointer, not the file itself"; empty:
/// unknown.
Sentence kindOfFile(std::string_view begin);

/// Untrusted text for a message: in quotes, cut after 100 bytes, everything but printable ASCII
/// escaped.
std::string inQuotes(std::string_view text);
