// SPDX-License-Identifier: GPL-3.0-or-later
// Of BatchRunner: how the results are made, one behind the other.

#include "app/background.h"
#include "app/batchrunner.h"
#include "app/batchsheet.h"
#include "app/delivery.h"
#include "app/runrecord.h"
#include "app/session.h"
#include "app/store/sessionfile.h"
#include "app/translated.h"
#include "core/errors.h"
#include "core/file/files.h"

#include <QDir>
#include <QtConcurrentRun>

#include <algorithm>
#include <set>
#include <utility>

namespace fs = std::filesystem;

namespace {

/// A file that is to be written, and how its bytes are made.
struct Piece
{
    fs::path file = {};
    std::function<std::vector<std::byte>()> encode = {};
};

/// Where the folder takes one of them no more, the others are not tried. One whose name something
/// else has by now is not tried again either: that stays.
Unwritten written(const std::vector<Piece>& pieces)
{
    Unwritten left;
    for (const Piece& piece : pieces) {
        if (!left.files.empty()) {
            left.files.push_back(piece.file);
            continue;
        }
        try {
            writeFileAtomically(piece.file, piece.encode(), IfThere::Keep);
        } catch (const NameTaken&) {
            left.why = {
                "%1 has come there meanwhile, and nothing is overwritten.",
                piece.file.filename().string()};
        } catch (const Error& error) {
            left = {{piece.file}, error.sentence()};
        } catch (...) {
            left = {{piece.file}, {currentFailure().sentence.toStdString()}};
        }
    }
    return left;
}

/// Whether the next ones would fail by it, too.
bool isOfAll(Failure::Cause cause)
{
    return cause == Failure::Memory || cause == Failure::Disk || cause == Failure::Device;
}

} // namespace

void BatchRunner::start()
{
    if (m_running || m_items.empty() || !missing().isEmpty())
        return;
    m_stop.request_stop();
    m_stop = {};
    ++m_turn;
    m_looking = m_preparing = false;
    m_reason.clear();
    if (!QDir().mkpath(m_plan.folder)) {
        m_reason = tr("The folder %1 cannot be made.").arg(m_plan.folder);
        Q_EMIT changed();
        return;
    }
    keepBatchPlan(m_plan);
    m_running = true;
    m_next = m_madeNow = 0;
    m_clock.start();
    m_session.queue().setUntilStopped(false);
    m_session.queue().setPaused(false);
    const std::set<int> held = writeHeld();
    for (int at = 0; at < int(m_items.size()); ++at) {
        BatchItem& item = m_items[std::size_t(at)];
        if (item.state == BatchItem::Failed && !item.refused && !held.contains(at)) {
            item.state = BatchItem::Waiting;
            item.failure = {};
        }
    }
    Q_EMIT listed();
    Q_EMIT changed();
    soon();
}

void BatchRunner::stop()
{
    if (!m_running)
        return;
    const int64_t key = std::exchange(m_key, 0);
    end(tr("Stopped."));
    if (const auto run = m_session.runs().inProgress(); run && run->id == key)
        return m_session.runs().stop(false);
    for (const Queued& waiting : m_session.queue().waiting())
        if (key != 0 && waiting.key == key)
            return m_session.queue().remove(waiting.id);
}

/// It is over, or goes on with another start.
void BatchRunner::end(const QString& reason)
{
    m_running = m_preparing = false;
    m_reason = reason;
    m_key = 0;
    ++m_turn;
    m_stop.request_stop();
    m_ready.reset();
    m_now = {};
    writePage();
    Q_EMIT changed();
}

/// When all have heard of what happened.
void BatchRunner::soon()
{
    QMetaObject::invokeMethod(this, &BatchRunner::goOn, Qt::QueuedConnection);
}

void BatchRunner::goOn()
{
    if (!m_running)
        return;
    prepareNext();
    // So a folder that takes nothing any more leaves two results, not all that are quicker made
    // than written.
    constexpr std::size_t mostWriting = 2;
    if (m_ready && m_key == 0 && m_writing.size() < mostWriting && !m_session.queue().paused())
        enqueue();
    const bool left = m_next < int(m_items.size()) || m_ready || m_preparing;
    if (!left && m_key == 0 && m_writing.empty()) {
        end({});
        Q_EMIT finished();
    }
}

void BatchRunner::prepareNext()
{
    if (m_ready || m_preparing)
        return;
    while (m_next < int(m_items.size())
           && (m_items[std::size_t(m_next)].state != BatchItem::Waiting
               || m_writing.contains({m_list, m_next}))) // since before it was stopped
        ++m_next;
    if (m_next == int(m_items.size()))
        return;
    const int at = m_next++;
    m_preparing = true;
    whenDone(
        QtConcurrent::run(
            &m_pool,
            [job = m_job, item = m_items[std::size_t(at)], stop = m_stop.get_token()] {
                return lookAt(*job, item, stop);
            }),
        this, [this, at, turn = m_turn](const BatchLook& look) {
            if (turn != m_turn)
                return;
            m_preparing = false;
            take(at, look);
            if (look.prepared)
                m_ready = Ready {at, look};
            soon();
        });
}

/// Whoever looks at an earlier run goes on looking at it.
void BatchRunner::enqueue()
{
    Runs& runs = m_session.runs();
    const auto shown = runs.current();
    const int earlier = shown && shown != runs.all().back() ? shown->number : 0;
    m_now = *std::exchange(m_ready, std::nullopt);
    m_key = newRunId();
    m_session.queue().add({.key = m_key, .prepared = *m_now.look.prepared, .card = m_job->chosen});
    m_now.look.prepared.reset();
    if (earlier > 0)
        runs.show(earlier);
    dropSpent();
    soon(); // the next one's pictures are read meanwhile
}

void BatchRunner::takeEnd(int number)
{
    const auto run = m_session.runs().run(number);
    if (m_key == 0 || !run || run->id != m_key || run->state == Run::Paused)
        return;
    m_key = 0;
    if (run->state == Run::Done) {
        write(*run, m_now);
    } else if (run->state == Run::Failed) {
        fail(m_now.at, run->error.toStdString());
        m_spent.push_back(number);
        if (isOfAll(run->cause))
            return end(run->error);
    } else {
        return end(tr("Stopped."));
    }
    soon();
}

void BatchRunner::write(const Run& run, const Ready& made)
{
    const std::vector<fs::path> files =
        candidateFiles(m_items[std::size_t(made.at)].out, int(run.candidates.size()));
    std::vector<Piece> pieces;
    for (std::size_t i = 0; i < files.size(); ++i)
        if (std::ranges::count(made.look.files, files[i]))
            pieces.push_back({files[i], encoder(m_session.runs(), run, int(i), -1, m_job->embed)});
    m_writing.insert({m_list, made.at});
    whenDone(
        QtConcurrent::run(&m_pool, [pieces] { return written(pieces); }), this,
        [this, made, number = run.number, list = m_list](const Unwritten& left) {
            m_writing.erase({list, made.at});
            if (list == m_list)
                takeWritten(number, made, left);
        });
}

/// Where it could not be written, its run stays, with what it made.
void BatchRunner::takeWritten(int number, const Ready& made, const Unwritten& left)
{
    const int at = made.at;
    if (!left.why.empty()) {
        fail(at, left.why);
        if (left.files.empty()) // the others can be written
            return soon();
        if (const auto run = m_session.runs().run(number))
            m_held[run->id] = {at, {.files = left.files}};
        if (m_key != 0) {
            m_held[m_key] = m_now;
            fail(m_now.at, left.why); // as it will be
        }
        if (m_running)
            end(tr("%1 What is made by now is kept among the runs, and is written when you go on.")
                    .arg(translated(left.why)));
        return;
    }
    m_items[std::size_t(at)].state = BatchItem::Made;
    m_items[std::size_t(at)].failure = {};
    m_spent.push_back(number);
    dropSpent();
    ++m_madeNow;
    if (!m_running || m_madeNow % sheetInterval(m_items.size()) == 0)
        writePage();
    Q_EMIT itemChanged(at);
    Q_EMIT changed();
    soon();
}

/// What was made when the folder took nothing any more is written now; one may still be in
/// progress. Gives their items.
std::set<int> BatchRunner::writeHeld()
{
    std::set<int> held;
    for (const auto& [key, made] : std::exchange(m_held, {})) {
        const auto run = m_session.runs().byId(key);
        const bool waits = std::ranges::count(m_session.queue().waiting(), key, &Queued::key) > 0;
        if (run && run->state == Run::Done) {
            m_session.runs().fetch(run->number);
            write(*run, made);
        } else if (m_key == 0 && (waits || (run && !run->isOver()))) {
            m_key = key;
            m_now = made;
        } else {
            continue; // somebody took it out: it is made again
        }
        held.insert(made.at);
    }
    return held;
}

void BatchRunner::fail(int at, const Sentence& why)
{
    m_items[std::size_t(at)].state = BatchItem::Failed;
    m_items[std::size_t(at)].failure = why;
    Q_EMIT itemChanged(at);
    Q_EMIT changed();
}

/// Somebody may have taken it out by hand.
void BatchRunner::checkQueue()
{
    if (!m_running || m_key == 0)
        return soon();
    const auto& waiting = m_session.queue().waiting();
    if (std::ranges::count(waiting, m_key, &Queued::key) == 0 && !m_session.runs().byId(m_key))
        end(tr("What was to be made was taken out of the queue."));
}

/// The results lie in the folder, with all that the runs were. The newest one may be looked at.
void BatchRunner::dropSpent()
{
    Runs& runs = m_session.runs();
    const auto shown = runs.current();
    const int newest = m_spent.empty() ? 0 : std::ranges::max(m_spent); // writing takes its time
    std::erase_if(m_spent, [&](int number) {
        const auto run = runs.run(number);
        if (!run || run->marks.starred || !run->marks.name.isEmpty())
            return true;
        if (run == shown || run == runs.inProgress() || number == newest)
            return false;
        runs.remove(number);
        return true;
    });
}

void BatchRunner::writePage()
{
    if (m_paging) {
        m_pageAgain = true;
        return;
    }
    m_paging = true;
    whenDone(
        QtConcurrent::run(
            &m_pool,
            [job = m_job, items = m_items,
             folder = fs::path(m_plan.folder.toStdString())]() mutable {
                addThumbnails(items, job->method, job->limits);
                try {
                    writeSheet(job->method, folder, items);
                } catch (const Error&) {
                    // The results are there, and the next page may be.
                }
                return items;
            }),
        this, [this, list = m_list](const std::vector<BatchItem>& items) {
            m_paging = false;
            for (std::size_t i = 0; list == m_list && i < items.size(); ++i)
                m_items[i].thumbnail = items[i].thumbnail;
            if (std::exchange(m_pageAgain, false))
                writePage();
        });
}
