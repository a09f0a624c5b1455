// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/store/database.h"

#include "core/errors.h"
#include "core/file/systemerror.h"

#include <sqlite3.h>
#include <sys/stat.h>

#include <algorithm>
#include <utility>

namespace {

constexpr int longestValue = 256 << 20, longestStatement = 1 << 16; // bytes
constexpr int patience = 5000; ///< milliseconds in which another program's write is waited for

std::string nameOf(sqlite3* database)
{
    const char* path = database ? sqlite3_db_filename(database, "main") : nullptr;
    return path ? path : std::string();
}

/// The address of a file that nobody writes (sqlite.org, "Uniform Resource Identifiers").
std::string immutableAddress(const std::filesystem::path& path)
{
    constexpr std::string_view hexadecimal = "0123456789abcdef";
    std::string address = "file:";
    for (const char c : path.string()) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '%' || c == '?' || c == '#' || byte < ' ' || byte > '~') {
            address += '%';
            address += hexadecimal[byte >> 4];
            address += hexadecimal[byte & 15];
        } else {
            address += c;
        }
    }
    return address + "?mode=ro&immutable=1";
}

/// The failure of a call, as a sentence. Each names the file and the way out.
[[noreturn]] void fail(int result, const std::string& file, sqlite3* database)
{
    switch (result & 0xff) {
    case SQLITE_NOTADB:
        throw Error("%1 is no session of Simile: it is not a database.", file);
    case SQLITE_CORRUPT:
        throw damagedSession(file);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        throw WorkError(
            "The session %1 is being written by another program: close that and try again.", file);
    case SQLITE_READONLY:
        throw WorkError(
            "The session %1 cannot be written: choose another folder or change its permissions.",
            file);
    case SQLITE_FULL:
        throw WorkError("There is no space left for the session %1: make room on that disk.", file);
    case SQLITE_CANTOPEN:
        throw Error(
            "The session %1 cannot be opened: see whether it is there and may be read and its "
            "folder written.",
            file);
    case SQLITE_TOOBIG:
        throw Error("The session %1 holds something larger than is allowed.", file);
    case SQLITE_INTERRUPT:
        throw Stopped();
    case SQLITE_NOMEM:
        throw std::bad_alloc();
    default:
        break;
    }
    const Sentence said = {
        "The session %1 could not be read or written: %2.", file,
        std::string(database ? sqlite3_errmsg(database) : sqlite3_errstr(result))};
    // Our statements are right, so it is what they are carried out over.
    if (const int kind = result & 0xff;
        kind == SQLITE_ERROR || kind == SQLITE_MISMATCH || kind == SQLITE_CONSTRAINT)
        throw UnfitContent(said);
    throw WorkError(said);
}

} // namespace

Error damagedSession(const std::filesystem::path& path)
{
    return Error(
        "The session %1 is damaged, so it was left as it is: open a copy that was saved, if there "
        "is one.",
        path.string());
}

void Statement::Finalize::operator()(sqlite3_stmt* statement) const
{
    sqlite3_finalize(statement);
}

Statement::Statement(sqlite3* database, sqlite3_stmt* statement)
    : m_database(database)
    , m_statement(statement)
{
}

void Statement::check(int result) const
{
    if (result != SQLITE_OK)
        fail(sqlite3_extended_errcode(m_database), nameOf(m_database), m_database);
}

void Statement::bind(int at, int64_t number)
{
    check(sqlite3_bind_int64(m_statement.get(), at + 1, number));
}

void Statement::bind(int at, double number)
{
    check(sqlite3_bind_double(m_statement.get(), at + 1, number));
}

void Statement::bind(int at, std::string_view text)
{
    check(sqlite3_bind_text64(
        m_statement.get(), at + 1, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
}

void Statement::bind(int at, std::span<const std::byte> bytes)
{
    check(sqlite3_bind_blob64(
        m_statement.get(), at + 1,
        bytes.empty() ? reinterpret_cast<const std::byte*>("") : bytes.data(), bytes.size(),
        SQLITE_STATIC));
}

void Statement::bindNothing(int at)
{
    check(sqlite3_bind_null(m_statement.get(), at + 1));
}

bool Statement::step()
{
    const int result = sqlite3_step(m_statement.get());
    if (result != SQLITE_ROW && result != SQLITE_DONE) {
        const int code = sqlite3_extended_errcode(m_database);
        sqlite3_reset(m_statement.get());
        fail(code, nameOf(m_database), m_database);
    }
    return result == SQLITE_ROW;
}

void Statement::run()
{
    while (step()) { }
    sqlite3_reset(m_statement.get());
}

int64_t Statement::number(int column) const
{
    return sqlite3_column_int64(m_statement.get(), column);
}

double Statement::real(int column) const
{
    return sqlite3_column_double(m_statement.get(), column);
}

std::string Statement::text(int column) const
{
    const auto bytes = this->bytes(column);
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::vector<std::byte> Statement::bytes(int column) const
{
    const auto* begin =
        static_cast<const std::byte*>(sqlite3_column_blob(m_statement.get(), column));
    const int size = sqlite3_column_bytes(m_statement.get(), column);
    return begin ? std::vector<std::byte>(begin, begin + size) : std::vector<std::byte>();
}

bool Statement::isNothing(int column) const
{
    return sqlite3_column_type(m_statement.get(), column) == SQLITE_NULL;
}

void removeDatabase(const std::filesystem::path& path)
{
    std::error_code ignored;
    for (const char* end : {"", "-wal", "-shm", "-journal"})
        std::filesystem::remove(path.string() + end, ignored);
}

Database::Database(const std::filesystem::path& path, Mode mode)
    : m_path(path)
{
    // To open a pipe would wait for somebody to write into it.
    if (struct stat status = {}; ::stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode))
        throw Error("%1 is %2, not a file.", path.string(), kindOfNode(status.st_mode));
    const int flags = mode == ReadOnly ? SQLITE_OPEN_READONLY
        : mode == Immutable            ? SQLITE_OPEN_READONLY | SQLITE_OPEN_URI
        : mode == ReadWrite            ? SQLITE_OPEN_READWRITE
                                       : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    const std::string name = mode == Immutable ? immutableAddress(path) : path.string();
    const int result =
        sqlite3_open_v2(name.c_str(), &m_database, flags | SQLITE_OPEN_FULLMUTEX, nullptr);
    try {
        if (result != SQLITE_OK)
            fail(result, path.string(), m_database);
        protect();
    } catch (...) {
        sqlite3_close_v2(m_database);
        throw;
    }
}

Database::~Database()
{
    sqlite3_close_v2(m_database);
}

/// What stands in a file from elsewhere is data and nothing else (sqlite.org, "Defense Against The
/// Dark Arts").
void Database::protect()
{
    const auto set = [this](int option, int on) {
        sqlite3_db_config(m_database, option, on, nullptr);
    };
    set(SQLITE_DBCONFIG_DEFENSIVE, 1);
    set(SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0);
    set(SQLITE_DBCONFIG_ENABLE_TRIGGER, 0);
    set(SQLITE_DBCONFIG_ENABLE_VIEW, 0);
    set(SQLITE_DBCONFIG_ENABLE_FKEY, 1);
    sqlite3_limit(m_database, SQLITE_LIMIT_LENGTH, longestValue);
    sqlite3_limit(m_database, SQLITE_LIMIT_SQL_LENGTH, longestStatement);
    sqlite3_busy_timeout(m_database, patience);
    execute("PRAGMA cell_size_check = ON");
    execute("PRAGMA mmap_size = 0"); // a mapped file that is cut off would end the program
}

void Database::execute(const char* sql)
{
    if (sqlite3_exec(m_database, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
        fail(sqlite3_extended_errcode(m_database), m_path.string(), m_database);
}

Statement Database::prepare(const char* sql) const
{
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(m_database, sql, -1, &statement, nullptr) != SQLITE_OK)
        fail(sqlite3_extended_errcode(m_database), m_path.string(), m_database);
    return {m_database, statement};
}

int64_t Database::number(const char* sql) const
{
    Statement statement = prepare(sql);
    return statement.step() ? statement.number(0) : 0;
}

std::vector<std::byte> Database::image() const
{
    sqlite3_int64 size = 0;
    const std::unique_ptr<unsigned char, decltype(&sqlite3_free)> bytes(
        sqlite3_serialize(m_database, "main", &size, 0), &sqlite3_free);
    if (!bytes)
        throw std::bad_alloc();
    const auto* first = reinterpret_cast<const std::byte*>(bytes.get());
    return {first, first + size};
}

int64_t Database::lastRow() const
{
    return sqlite3_last_insert_rowid(m_database);
}

int64_t Database::changes() const
{
    return sqlite3_changes64(m_database);
}

void Database::copyTo(const std::filesystem::path& path, const std::function<bool(double)>& goesOn)
{
    constexpr int pages = 1024; // 4 MiB
    const Database copy(path, Create);
    // As long as this reads, what others write is no part of it, and it need not begin anew.
    execute("BEGIN");
    struct End
    {
        Database& database;
        ~End() { sqlite3_exec(database.m_database, "ROLLBACK", nullptr, nullptr, nullptr); }
    } const end {*this};
    number("SELECT count(*) FROM sqlite_schema");
    sqlite3_backup* backup = sqlite3_backup_init(copy.m_database, "main", m_database, "main");
    if (!backup)
        fail(sqlite3_extended_errcode(copy.m_database), path.string(), copy.m_database);
    int step = SQLITE_OK;
    bool stopped = false;
    while (step == SQLITE_OK && !stopped) {
        step = sqlite3_backup_step(backup, pages);
        const double all = std::max(1, sqlite3_backup_pagecount(backup));
        stopped = step == SQLITE_OK && !goesOn(1 - sqlite3_backup_remaining(backup) / all);
    }
    const int finish = sqlite3_backup_finish(backup);
    if (stopped)
        throw Stopped();
    if (step != SQLITE_DONE
        || finish != SQLITE_OK) // a database that was busy is no failure to finish
        fail(step == SQLITE_DONE ? finish : step, path.string(), copy.m_database);
}

void Database::setGoesOn(std::function<bool()> goesOn)
{
    constexpr int instructions = 10'000;
    m_goesOn = std::move(goesOn);
    const auto ask = [](void* database) {
        return static_cast<Database*>(database)->m_goesOn() ? 0 : 1;
    };
    sqlite3_progress_handler(m_database, instructions, ask, this);
}

Transaction::Transaction(Database& database)
    : m_database(database)
{
    // At once, since a reader that becomes a writer may be told that it is too late.
    m_database.execute("BEGIN IMMEDIATE");
}

Transaction::~Transaction()
{
    if (!m_open)
        return;
    try {
        m_database.execute("ROLLBACK");
    } catch (...) {
        // SQLite took it back itself.
    }
}

void Transaction::commit()
{
    m_database.execute("COMMIT");
    m_open = false;
}
