// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/file/runninghash.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>

/// What has to be known to go on with a file that came in part. No address: those that a content
/// host gives are signed, and expire.
struct PartialState
{
    std::string source = {};     ///< where it is published, as "owner/name revision file"
    std::string linkedEtag = {}; ///< what the site said of the file when it was begun
    std::string etag = {}; ///< of the host that gives the bytes, with its quotes; may be empty
    uint64_t bytes = 0;    ///< of the whole file; 0: not known
    bool operator==(const PartialState&) const = default;
};

/// A file that comes piece by piece over hours, perhaps with the end of the program or of the power
/// in between: `NAME.simile-part` beside its destination, with `NAME.simile-part.json`, which says
/// what it is part of. What was written can be gone on with; hash() is that of all its bytes.
/// Another process that has it keeps this one out.
class PartialFile
{
public:
    /// Opens what there is, or begins. Makes the folder. Throws Error with the system's reason, and
    /// where another process has it.
    explicit PartialFile(const std::filesystem::path& target);
    ~PartialFile(); ///< what is there stays
    PartialFile(const PartialFile&) = delete;
    PartialFile& operator=(const PartialFile&) = delete;

    const std::filesystem::path& target() const { return m_target; }
    uint64_t size() const { return m_size; }
    /// What the bytes are part of; nothing where that is not known, and they mean nothing.
    const std::optional<PartialState>& state() const { return m_state; }

    /// Hashes what is there, in pieces, as long as @p goOn says so; false: it did not. To be done
    /// once before write(), unless it is empty.
    bool rehash(const std::function<bool()>& goOn);
    /// Throws away what is there and begins with @p state.
    void restart(const PartialState& state);
    /// Another state of the same bytes.
    void setState(const PartialState& state);
    /// Throws WorkError with the system's reason; what was written before stays.
    void write(std::span<const std::byte> bytes);
    /// Of all bytes that are there.
    std::string hash() const { return m_digest; }
    /// Ends the hash, so that hash() has it. Nothing is written afterwards.
    void finish();
    /// Syncs the file and puts it in its place, and syncs the folder; removes the state.
    void commit();
    /// Removes it with its state.
    void discard();

private:
    void open();
    void readState();
    void writeState(uint64_t synced);
    void truncate(uint64_t size);
    void sync();
    [[noreturn]] void fail(int error) const;

    std::filesystem::path m_target, m_part, m_stateFile;
    int m_descriptor = -1;
    uint64_t m_size = 0, m_synced = 0;
    std::optional<PartialState> m_state;
    RunningHash m_hash;
    std::string m_digest;
};

/// What there is of a file that has come in part: its bytes; 0 where there is none.
uint64_t partialBytes(const std::filesystem::path& target);
/// Removes what there is of it.
void discardPartial(const std::filesystem::path& target);
