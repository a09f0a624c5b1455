// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/published.h"
#include "core/sentence.h"

#include <QElapsedTimer>
#include <QObject>

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

/// Something that is to be done to a file, and what is known of it.
struct FetchSource
{
    enum Kind {
        Fetch,  ///< from where it is published
        TakeIn, ///< a copy of a file here
        Verify, ///< read again and compared
        Move    ///< the files in some folders, from one folder to another
    };
    Kind kind = Fetch;
    std::string id = {};              ///< of the catalogue; empty: it is not in there
    PublishedFile at = {};            ///< where it is published
    std::filesystem::path local = {}; ///< that is taken in, or the folder that is moved
    std::filesystem::path target = {};
    std::string sha256 = {};               ///< empty: not independently known
    uint64_t bytes = 0;                    ///< exactly; 0: not known
    std::vector<std::string> folders = {}; ///< of Move

    std::string name() const { return target.filename().string(); }
};

/// How far something is.
struct FetchProgress
{
    uint64_t done = 0, bytes = 0; ///< bytes is 0 where it is not known
    double speed = 0;             ///< bytes a second
    Sentence waiting = {};        ///< what it waits for; empty: nothing
};

/// How it ended.
struct FetchOutcome
{
    enum What {
        Done,
        Stopped, ///< what is there stays
        Failed   ///< what is there stays, unless it is of no use
    };
    What what = Failed;
    Sentence why = {};
    std::vector<Sentence> notes = {}; ///< what is to be known of a file that is there
    std::string sha256 = {};          ///< of the file that was fetched, taken in or verified
};

/// The speed over the last seconds.
class Pace
{
public:
    /// @p done bytes are there at @p seconds; gives bytes a second.
    double at(double seconds, uint64_t done);

private:
    std::vector<std::pair<double, uint64_t>> m_seen;
};

/// Brings a file to its place, on the thread that it lives on.
class Fetching : public QObject
{
    Q_OBJECT

public:
    explicit Fetching(FetchSource source);

    const FetchSource& source() const { return m_source; }
    /// finished() follows once.
    virtual void start() = 0;
    /// Any thread; finished() follows soon.
    void stop();

Q_SIGNALS:
    void progress(const FetchProgress& progress);
    void finished(const FetchOutcome& outcome);

protected:
    /// Leaves off after stop(), on its own thread.
    virtual void leave() = 0;
    bool stopped() const { return m_stopped; }
    bool over() const { return m_over; }
    /// Tells how far it is, at most ten times a second.
    void tell(uint64_t done, uint64_t bytes, bool always = false);
    void tellWaiting(uint64_t done, uint64_t bytes, const Sentence& waiting);
    void end(const FetchOutcome& outcome);

    FetchSource m_source;
    std::vector<Sentence> m_notes;

private:
    std::atomic<bool> m_stopped = false;
    bool m_over = false;
    QElapsedTimer m_clock;
    qint64 m_told = -1000;
    Pace m_pace;
};

/// The exception in flight as a sentence.
Sentence sentenceInFlight();
