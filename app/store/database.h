// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/errors.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

/// A prepared statement: parameters and columns count from 0.
class Statement
{
public:
    void bind(int at, int64_t number);
    void bind(int at, double number);
    void bind(int at, std::string_view text);
    void bind(int at, std::span<const std::byte> bytes); ///< not copied: they stay until step()
    void bindNothing(int at);
    /// Binds all of them, in their order.
    template<typename... Values>
    Statement& with(const Values&... values)
    {
        int at = 0;
        (bindOne(at++, values), ...);
        return *this;
    }

    bool step(); ///< false: there is no further row
    void run();  ///< to its end, and makes it ready for other values

    int64_t number(int column) const;
    double real(int column) const;
    std::string text(int column) const;
    std::vector<std::byte> bytes(int column) const;
    bool isNothing(int column) const;

private:
    friend class Database;
    struct Finalize
    {
        void operator()(sqlite3_stmt* statement) const;
    };
    Statement(sqlite3* database, sqlite3_stmt* statement);
    template<typename T>
    void bindOne(int at, const T& value)
    {
        if constexpr (std::is_integral_v<T> || std::is_enum_v<T>)
            bind(at, int64_t(value));
        else if constexpr (std::is_floating_point_v<T>)
            bind(at, double(value));
        else if constexpr (std::is_convertible_v<const T&, std::string_view>)
            bind(at, std::string_view(value));
        else
            bind(at, std::span<const std::byte>(value));
    }
    void check(int result) const;

    sqlite3* m_database;
    std::unique_ptr<sqlite3_stmt, Finalize> m_statement;
};

/// What is said of a session in which something does not hold.
Error damagedSession(const std::filesystem::path& path);

/// What stands in a session is not what a statement takes: text that is no JSON, say.
struct UnfitContent : WorkError
{
    using WorkError::WorkError;
};

/// What was going on was told to stop.
struct Stopped
{
};

/// Removes a file with what SQLite leaves beside it: a copy that did not come about.
void removeDatabase(const std::filesystem::path& path);

/// An SQLite database, opened so that what stands in its file can do nothing but be read: no
/// triggers, no views, no functions from its schema. Every failure is an Error in a sentence that
/// names the file.
class Database
{
public:
    /// Immutable: another program's, read as it lies there; no lock, no file beside it is made.
    enum Mode { ReadOnly, ReadWrite, Create, Immutable };

    Database(const std::filesystem::path& path, Mode mode);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    const std::filesystem::path& path() const { return m_path; }
    void execute(const char* sql);
    Statement prepare(const char* sql) const;
    int64_t number(const char* sql) const; ///< of the one row of one column; 0: there is none
    int64_t lastRow() const;
    std::vector<std::byte> image() const; ///< all of it, as it stands or would stand in its file
    int64_t changes() const;              ///< rows that the last statement changed
    /// Copies all of it, as it is now, to another file, which is created, while others may write.
    /// @p goesOn is told the part that is done, of 1, and says whether to go on.
    void copyTo(const std::filesystem::path& path, const std::function<bool(double)>& goesOn);
    /// Asks every now and then, within a statement, too; false ends it with Stopped.
    void setGoesOn(std::function<bool()> goesOn);

private:
    void protect();

    std::filesystem::path m_path;
    std::function<bool()> m_goesOn;
    sqlite3* m_database = nullptr;
};

/// What is written while one lives is in the file as a whole or not at all.
class Transaction
{
public:
    explicit Transaction(Database& database);
    ~Transaction(); ///< without commit(): takes it back
    void commit();

private:
    Database& m_database;
    bool m_open = true;
};
