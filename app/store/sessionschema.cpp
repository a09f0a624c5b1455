// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/store/sessionschema.h"

#include "app/store/database.h"
#include "core/errors.h"

#include <array>
#include <string>

namespace {

constexpr int applicationId = 0x53696d6c; // "Siml": file(1) and others know a database by it
constexpr int version = 1;

/// Every table, as it is written into the file: one that says anything else is no session.
constexpr std::array tables = {
    // Pictures that go in, each once, with the file that they came from.
    "CREATE TABLE input (hash TEXT PRIMARY KEY, png BLOB NOT NULL, file BLOB NOT NULL)",
    // Who needs them: a run, or what is edited (0).
    "CREATE TABLE uses (run INTEGER NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (run, hash))",
    "CREATE TABLE document (id INTEGER PRIMARY KEY CHECK (id = 1), text TEXT NOT NULL)",
    "CREATE TABLE run (position INTEGER PRIMARY KEY AUTOINCREMENT, id INTEGER NOT NULL UNIQUE, "
    "record TEXT NOT NULL, state INTEGER NOT NULL, steps INTEGER NOT NULL, notes TEXT NOT NULL, "
    "error TEXT NOT NULL, details TEXT NOT NULL, started INTEGER NOT NULL, seconds REAL NOT NULL, "
    "star INTEGER NOT NULL, name TEXT NOT NULL, thumbnail BLOB NOT NULL)",
    "CREATE TABLE step (run INTEGER NOT NULL, number INTEGER NOT NULL, time REAL NOT NULL, "
    "latent BLOB NOT NULL, prediction BLOB NOT NULL, clean BLOB NOT NULL, previews BLOB NOT NULL, "
    "noisy BLOB NOT NULL, "
    "PRIMARY KEY (run, number))",
    "CREATE TABLE picture (run INTEGER NOT NULL, step INTEGER NOT NULL, candidate INTEGER NOT "
    "NULL, seed INTEGER NOT NULL, image BLOB NOT NULL, canvas BLOB NOT NULL, "
    "PRIMARY KEY (run, step, candidate))",
    "CREATE TABLE noise (run INTEGER NOT NULL, name TEXT NOT NULL, numbers BLOB NOT NULL, "
    "PRIMARY KEY (run, name))",
    // Where models and files lie on this computer; a session that is passed on is without it.
    "CREATE TABLE place (run INTEGER NOT NULL, key TEXT NOT NULL, path TEXT NOT NULL, "
    "PRIMARY KEY (run, key))",
    "CREATE TABLE kept (kind TEXT NOT NULL, position INTEGER NOT NULL, bytes BLOB NOT NULL, "
    "PRIMARY KEY (kind, position))",
};

/// Of what comes from elsewhere.
constexpr int64_t mostRuns = 100'000, mostSteps = 4096, mostInputs = 1'000'000;

[[noreturn]] void refuse(const Database& database)
{
    throw Error("%1 is no session of Simile.", database.path().string());
}

bool knows(const std::string& sql)
{
    for (const char* table : tables)
        if (sql == table)
            return true;
    return false;
}

} // namespace

void createSchema(Database& database)
{
    Transaction transaction(database); // another program may be making it
    if (database.number("SELECT count(*) FROM sqlite_schema") > 0)
        return;
    transaction.commit();
    // Only in a file without a page; it makes room in the file usable again.
    database.execute("PRAGMA auto_vacuum = INCREMENTAL");
    Transaction making(database);
    if (database.number("SELECT count(*) FROM sqlite_schema") > 0)
        return;
    for (const char* table : tables)
        database.execute(table);
    database.execute(("PRAGMA application_id = " + std::to_string(applicationId)).c_str());
    database.execute(("PRAGMA user_version = " + std::to_string(version)).c_str());
    making.commit();
}

void checkSchema(const Database& database)
{
    if (database.number("PRAGMA application_id") != applicationId)
        refuse(database);
    if (const int64_t found = database.number("PRAGMA user_version"); found > version)
        throw Error(
            "The session %1 was written by a newer Simile (its version is %2, this one reads up to "
            "%3): open it with that.",
            database.path().string(), found, version);
    std::size_t known = 0;
    Statement select = database.prepare("SELECT name, sql FROM sqlite_schema");
    while (select.step()) {
        if (knows(select.text(1)))
            ++known;
        else if (!select.text(0).starts_with("sqlite_"))
            refuse(database);
    }
    if (known != tables.size())
        refuse(database);
}

void checkContents(const Database& database)
{
    Statement check = database.prepare("PRAGMA quick_check(1)");
    if (!check.step() || check.text(0) != "ok")
        throw Error(
            "The session %1 is damaged, so it was left as it is: open a copy that was saved, or "
            "begin a new one.",
            database.path().string());
    const bool large = database.number("SELECT count(*) FROM run") > mostRuns
        || database.number("SELECT count(*) FROM input") > mostInputs
        || database.number("SELECT max(n) FROM (SELECT count(*) AS n FROM step GROUP BY run)")
            > mostSteps;
    if (large)
        throw Error("%1 has more in it than a session may.", database.path().string());
}
