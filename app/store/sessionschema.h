// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

class Database;

// What a session's file is by its structure.

/// Makes the file of a new session, whole or not at all; one that comes to be meanwhile stays.
void createSession(const std::filesystem::path& path);
/// Makes the tables in a new file; another one is left as it is.
void createSchema(Database& database);
/// Whether a file is of an older version than the one that is made here.
bool isOlder(const Database& database);
/// Makes what such a file lacks, and takes out the tables of a newer one that are not known here.
void upgradeSchema(Database& database);
/// Whether it has the history and the runs that wait, which version 1 has not.
bool keepsEdits(const Database& database);
/// Throws Error where a file is no session or has other tables than a session, and where a newer
/// Simile wrote it: NewerSession. @p newerToo: then one may have further tables besides.
void checkSchema(const Database& database, bool newerToo);
/// Reads all of it: throws Error where it is damaged or has more in it than a session may.
void checkContents(const Database& database);
