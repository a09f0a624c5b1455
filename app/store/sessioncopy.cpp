// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/store/database.h"
#include "app/store/sessionparts.h"
#include "app/store/sessionschema.h"
#include "core/errors.h"

#include <string>
#include <system_error>

namespace fs = std::filesystem;

namespace {

constexpr double copied = 0.7; ///< the part of the work that is the copy

/// Takes out what is not passed on: what was taken away, and places.
void strip(Database& copy)
{
    // One file, readable anywhere.
    copy.execute("PRAGMA journal_mode = DELETE");
    upgradeSchema(copy);
    copy.execute("INSERT INTO binned SELECT id FROM waiting WHERE place < 0");
    for (const char* table :
         {"run WHERE id", "waiting WHERE id", "step WHERE run", "picture WHERE run",
          "noise WHERE run", "uses WHERE run"})
        copy.execute(
            ("DELETE FROM " + std::string(table) + " IN (SELECT run FROM binned)").c_str());
    for (const char* table : {"binned", "edit", "shows", "place"})
        copy.execute(("DELETE FROM " + std::string(table)).c_str());
    copy.execute("UPDATE document SET text = json_remove(text, '$.places')");
    // Sentences may name files.
    copy.execute("UPDATE run SET details = '', notes = iif(instr(notes, '/'), '', notes), "
                 "error = iif(instr(error, '/'), 'The run failed.', error)");
    copy.execute("DELETE FROM input WHERE hash NOT IN (SELECT hash FROM uses)");
    copy.execute("VACUUM"); // so that nothing of what was deleted is in it
}

/// What lies beside a database that was there before would be taken for the new one's.
void replace(const fs::path& part, const fs::path& path)
{
    for (const char* end : {"-wal", "-shm", "-journal"})
        fs::remove(path.string() + end);
    fs::rename(part, path);
}

} // namespace

void SessionFile::saveAs(const fs::path& path, const std::function<bool(double)>& goesOn) const
{
    const fs::path part = path.string() + ".part";
    const auto ask = [&](double done) {
        if (!goesOn(done))
            throw Stopped();
    };
    std::error_code ignored;
    fs::remove(part, ignored);
    try {
        ask(0);
        m->database.copyTo(part, [&](double done) { return goesOn(done * copied); });
        {
            Database copy(part, Database::ReadWrite);
            ask(copied);
            copy.setGoesOn([&] { return goesOn(copied); });
            strip(copy);
        }
        replace(part, path);
    } catch (const fs::filesystem_error& error) {
        fs::remove(part, ignored);
        throw WorkError(
            "The session could not be saved as %1: %2.", path.string(), error.code().message());
    } catch (...) {
        for (const char* end : {"", "-wal", "-shm", "-journal"})
            fs::remove(part.string() + end, ignored);
        throw;
    }
}
