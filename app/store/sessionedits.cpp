// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/store/sessionedits.h"

#include "app/store/sessionparts.h"

namespace {

constexpr std::size_t longestLabel = 1000;

void write(Database& database, const KeptEdit& step)
{
    database.prepare("INSERT OR REPLACE INTO edit VALUES (?, 0, ?, ?, ?, ?)")
        .with(step.number, step.label, step.about, step.before, step.after)
        .run();
    database.prepare("DELETE FROM shows WHERE edit = ?").with(step.number).run();
    Statement insert = database.prepare("INSERT OR IGNORE INTO shows VALUES (?, ?)");
    for (const std::string& hash : step.pictures)
        insert.with(step.number, hash).run();
}

void erase(Database& database, int64_t number)
{
    database.prepare("DELETE FROM edit WHERE number = ?").with(number).run();
    database.prepare("DELETE FROM shows WHERE edit = ?").with(number).run();
}

} // namespace

void SessionFile::putDocument(const std::string& text, const std::vector<std::string>& pictures)
{
    m->database.prepare("INSERT OR REPLACE INTO document VALUES (1, ?)").with(text).run();
    m->use(0, pictures);
}

void SessionFile::putEdits(const KeptEdits& edits)
{
    Transaction transaction(m->database);
    putDocument(edits.document, edits.pictures);
    for (const int64_t number : edits.gone)
        erase(m->database, number);
    for (const KeptEdit& step : edits.steps)
        write(m->database, step);
    m->database.prepare("UPDATE edit SET undone = number > ?1 WHERE undone <> (number > ?1)")
        .with(edits.last)
        .run();
    transaction.commit();
}

void SessionFile::removeEdits()
{
    Transaction transaction(m->database);
    for (const char* table : {"document", "edit", "shows"})
        m->database.execute((std::string("DELETE FROM ") + table).c_str());
    m->use(0, {});
    transaction.commit();
}

std::vector<KeptEdit> SessionFile::edits() const
{
    std::vector<KeptEdit> edits;
    if (!m->edits)
        return edits;
    Statement select =
        m->database.prepare("SELECT number, undone, substr(label, 1, ?), about, "
                            "length(before) > 0 OR length(after) > 0 FROM edit ORDER BY number");
    select.with(longestLabel);
    while (select.step())
        edits.push_back(
            {.number = select.number(0),
             .undone = select.number(1) != 0,
             .label = select.text(2),
             .about = select.text(3),
             .document = select.number(4) != 0});
    return edits;
}

std::optional<KeptEdit> SessionFile::edit(int64_t number) const
{
    Statement select = m->database.prepare("SELECT before, after FROM edit WHERE number = ?");
    if (!select.with(number).step())
        return {};
    return KeptEdit {
        .number = number, .document = true, .before = select.text(0), .after = select.text(1)};
}

void SessionFile::putWaiting(const KeptWaiting& waiting, const std::vector<std::string>& pictures)
{
    Transaction transaction(m->database);
    const KeptRun& run = waiting.run;
    m->database.prepare("INSERT OR REPLACE INTO waiting VALUES (?, ?, ?, ?)")
        .with(run.id, waiting.place, run.record, waiting.recording)
        .run();
    m->use(run.id, pictures);
    m->putPlaces(run);
    m->putNoise(run);
    transaction.commit();
}

void SessionFile::orderWaiting(const std::map<int64_t, int>& places)
{
    Transaction transaction(m->database);
    std::vector<int64_t> gone;
    Statement select = m->database.prepare("SELECT id FROM waiting");
    while (select.step())
        if (!places.contains(select.number(0)))
            gone.push_back(select.number(0));
    Statement update = m->database.prepare("UPDATE waiting SET place = ?2 WHERE id = ?1");
    for (const auto& [id, place] : places)
        update.with(id, place).run();
    for (const int64_t id : gone)
        for (const char* sql :
             {"DELETE FROM waiting WHERE id = ?", "DELETE FROM uses WHERE run = ?",
              "DELETE FROM place WHERE run = ?", "DELETE FROM noise WHERE run = ?"})
            m->database.prepare(sql).with(id).run();
    transaction.commit();
}

std::vector<KeptWaiting> SessionFile::waiting() const
{
    std::vector<KeptWaiting> all;
    if (!m->edits)
        return all;
    Statement select =
        m->database.prepare("SELECT id, place, record, recording FROM waiting ORDER BY place, id");
    while (select.step()) {
        KeptWaiting waiting {
            .run = {.id = select.number(0), .record = select.text(2)},
            .place = int(select.number(1)),
            .recording = select.text(3)};
        m->take(waiting.run);
        all.push_back(std::move(waiting));
    }
    return all;
}

std::optional<KeptWaiting> SessionFile::waiting(int64_t id) const
{
    Statement select =
        m->database.prepare("SELECT place, record, recording FROM waiting WHERE id = ?");
    if (!select.with(id).step())
        return {};
    KeptWaiting waiting {
        .run = {.id = id, .record = select.text(1)},
        .place = int(select.number(0)),
        .recording = select.text(2)};
    m->take(waiting.run);
    return waiting;
}
