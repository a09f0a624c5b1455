// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/queue.h"

#include "app/runs.h"
#include "app/store/sessionfile.h"

#include <QRandomGenerator>

#include <algorithm>

Queue::Queue(Runs& runs, QObject* parent)
    : QObject(parent)
    , m_runs(runs)
{
    connect(&runs, &Runs::ended, this, &Queue::takeEnd);
}

std::vector<Queued>::iterator Queue::find(int id)
{
    return std::ranges::find(m_waiting, id, &Queued::id);
}

/// Whoever has to know its run again has given it a key.
void Queue::add(Queued run, bool inFront)
{
    run.id = ++m_lastId;
    if (run.key == 0)
        run.key = newRunId();
    if (!m_runs.running()) {
        start(std::move(run));
        return;
    }
    m_waiting.insert(inFront ? m_waiting.begin() : m_waiting.end(), std::move(run));
    Q_EMIT changed();
}

void Queue::move(int id, int place)
{
    const auto from = find(id);
    if (from == m_waiting.end())
        return;
    const std::vector<Queued> before = m_waiting;
    const Queued moved = *from;
    const auto rest = m_waiting.erase(from);
    const auto at = std::clamp(place, 0, int(m_waiting.size()));
    if (m_waiting.begin() + at == rest) {
        m_waiting = before; // it is there already
        return;
    }
    m_waiting.insert(m_waiting.begin() + at, moved);
    Q_EMIT changed();
    Q_EMIT edited(tr("Move in the queue"), before, m_waiting);
}

void Queue::remove(int id)
{
    const auto found = find(id);
    if (found == m_waiting.end())
        return;
    const std::vector<Queued> before = m_waiting;
    m_waiting.erase(found);
    Q_EMIT changed();
    Q_EMIT edited(tr("Take out of the queue"), before, m_waiting);
}

void Queue::clear()
{
    if (m_waiting.empty())
        return;
    const std::vector<Queued> before = std::exchange(m_waiting, {});
    Q_EMIT changed();
    Q_EMIT edited(tr("Clear the queue"), before, m_waiting);
}

void Queue::arrange(const std::vector<Queued>& from, const std::vector<Queued>& to)
{
    const auto in = [](const std::vector<Queued>& list, int id) {
        return std::ranges::find(list, id, &Queued::id) != list.end();
    };
    std::vector<Queued> arranged;
    for (const Queued& run : to)
        if (!started(run.id))
            arranged.push_back(run);
    for (const Queued& run : m_waiting)
        if (!in(from, run.id) && !in(to, run.id))
            arranged.push_back(run);
    m_waiting = std::move(arranged);
    Q_EMIT changed();
    startNext();
}

void Queue::restore(std::vector<Queued>& all)
{
    m_waiting.clear();
    for (Queued& run : all) {
        run.id = ++m_lastId;
        if (run.place >= 0)
            m_waiting.push_back(run);
    }
    std::ranges::stable_sort(m_waiting, {}, &Queued::place);
    m_last.reset();
    m_reason.clear();
    m_untilStopped = false;
    m_paused = !m_waiting.empty();
    Q_EMIT changed();
}

void Queue::setPaused(bool paused)
{
    if (m_paused == paused)
        return;
    m_paused = paused;
    m_reason.clear();
    Q_EMIT changed();
    startNext();
}

void Queue::pauseNow()
{
    setPaused(true);
    m_runs.pause();
}

int Queue::held() const
{
    for (const Held& held : m_held)
        if (const auto run = m_runs.run(held.run); run && run->state == Run::Paused)
            return held.run;
    return 0;
}

void Queue::setUntilStopped(bool on)
{
    if (m_untilStopped == on)
        return;
    m_untilStopped = on;
    Q_EMIT changed();
}

/// False: it could not be made ready, and is listed as failed.
bool Queue::start(Queued run)
{
    m_started.push_back(run.id);
    try {
        if (run.away && m_ready)
            m_ready(run);
    } catch (...) {
        m_runs.addFailed(run.prepared.request, run.card, currentFailure().sentence, run.key);
        Q_EMIT changed();
        return false;
    }
    m_last = run;
    m_runs.start(run.prepared, run.card, run.recording, run.key, run.from);
    Q_EMIT changed();
    return true;
}

/// What one run failed by stays with it and the next goes on; what the next would fail by, too,
/// pauses the queue.
void Queue::takeEnd(int number)
{
    const auto run = m_runs.run(number);
    const bool paused = run && run->state == Run::Paused;
    if (run && run->state != Run::Done && !paused)
        m_untilStopped = false;
    if (paused) {
        m_paused = true;
        m_held.push_back({number, m_last ? m_last->recording : Recording()});
    }
    const bool failed = run && run->state == Run::Failed;
    const bool everyone = failed
        && (run->cause == Failure::Memory || run->cause == Failure::Disk
            || run->cause == Failure::Device);
    if (everyone && !m_waiting.empty()) {
        m_paused = true;
        m_reason = run->error;
    }
    Q_EMIT changed();
    // When all have heard of the end: a run that was discarded is not gone yet.
    QMetaObject::invokeMethod(this, &Queue::startNext, Qt::QueuedConnection);
}

void Queue::startNext()
{
    if (m_paused || m_runs.running())
        return;
    // Whoever looks at an earlier run goes on looking at it.
    const auto& all = m_runs.all();
    const auto shown = m_runs.current();
    const int earlier = shown && shown != all.back() ? shown->number : 0;
    if (startOne() && earlier > 0)
        m_runs.show(earlier);
}

/// Whether there was one.
bool Queue::startOne()
{
    if (const auto run = m_runs.run(held())) {
        const auto place = std::ranges::find(m_held, run->number, &Held::run);
        const Recording recording = place->recording;
        m_held.erase(place);
        m_runs.goOn(run->number, run->prepared, recording);
        Q_EMIT changed();
        return true;
    }
    while (!m_waiting.empty()) {
        const Queued next = m_waiting.front();
        m_waiting.erase(m_waiting.begin());
        if (start(next))
            return true;
    }
    if (!m_untilStopped || !m_last)
        return false;
    Queued again = *m_last;
    again.id = ++m_lastId;
    again.key = newRunId();
    again.prepared.request.seed = QRandomGenerator::global()->generate();
    return start(again);
}
