// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/store/sessionschema.h"

#include "app/store/database.h"
#include "app/store/sessionfile.h"
#include "core/errors.h"
#include "core/file/outputfile.h"

#include <algorithm>
#include <array>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <vector>

namespace {

constexpr int applicationId = 0x53696d6c; // "Siml": file(1) and others know a database by it
constexpr int version = 2;
/// Makes room in the file usable again; counts only where there is no page yet.
constexpr const char* vacuum = "PRAGMA auto_vacuum = INCREMENTAL";

/// Every table, as it is written into the file: one that says anything else is no session. Those of
/// version 1.
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
/// What version 2 has besides.
constexpr std::array laterTables = {
    // Runs that wait, in their order; -1: taken out, and a step of the history has it. Their
    // places,
    // noise and pictures stand where those of runs do.
    "CREATE TABLE waiting (id INTEGER PRIMARY KEY, place INTEGER NOT NULL, record TEXT NOT NULL, "
    "recording TEXT NOT NULL)",
    // The steps of the history. What is edited before and after, where it is not the same.
    "CREATE TABLE edit (number INTEGER PRIMARY KEY, undone INTEGER NOT NULL, label TEXT NOT NULL, "
    "about TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL)",
    // The pictures that a step needs.
    "CREATE TABLE shows (edit INTEGER NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (edit, hash))",
    // Runs that were deleted, and come back where that is undone.
    "CREATE TABLE binned (run INTEGER PRIMARY KEY)",
};

/// Of what comes from elsewhere. Behind the last place there is none for another run or step.
constexpr int64_t lastPlace = int64_t(1) << 62;
constexpr int64_t mostRuns = 100'000, mostSteps = 4096, mostInputs = 1'000'000, mostEdits = 1000,
                  mostWaiting = 10'000;

[[noreturn]] void refuse(const Database& database)
{
    throw Error("%1 is no session of Simile.", database.path().string());
}

int64_t versionOf(const Database& database)
{
    return database.number("PRAGMA user_version");
}

/// The tables that a file of a version has.
std::vector<std::string_view> tablesOf(int64_t version)
{
    std::vector<std::string_view> all(tables.begin(), tables.end());
    if (version > 1)
        all.insert(all.end(), laterTables.begin(), laterTables.end());
    return all;
}

/// What a file has, but for what SQLite makes itself.
struct Found
{
    std::size_t known = 0;                ///< tables
    std::vector<std::string> tables = {}; ///< the names of further ones, quoted
    bool others = false;                  ///< something that is no table
};

Found look(const Database& database, const std::vector<std::string_view>& known)
{
    Found found;
    Statement select = database.prepare(
        "SELECT name, sql, sql LIKE 'CREATE TABLE %', printf('\"%w\"', name) FROM sqlite_schema");
    while (select.step()) {
        if (std::ranges::find(known, select.text(1)) != known.end())
            ++found.known;
        else if (select.text(0).starts_with("sqlite_"))
            continue;
        else if (select.number(2))
            found.tables.push_back(select.text(3));
        else
            found.others = true;
    }
    return found;
}

void setVersion(Database& database)
{
    database.execute(("PRAGMA user_version = " + std::to_string(version)).c_str());
}

} // namespace

void createSchema(Database& database)
{
    Transaction transaction(database); // another program may be making it
    if (database.number("SELECT count(*) FROM sqlite_schema") > 0)
        return;
    transaction.commit();
    database.execute(vacuum);
    Transaction making(database);
    if (database.number("SELECT count(*) FROM sqlite_schema") > 0)
        return;
    for (const std::string_view table : tablesOf(version))
        database.execute(table.data());
    database.execute(("PRAGMA application_id = " + std::to_string(applicationId)).c_str());
    setVersion(database);
    making.commit();
}

void createSession(const std::filesystem::path& path)
{
    Database memory(":memory:", Database::Create);
    memory.execute(vacuum); // in memory a transaction makes a page
    createSchema(memory);
    std::vector<std::byte> image = memory.image();
    // Its log is written ahead from the beginning (sqlite.org, "Database File Format", 1.3.3).
    constexpr std::size_t writeVersion = 18, readVersion = 19;
    image.at(writeVersion) = image.at(readVersion) = std::byte(2);
    try {
        OutputFile file(path, image.size(), IfThere::Keep);
        file.write(image);
        file.commit();
    } catch (const NameTaken&) {
        // Another program made it, or it is a link to where it will be.
    }
}

void upgradeSchema(Database& database)
{
    if (versionOf(database) == version)
        return;
    Transaction transaction(database);
    if (versionOf(database) == version)
        return; // another program did it meanwhile
    if (isOlder(database))
        for (const char* table : laterTables)
            database.execute(table);
    else
        for (const std::string& table : look(database, tablesOf(version)).tables)
            database.execute(("DROP TABLE " + table).c_str());
    setVersion(database);
    transaction.commit();
}

bool isOlder(const Database& database)
{
    return versionOf(database) < version;
}

bool keepsEdits(const Database& database)
{
    return versionOf(database) > 1;
}

void checkSchema(const Database& database, bool newerToo)
{
    if (database.number("PRAGMA application_id") != applicationId)
        refuse(database);
    const int64_t written = versionOf(database);
    const bool newer = written > version;
    const auto known = tablesOf(written);
    bool fits = written > 0;
    try {
        const Found found = look(database, known);
        fits =
            fits && found.known == known.size() && !found.others && (newer || found.tables.empty());
    } catch (const std::bad_alloc&) {
        // SQLite says so of some damaged schemas, of a few KiB, where there is memory enough.
        if (std::unique_ptr<char[]>(new (std::nothrow) char[std::size_t(1) << 20]))
            throw damagedSession(database.path());
        throw;
    }
    if (newer && !(newerToo && fits))
        throw NewerSession(
            "The session %1 was written by a newer Simile (its version is %2, this one reads up to "
            "%3): open it with that.",
            database.path().string(), written, version);
    if (!fits)
        refuse(database);
}

void checkContents(const Database& database)
{
    Statement check = database.prepare("PRAGMA quick_check(1)");
    if (!check.step() || check.text(0) != "ok")
        throw damagedSession(database.path());
    const std::string last = std::to_string(lastPlace);
    const bool full =
        database.number(("SELECT count(*) FROM sqlite_sequence WHERE typeof(seq) <> 'integer' OR "
                         "seq >= "
                         + last)
                            .c_str())
            > 0
        || database.number("SELECT max(position) FROM run") >= lastPlace
        || (keepsEdits(database)
            && (database.number("SELECT max(number) FROM edit") >= lastPlace
                || database.number("SELECT max(id) FROM waiting") >= lastPlace));
    if (full)
        throw damagedSession(database.path());
    const bool large = database.number("SELECT count(*) FROM run") > mostRuns
        || database.number("SELECT count(*) FROM input") > mostInputs
        || database.number("SELECT max(n) FROM (SELECT count(*) AS n FROM step GROUP BY run)")
            > mostSteps;
    const bool busy = keepsEdits(database)
        && (database.number("SELECT count(*) FROM edit") > mostEdits
            || database.number("SELECT count(*) FROM waiting") > mostWaiting);
    if (large || busy)
        throw Error("%1 has more in it than a session may.", database.path().string());
}
