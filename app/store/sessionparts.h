// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/store/database.h"
#include "app/store/sessionblobs.h"
#include "app/store/sessionfile.h"

#include <span>
#include <string>
#include <vector>

// What the parts of SessionFile share.

struct SessionFile::Parts
{
    Parts(const std::filesystem::path& path, Mode mode)
        : database(
            path,
            mode == Look      ? Database::ReadOnly
                : mode == Own ? Database::Create
                              : Database::ReadWrite)
    {
    }

    Database database;
    bool edits = true; ///< it has what version 2 has: one that is only read may be older

    /// Says which pictures a run needs, or, by 0, what is edited.
    void use(int64_t by, const std::vector<std::string>& pictures)
    {
        database.prepare("DELETE FROM uses WHERE run = ?").with(by).run();
        Statement insert = database.prepare("INSERT OR IGNORE INTO uses VALUES (?, ?)");
        for (const std::string& hash : pictures)
            insert.with(by, hash).run();
    }

    void putPlaces(const KeptRun& run)
    {
        database.prepare("DELETE FROM place WHERE run = ?").with(run.id).run();
        Statement insert = database.prepare("INSERT INTO place VALUES (?, ?, ?)");
        for (const auto& [key, path] : run.places)
            insert.with(run.id, key, path).run();
    }

    void putNoise(const KeptRun& run)
    {
        Statement insert = database.prepare("INSERT OR REPLACE INTO noise VALUES (?, ?, ?)");
        for (const auto& [name, numbers] : run.noise)
            insert.with(run.id, name, std::as_bytes(std::span(numbers))).run();
    }

    /// What selects runs, but for the condition.
    std::string selection() const
    {
        return "SELECT position, id, record, state, steps, notes, error, details, started, "
               "seconds, star, name, thumbnail, "
               "(SELECT count(*) FROM step WHERE step.run = run.id), "
            + std::string(edits ? "EXISTS (SELECT 1 FROM binned WHERE run = run.id)" : "0")
            + " FROM run ";
    }

    std::vector<KeptRun> runsOf(Statement& select) const
    {
        std::vector<KeptRun> runs;
        while (select.step()) {
            KeptRun run {
                .id = select.number(1),
                .position = select.number(0),
                .record = select.text(2),
                .state = int(select.number(3)),
                .stepCount = int(select.number(4)),
                .stepsKept = int(select.number(13)),
                .notes = select.text(5),
                .error = select.text(6),
                .details = select.text(7),
                .started = select.number(8),
                .seconds = select.real(9),
                .star = select.number(10) != 0,
                .name = select.text(11),
                .binned = select.number(14) != 0,
                .thumbnail = select.bytes(12)};
            take(run);
            runs.push_back(std::move(run));
        }
        return runs;
    }

    void take(KeptRun& run) const
    {
        Statement places = database.prepare("SELECT key, path FROM place WHERE run = ?");
        places.with(run.id);
        while (places.step())
            run.places[places.text(0)] = places.text(1);
        Statement noise = database.prepare("SELECT name, numbers FROM noise WHERE run = ?");
        noise.with(run.id);
        while (noise.step())
            run.noise[noise.text(0)] = numbersOf(noise.bytes(1), database.path());
    }
};
