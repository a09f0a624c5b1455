// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/batchjob.h"
#include "app/batchplan.h"

#include <QElapsedTimer>
#include <QObject>
#include <QStringList>
#include <QThreadPool>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <stop_token>
#include <utility>
#include <vector>

class Session;
class Settings;
struct Run;

/// How far a batch is.
struct BatchCounts
{
    int all = 0, made = 0, there = 0, failed = 0, waiting = 0;
    int done() const { return made + there; }
};

/// What of a result could not be written.
struct Unwritten
{
    std::vector<std::filesystem::path> files = {}; ///< that can be tried again
    Sentence why = {};                             ///< empty: all of it was written
};

/// Makes the results of a batch in the window: one behind the other goes to the queue, its pictures
/// read while the one before is made, and is written into the folder when it is done. What a run
/// made is not kept in the session then, unless it has a star or a name, or is shown. Another start
/// goes on: what lies there and was made so stays. Where the folder takes nothing any more it
/// pauses; the results that it has by then (two: what was made, and what is in progress) stay in
/// the session as runs, and start() writes them first.
class BatchRunner : public QObject
{
    Q_OBJECT

public:
    BatchRunner(Session& session, Settings& settings, QObject* parent = nullptr);
    ~BatchRunner() override; ///< stops; waits for what is being written

    /// Lists what would be made with the document as it is now, and then looks at each in the
    /// background: whether it is there, whether it can be read. Does nothing while it is running.
    void list(const BatchPlan& plan);
    const BatchPlan& plan() const { return m_plan; }
    const std::vector<BatchItem>& items() const { return m_items; }
    const BatchJob& job() const { return *m_job; }
    QString problem() const { return m_problem; } ///< why nothing is listed; empty: it is
    QStringList missing() const; ///< what the document lacks, as in "Still needed: ..."
    bool looking() const { return m_looking; }
    /// A request like those of the items, with a picture of one pixel where they have their own.
    Request typical() const;

    bool running() const { return m_running; }
    int making() const { return m_key != 0 ? m_now.at : -1; } ///< which item; -1: none
    /// Makes all that is not there; what failed is tried again.
    void start();
    /// Ends it at once; what is being made is lost.
    void stop();
    QString reason() const { return m_reason; } ///< why it stopped by itself; empty: it did not
    BatchCounts counts() const;
    /// By those that were made since the start; 0: not known.
    double secondsLeft() const;

Q_SIGNALS:
    void listed();            ///< the items are others
    void itemChanged(int at); ///< its state or its thumbnail
    void changed();           ///< how far it is, whether it is running
    void finished();          ///< nothing is left to be made

private:
    /// One that can go to the queue.
    struct Ready
    {
        int at = 0;
        BatchLook look = {};
    };

    BatchJob jobNow() const;
    void takeList(const Batch& batch);
    void look();
    void take(int at, const BatchLook& look);
    void soon();
    void goOn();
    void prepareNext();
    void enqueue();
    void takeEnd(int number);
    void write(const Run& run, const Ready& made);
    void takeWritten(int number, const Ready& made, const Unwritten& what);
    std::set<int> writeHeld();
    void fail(int at, const Sentence& why);
    void end(const QString& reason);
    void checkQueue();
    void dropSpent();
    void writePage();

    Session& m_session;
    Settings& m_settings;
    BatchPlan m_plan;
    std::shared_ptr<const BatchJob> m_job;
    std::vector<BatchItem> m_items;
    std::vector<std::string> m_slots; ///< that the items fill
    QString m_problem, m_reason;
    std::stop_source m_stop;    ///< of what is being read
    int m_list = 0, m_turn = 0; ///< what was begun for an earlier one comes too late
    bool m_looking = false, m_running = false, m_preparing = false;
    bool m_paging = false, m_pageAgain = false;
    int m_next = 0, m_madeNow = 0;
    std::set<std::pair<int, int>> m_writing; ///< items of which list are being written
    std::optional<Ready> m_ready;
    Ready m_now;                     ///< that is in the queue
    int64_t m_key = 0;               ///< of its run; 0: none is in the queue
    std::vector<int> m_spent;        ///< runs whose results were written
    std::map<int64_t, Ready> m_held; ///< runs whose results are still to be, by their keys
    QElapsedTimer m_clock;
    QThreadPool m_pool; ///< the last member: it uses the others
};
