// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/ending.h"
#include "app/store/database.h"
#include "app/store/sessionparts.h"
#include "app/store/sessionschema.h"
#include "core/errors.h"
#include "core/file/systemerror.h"

#include <cerrno>
#include <functional>
#include <string>
#include <system_error>

namespace fs = std::filesystem;

namespace {

constexpr double copied = 0.7; ///< the part of the work that is the copy

/// Takes out the runs that no step of the history brings back; those that were deleted until the
/// session is closed (HistoryStep::untilClosing) are among them.
void stripRuns(Database& copy)
{
    copy.execute("CREATE TEMP TABLE gone (id INTEGER PRIMARY KEY)");
    copy.execute("WITH mark AS (SELECT json_extract(of.value, '$.run') AS run, undone = 0 AND "
                 "json_extract(about, '$.untilClosing') IS 1 AS closes FROM edit, "
                 "json_each(about, '$.runs') AS of) "
                 "INSERT OR IGNORE INTO gone SELECT run FROM binned WHERE run NOT IN (SELECT run "
                 "FROM mark) OR run IN "
                 "(SELECT run FROM mark WHERE closes)");
    copy.execute("INSERT OR IGNORE INTO gone SELECT id FROM waiting WHERE place < 0 AND id NOT IN "
                 "(SELECT value FROM edit, json_each(about, '$.queue.before') UNION "
                 "SELECT value FROM edit, json_each(about, '$.queue.after'))");
    for (const char* rows :
         {"run WHERE id", "waiting WHERE id", "step WHERE run", "picture WHERE run",
          "noise WHERE run", "uses WHERE run", "binned WHERE run"})
        copy.execute(("DELETE FROM " + std::string(rows) + " IN (SELECT id FROM gone)").c_str());
    // Their names, too.
    copy.execute(
        "UPDATE edit SET about = json_set(about, '$.runs', (SELECT json_group_array(json(of.value))"
        " FROM json_each(about, '$.runs') AS of WHERE json_extract(of.value, '$.run') NOT IN "
        "(SELECT id FROM gone))) WHERE EXISTS (SELECT 1 FROM json_each(about, '$.runs') AS of "
        "WHERE json_extract(of.value, '$.run') IN (SELECT id FROM gone))");
    copy.execute("DROP TABLE gone");
}

/// Takes out the places of models and files; a step that changed nothing else is none then.
void stripPlaces(Database& copy)
{
    copy.execute("DELETE FROM place");
    copy.execute("UPDATE document SET text = json_remove(text, '$.places') WHERE length(text) > 0");
    copy.execute("UPDATE edit SET before = json_remove(before, '$.places'), "
                 "after = json_remove(after, '$.places') WHERE length(before) > 0");
    copy.execute("UPDATE edit SET before = '', after = '' WHERE before = after");
    copy.execute("DELETE FROM edit WHERE before = '' AND json_extract(about, '$.queue') IS NULL "
                 "AND coalesce(json_array_length(about, '$.runs'), 0) = 0");
    copy.execute(
        "DELETE FROM shows WHERE edit NOT IN (SELECT number FROM edit WHERE before <> '')");
    // Sentences may name files.
    copy.execute("UPDATE run SET details = '', notes = iif(instr(notes, '/'), '', notes), "
                 "error = iif(instr(error, '/'), 'The run failed.', error)");
}

/// Takes out what is not passed on.
void strip(Database& copy)
{
    // One file, readable anywhere.
    copy.execute("PRAGMA journal_mode = DELETE");
    upgradeSchema(copy);
    stripRuns(copy);
    stripPlaces(copy);
    copy.execute("DELETE FROM input WHERE hash NOT IN (SELECT hash FROM uses) "
                 "AND hash NOT IN (SELECT hash FROM shows)");
    copy.execute("VACUUM"); // so that nothing of what was deleted is in it
}

/// Moves what lies beside a database with it: it would be taken for that of the next one there.
void moveBeside(const fs::path& from, const fs::path& to)
{
    std::error_code ignored;
    for (const char* end : {"-wal", "-journal"})
        if (fs::exists(from.string() + end, ignored))
            fs::rename(from.string() + end, to.string() + end);
    fs::remove(from.string() + "-shm");
}

/// What was there is kept beside; where this fails it is as it was.
void replace(const fs::path& part, const fs::path& path)
{
    const fs::path backup = backupOf(path);
    std::error_code ignored, noLinks;
    if (!fs::is_regular_file(path, ignored))
        return fs::rename(part, path);
    for (const char* end : {"", "-wal", "-shm", "-journal"})
        fs::remove(backup.string() + end);
    fs::create_hard_link(path, backup, noLinks); // so that there is one by this name all the time
    if (noLinks)
        fs::rename(path, backup);
    try {
        moveBeside(path, backup);
        fs::rename(part, path);
    } catch (...) {
        fs::rename(backup, path, ignored);
        moveBeside(backup, path);
        throw;
    }
}

/// Has a copy written beside its place, and puts it there when it is whole.
void putCopy(const fs::path& path, const std::function<void(const fs::path& part)>& write)
{
    const fs::path part = path.string() + ".part";
    const auto fail = [&path](const Sentence& reason) {
        throw WorkError("The session could not be saved as %1: %2.", path.string(), reason);
    };
    if (!fs::is_directory(fs::absolute(path).parent_path()))
        fail(systemReason(ENOENT));
    try {
        removeDatabase(part); // of a program that was killed
        write(part);
        replace(part, path);
    } catch (const fs::filesystem_error& error) {
        removeDatabase(part);
        fail(error.code().message());
    } catch (...) {
        removeDatabase(part);
        throw;
    }
}

} // namespace

fs::path backupOf(const fs::path& session)
{
    return session.string() + "~";
}

void SessionFile::keepOlder() const
{
    const fs::path backup = backupOf(path()), part = backup.string() + ".part";
    removeDatabase(part); // of a program that was killed
    try {
        m->database.copyTo(part, [](double) { return !programEnds().stop_requested(); });
        // Another program may have brought it up to date meanwhile, and has kept it.
        if (isOlder(Database(part, Database::Immutable)))
            fs::rename(part, backup);
        else
            fs::remove(part);
    } catch (const fs::filesystem_error& error) {
        removeDatabase(part);
        throw WorkError(
            "The session %1 is of an older Simile and stays as it is, since its copy %2 could not "
            "be written: %3. Mend that, or copy it into another folder and open it there.",
            path().string(), backup.string(), systemReason(error.code().value()));
    } catch (...) {
        removeDatabase(part);
        throw;
    }
}

void SessionFile::copyTo(const fs::path& path, const std::function<bool(double)>& goesOn) const
{
    putCopy(path, [&](const fs::path& part) {
        m->database.copyTo(part, goesOn);
        Database copy(part, Database::ReadWrite);
        copy.execute("PRAGMA journal_mode = DELETE");
        upgradeSchema(copy);
    });
}

void SessionFile::saveAs(const fs::path& path, const std::function<bool(double)>& goesOn) const
{
    const auto ask = [&](double done) {
        if (!goesOn(done))
            throw Stopped();
    };
    try {
        putCopy(path, [&](const fs::path& part) {
            ask(0);
            m->database.copyTo(part, [&](double done) { return goesOn(done * copied); });
            Database copy(part, Database::ReadWrite);
            ask(copied);
            copy.setGoesOn([&] { return goesOn(copied); });
            strip(copy);
        });
    } catch (const UnfitContent&) {
        throw damagedSession(this->path()); // the copy is not what the user knows
    }
}
