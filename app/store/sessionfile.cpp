// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/store/sessionfile.h"

#include "app/store/database.h"
#include "app/store/sessionblobs.h"
#include "app/store/sessionparts.h"
#include "app/store/sessionschema.h"
#include "core/errors.h"
#include "core/picture/imagefile.h"

#include <random>
#include <system_error>

namespace fs = std::filesystem;

SessionFile::SessionFile(const fs::path& path, Mode mode)
{
    std::error_code ignored;
    const bool isThere = fs::exists(path, ignored);
    if (mode != Own && !isThere)
        throw Error("There is no session %1.", path.string());
    if (!isThere)
        createSession(path); // so that a program that is killed meanwhile leaves no half of it
    m = std::make_unique<Parts>(path, mode);
    if (mode == Own)
        createSchema(m->database);
    checkSchema(m->database, mode == Look);
    if (mode != Own)
        checkContents(m->database);
    if (mode == Look) {
        m->edits = keepsEdits(m->database);
        return;
    }
    if (isOlder(m->database))
        keepOlder();
    upgradeSchema(m->database);
    m->database.execute("PRAGMA journal_mode = WAL");
    m->database.execute("PRAGMA synchronous = NORMAL");
}

SessionFile::~SessionFile() = default;
SessionFile::SessionFile(SessionFile&&) noexcept = default;

const fs::path& SessionFile::path() const
{
    return m->database.path();
}

bool SessionFile::hasPicture(const std::string& sha256) const
{
    return m->database.prepare("SELECT 1 FROM input WHERE hash = ?").with(sha256).step();
}

bool SessionFile::hasPictureFile(const std::string& sha256) const
{
    return m->database.prepare("SELECT 1 FROM input WHERE hash = ? AND length(file) > 0")
        .with(sha256)
        .step();
}

void SessionFile::putPicture(
    const std::string& sha256, std::span<const std::byte> png, std::span<const std::byte> file)
{
    Statement insert = m->database.prepare(
        "INSERT INTO input VALUES (?1, ?2, ?3) ON CONFLICT (hash) DO UPDATE SET file = ?3 "
        "WHERE length(?3) > 0");
    insert.with(sha256, png, file).run();
}

std::vector<std::byte> SessionFile::picture(const std::string& sha256) const
{
    Statement select = m->database.prepare("SELECT png FROM input WHERE hash = ?");
    return select.with(sha256).step() ? select.bytes(0) : std::vector<std::byte>();
}

std::vector<std::byte> SessionFile::pictureFile(const std::string& sha256) const
{
    Statement select = m->database.prepare("SELECT file FROM input WHERE hash = ?");
    return select.with(sha256).step() ? select.bytes(0) : std::vector<std::byte>();
}

std::vector<KeptRun> SessionFile::runs(int64_t behind) const
{
    Statement select =
        m->database.prepare((m->selection() + "WHERE position > ? ORDER BY position").c_str());
    return m->runsOf(select.with(behind));
}

std::optional<KeptRun> SessionFile::run(int64_t id) const
{
    Statement select = m->database.prepare((m->selection() + "WHERE id = ?").c_str());
    auto found = m->runsOf(select.with(id));
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

void SessionFile::putRun(const KeptRun& run, const std::vector<std::string>& pictures)
{
    Transaction transaction(m->database);
    Statement insert = m->database.prepare(
        "INSERT INTO run (id, record, state, steps, notes, error, details, started, seconds, star, "
        "name, thumbnail) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) "
        "ON CONFLICT (id) DO UPDATE SET record = ?2, state = ?3, steps = ?4, notes = ?5, "
        "error = ?6, details = ?7, started = ?8, seconds = ?9, star = ?10, name = ?11, "
        "thumbnail = CASE WHEN length(?12) > 0 THEN ?12 ELSE thumbnail END");
    insert
        .with(
            run.id, run.record, run.state, run.stepCount, run.notes, run.error, run.details,
            run.started, run.seconds, run.star, run.name, run.thumbnail)
        .run();
    m->use(run.id, pictures);
    m->putPlaces(run);
    m->putNoise(run);
    m->database.prepare("DELETE FROM waiting WHERE id = ?").with(run.id).run();
    transaction.commit();
}

void SessionFile::putMarks(int64_t id, bool star, const std::string& name)
{
    m->database.prepare("UPDATE run SET star = ?, name = ? WHERE id = ?")
        .with(star, name, id)
        .run();
}

void SessionFile::putBinned(int64_t id, bool binned)
{
    m->database
        .prepare(
            binned ? "INSERT OR IGNORE INTO binned VALUES (?)" : "DELETE FROM binned WHERE run = ?")
        .with(id)
        .run();
}

void SessionFile::removeRun(int64_t id)
{
    Transaction transaction(m->database);
    for (const char* sql :
         {"DELETE FROM run WHERE id = ?", "DELETE FROM step WHERE run = ?",
          "DELETE FROM picture WHERE run = ?", "DELETE FROM noise WHERE run = ?",
          "DELETE FROM place WHERE run = ?", "DELETE FROM uses WHERE run = ?",
          "DELETE FROM binned WHERE run = ?"})
        m->database.prepare(sql).with(id).run();
    transaction.commit();
}

void SessionFile::putStep(int64_t run, const KeptStep& step)
{
    Statement insert =
        m->database.prepare("INSERT OR REPLACE INTO step VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    insert
        .with(
            run, step.number, step.time, bytesOf(step.latent.get()), bytesOf(step.prediction.get()),
            bytesOf(step.clean.get()), bytesOf(step.previews), bytesOf(step.noisy))
        .run();
}

std::vector<KeptStep> SessionFile::steps(int64_t run) const
{
    Statement select = m->database.prepare(
        "SELECT number, time, latent, prediction, clean, previews, noisy FROM step WHERE run = ? "
        "ORDER BY number");
    select.with(run);
    std::vector<KeptStep> steps;
    while (select.step())
        steps.push_back(
            {.number = int(select.number(0)),
             .time = select.real(1),
             .latent = latentOf(select.bytes(2), path()),
             .prediction = latentOf(select.bytes(3), path()),
             .clean = latentOf(select.bytes(4), path()),
             .previews = imagesOf(select.bytes(5), path()),
             .noisy = imagesOf(select.bytes(6), path())});
    return steps;
}

DoneSteps SessionFile::doneSteps(int64_t run) const
{
    Statement select = m->database.prepare(
        "SELECT number, prediction FROM step WHERE run = ? AND number > 0 ORDER BY number");
    select.with(run);
    DoneSteps done;
    while (select.step() && select.number(0) == int64_t(done.predictions.size()) + 1) {
        auto prediction = latentOf(select.bytes(1), path());
        if (!prediction)
            break;
        done.predictions.push_back(std::move(prediction));
    }
    return done;
}

void SessionFile::putCandidates(int64_t run, int step, const std::vector<Candidate>& candidates)
{
    Transaction transaction(m->database);
    m->database.prepare("DELETE FROM picture WHERE run = ? AND step = ?").with(run, step).run();
    Statement insert = m->database.prepare("INSERT INTO picture VALUES (?, ?, ?, ?, ?, ?)");
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        const Candidate& c = candidates[i];
        const auto png = encodePng(c.image);
        // Where they are the same picture it is kept once; of an opened one there is no canvas.
        const bool alone = c.canvas.empty() || c.canvas == c.image;
        const auto canvas = alone ? std::vector<std::byte>() : encodePng(c.canvas);
        insert.with(run, step, i, int64_t(c.seed), png, canvas).run();
    }
    transaction.commit();
}

std::map<int, std::vector<Candidate>> SessionFile::candidates(int64_t run) const
{
    Statement select = m->database.prepare(
        "SELECT step, seed, image, canvas FROM picture WHERE run = ? ORDER BY step, candidate");
    select.with(run);
    std::map<int, std::vector<Candidate>> candidates;
    while (select.step()) {
        const auto png = select.bytes(2), canvas = select.bytes(3);
        const std::string name = path().filename().string();
        const SharedImage image = decodeImage(png, name).image;
        candidates[int(select.number(0))].push_back(
            {.image = image,
             .canvas = canvas.empty() ? image : SharedImage(decodeImage(canvas, name).image),
             .seed = uint64_t(select.number(1))});
    }
    return candidates;
}

std::string SessionFile::document() const
{
    Statement select = m->database.prepare("SELECT text FROM document");
    return select.step() ? select.text(0) : std::string();
}

std::vector<std::vector<std::byte>> SessionFile::blobs(const std::string& kind) const
{
    Statement select =
        m->database.prepare("SELECT bytes FROM kept WHERE kind = ? ORDER BY position");
    select.with(kind);
    std::vector<std::vector<std::byte>> blobs;
    while (select.step())
        blobs.push_back(select.bytes(0));
    return blobs;
}

void SessionFile::putBlobs(
    const std::string& kind, const std::vector<std::vector<std::byte>>& blobs)
{
    Transaction transaction(m->database);
    m->database.prepare("DELETE FROM kept WHERE kind = ?").with(kind).run();
    Statement insert = m->database.prepare("INSERT INTO kept VALUES (?, ?, ?)");
    for (std::size_t i = 0; i < blobs.size(); ++i)
        insert.with(kind, i, blobs[i]).run();
    transaction.commit();
}

void SessionFile::tidy()
{
    m->database.execute("DELETE FROM input WHERE hash NOT IN (SELECT hash FROM uses) "
                        "AND hash NOT IN (SELECT hash FROM shows)");
    m->database.execute("PRAGMA incremental_vacuum");
    m->database.execute("PRAGMA wal_checkpoint(TRUNCATE)");
}

int64_t SessionFile::dataVersion() const
{
    return m->database.number("PRAGMA data_version");
}

std::map<int64_t, uint64_t> SessionFile::runBytes() const
{
    // Of a value that is not read SQLite knows the length from the row's head.
    Statement select = m->database.prepare(
        "SELECT run, sum(length(latent) + length(prediction) + length(clean) + length(previews) + "
        "length(noisy)) FROM step GROUP BY run UNION ALL "
        "SELECT run, sum(length(image) + length(canvas)) FROM picture GROUP BY run UNION ALL "
        "SELECT id, length(record) + length(thumbnail) FROM run");
    std::map<int64_t, uint64_t> bytes;
    while (select.step())
        bytes[select.number(0)] += uint64_t(select.number(1));
    return bytes;
}

uint64_t SessionFile::bytes() const
{
    uint64_t sum = 0;
    for (const char* end : {"", "-wal"}) {
        std::error_code error;
        const auto size = fs::file_size(path().string() + end, error);
        sum += error ? 0 : size;
    }
    return sum;
}

int64_t newRunId()
{
    std::random_device random;
    return int64_t((uint64_t(random()) << 31 ^ uint64_t(random())) & ((uint64_t(1) << 62) - 1)) + 1;
}
