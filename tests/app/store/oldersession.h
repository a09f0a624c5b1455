// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/store/database.h"

#include <filesystem>
#include <string>

/// Makes a session one of version 1, which has neither a history nor runs that wait.
inline void makeOlder(const std::filesystem::path& file)
{
    Database old(file, Database::ReadWrite);
    for (const char* table : {"waiting", "edit", "shows", "binned"})
        old.execute(("DROP TABLE " + std::string(table)).c_str());
    old.execute("PRAGMA user_version = 1");
}

/// Makes a session as a version to come may write it, which has a table more.
inline void makeNewer(const std::filesystem::path& file)
{
    Database newer(file, Database::ReadWrite);
    newer.execute("CREATE TABLE \"of tomorrow\" (id INTEGER PRIMARY KEY, what TEXT NOT NULL)");
    newer.execute("INSERT INTO \"of tomorrow\" VALUES (1, 'nobody knows')");
    newer.execute("PRAGMA user_version = 3");
}

inline int64_t versionOf(const std::filesystem::path& file)
{
    return Database(file, Database::ReadOnly).number("PRAGMA user_version");
}
