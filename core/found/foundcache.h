// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/found/walk.h"

#include <filesystem>
#include <map>
#include <string>

/// What was recognised before, by path and identity (device, inode, size, time of change), in one
/// file. A file that is damaged or of another version counts as none.
class FoundCache
{
public:
    /// Reads it; nothing else needs the file until save(). An empty path: it is kept in memory.
    explicit FoundCache(std::filesystem::path file);

    /// What the sighting was when it was last looked at; null: it was not, or is another now.
    const FoundNetwork* find(const Sighting& sighting);
    void put(const Sighting& sighting, const FoundNetwork& found);
    /// The hash of a file, by its identity; empty: not computed yet.
    std::string hash(const Sighting& sighting);
    void putHash(const Sighting& sighting, const std::string& sha256);
    /// Writes what was found or put since it was read, and forgets the rest. What cannot be written
    /// is recognised again next time.
    void save() const;

private:
    struct Kept
    {
        std::string identity = {};
        FoundNetwork found = {};
        bool used = false;
    };
    struct Hash
    {
        std::string sha256 = {};
        bool used = false;
    };
    std::filesystem::path m_file;
    std::map<std::string, Kept> m_kept;   ///< by path
    std::map<std::string, Hash> m_hashes; ///< by identity
};
