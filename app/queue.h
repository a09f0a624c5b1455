// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/branchpoint.h"
#include "core/method.h"

#include <QObject>
#include <QString>

#include <algorithm>
#include <functional>
#include <optional>
#include <vector>

class Runs;

/// A run that waits for its turn.
struct Queued
{
    int id = 0;        ///< of this one alone, in the order in which they came
    int64_t key = 0;   ///< in the session that keeps it; the run that it becomes has it, too
    int place = -1;    ///< of one that comes from a session: 0 is the next; -1: it was taken out
    bool away = false; ///< its pictures lie in the session: it is made ready again when it starts
    Prepared prepared = {}; ///< checked already: nothing is missing
    ModelCard card = {};    ///< of the file that was chosen
    Recording recording = {};
    std::optional<BranchPoint> from = {}; ///< of a branch
};

/// The runs that wait, in the order in which they start: one behind the other, as long as the queue
/// is not paused.
class Queue : public QObject
{
    Q_OBJECT

public:
    explicit Queue(Runs& runs, QObject* parent = nullptr);

    const std::vector<Queued>& waiting() const { return m_waiting; }
    /// Starts a run at once where none is in progress; else puts it behind those that wait, or in
    /// front of them.
    void add(Queued run, bool inFront = false);
    /// Puts one that waits in another place, 0 the next to start.
    void move(int id, int place);
    void remove(int id);
    void clear();
    /// What waits as it was before an edit, or as it was made by one: those that started meanwhile
    /// stay out, those that came since stay, at the end.
    void arrange(const std::vector<Queued>& from, const std::vector<Queued>& to);

    /// Takes what a session has in place of what waits, paused if there is something; gives ids to
    /// all of them.
    void restore(std::vector<Queued>& all);
    /// Whether it started, and so does not come back by an undo.
    bool started(int id) const { return std::ranges::count(m_started, id) > 0; }
    /// Who makes one that is away ready; throws Error where that cannot be.
    void setReady(std::function<void(Queued&)> ready) { m_ready = std::move(ready); }

    bool paused() const { return m_paused; }
    /// Between two runs: the one in progress goes on. Resumed, those that were paused inside go on,
    /// then the next one starts.
    void setPaused(bool paused);
    /// Pauses the run in progress, too: it keeps its steps, and the worker is free.
    void pauseNow();
    /// The number of the run that goes on first once the queue is resumed; 0: none was paused
    /// inside.
    int held() const;
    /// Why the queue was paused by itself; empty: it was not.
    QString reason() const { return m_reason; }
    /// Runs the last request again and again, with new seeds, while nothing waits; a stop or a
    /// failure ends that.
    void setUntilStopped(bool on);
    bool untilStopped() const { return m_untilStopped; }

Q_SIGNALS:
    void changed();
    /// What waits was put in another order or taken away by hand, which can be undone.
    void edited(
        const QString& label, const std::vector<Queued>& before, const std::vector<Queued>& after);

private:
    void takeEnd(int number);
    void startNext();
    bool startOne();
    bool start(Queued run);
    std::vector<Queued>::iterator find(int id);

    /// A run that was paused inside.
    struct Held
    {
        int run = 0; ///< its number
        Recording recording = {};
    };

    Runs& m_runs;
    std::vector<Queued> m_waiting;
    std::optional<Queued> m_last; ///< that was started
    std::function<void(Queued&)> m_ready;
    std::vector<Held> m_held;
    int m_lastId = 0;
    std::vector<int> m_started;
    QString m_reason;
    bool m_paused = false, m_untilStopped = false;
};
