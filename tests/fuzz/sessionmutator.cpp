// SPDX-License-Identifier: GPL-3.0-or-later

// Bytes changed anywhere in a database are nearly always a damaged page, which SQLite refuses. So
// three of four changes are made to one value of one row: what is read of a session is then as
// SQLite gives it, and only its contents are another's.

#include <sqlite3.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <random>
#include <string>
#include <vector>

extern "C" std::size_t LLVMFuzzerMutate(uint8_t* data, std::size_t size, std::size_t most);

namespace {

constexpr const char* tables[] = {"input", "uses", "document", "run",  "step",  "picture", "noise",
                                  "place", "kept", "waiting",  "edit", "shows", "binned"};
constexpr std::size_t growth = 256; // bytes that a value may become longer by

struct Closes
{
    void operator()(sqlite3* database) const { sqlite3_close(database); }
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Database = std::unique_ptr<sqlite3, Closes>;
using Prepared = std::unique_ptr<sqlite3_stmt, Closes>;

Prepared prepare(sqlite3* database, const std::string& sql)
{
    sqlite3_stmt* statement = nullptr;
    sqlite3_prepare_v2(database, sql.c_str(), -1, &statement, nullptr);
    return Prepared(statement);
}

/// A database in memory with a copy of these bytes.
Database opened(const uint8_t* data, std::size_t size)
{
    sqlite3* database = nullptr;
    if (size == 0 || sqlite3_open(":memory:", &database) != SQLITE_OK)
        return Database(database);
    Database owned(database);
    auto* copy = static_cast<unsigned char*>(sqlite3_malloc64(size));
    std::memcpy(copy, data, size);
    if (sqlite3_deserialize(
            database, "main", copy, sqlite3_int64(size), sqlite3_int64(size),
            SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE)
        != SQLITE_OK)
        return {};
    return owned;
}

/// Another value in the place of one of a row; its type stays, now and then a number becomes an
/// extreme one.
bool bindChanged(sqlite3_stmt* update, sqlite3_stmt* row, int column, std::mt19937& random)
{
    const int type = sqlite3_column_type(row, column);
    if (type == SQLITE_INTEGER) {
        const sqlite3_int64 value = sqlite3_column_int64(row, column);
        const sqlite3_int64 others[] = {0, -1, 1, value ^ 1, INT64_MAX, INT64_MIN, INT32_MAX, 4096};
        return sqlite3_bind_int64(update, 1, others[random() % std::size(others)]) == SQLITE_OK;
    }
    const auto* bytes = static_cast<const uint8_t*>(sqlite3_column_blob(row, column));
    const auto size = std::size_t(sqlite3_column_bytes(row, column));
    std::vector<uint8_t> value(size + growth);
    std::copy_n(bytes, bytes ? size : 0, value.begin());
    value.resize(LLVMFuzzerMutate(value.data(), size, value.size()));
    const auto* const begin = reinterpret_cast<const char*>(value.data());
    return type == SQLITE_TEXT
        ? sqlite3_bind_text(update, 1, begin, int(value.size()), SQLITE_TRANSIENT) == SQLITE_OK
        : sqlite3_bind_blob(update, 1, begin, int(value.size()), SQLITE_TRANSIENT) == SQLITE_OK;
}

/// Changes one value of one row; false where there is none, or where SQLite refuses it.
bool changeOne(sqlite3* database, std::mt19937& random)
{
    const std::string table = tables[random() % std::size(tables)];
    const Prepared row =
        prepare(database, "SELECT rowid, * FROM " + table + " ORDER BY random() LIMIT 1");
    if (!row || sqlite3_step(row.get()) != SQLITE_ROW)
        return false;
    const int column = 1 + int(random() % unsigned(sqlite3_column_count(row.get()) - 1));
    const Prepared update = prepare(
        database,
        "UPDATE " + table + " SET \"" + sqlite3_column_name(row.get(), column)
            + "\" = ?1 WHERE rowid = " + std::to_string(sqlite3_column_int64(row.get(), 0)));
    if (!update || !bindChanged(update.get(), row.get(), column, random))
        return false;
    return sqlite3_step(update.get()) == SQLITE_DONE;
}

} // namespace

/// What libFuzzer calls in place of its own change of the bytes.
extern "C" std::size_t LLVMFuzzerCustomMutator(
    uint8_t* data, std::size_t size, std::size_t most, unsigned seed)
{
    std::mt19937 random(seed);
    if (random() % 4 == 0)
        return LLVMFuzzerMutate(data, size, most);
    const Database database = opened(data, size);
    bool changed = false;
    for (int attempt = 0; database && attempt < 4; ++attempt)
        changed |= changeOne(database.get(), random);
    sqlite3_int64 written = 0;
    unsigned char* const file =
        changed ? sqlite3_serialize(database.get(), "main", &written, 0) : nullptr;
    if (!file || std::size_t(written) > most) {
        sqlite3_free(file);
        return LLVMFuzzerMutate(data, size, most);
    }
    std::memcpy(data, file, std::size_t(written));
    sqlite3_free(file);
    return std::size_t(written);
}
