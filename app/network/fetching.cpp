// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/network/fetching.h"

#include "core/errors.h"
#include "core/file/systemerror.h"

#include <exception>
#include <new>

double Pace::at(double seconds, uint64_t done)
{
    constexpr double span = 8;
    m_seen.emplace_back(seconds, done);
    while (m_seen.size() > 2 && m_seen[1].first < seconds - span)
        m_seen.erase(m_seen.begin());
    const auto& [first, before] = m_seen.front();
    return done < before || seconds <= first ? 0 : double(done - before) / (seconds - first);
}

Sentence sentenceInFlight()
{
    try {
        throw;
    } catch (const Error& error) {
        return error.sentence();
    } catch (const std::filesystem::filesystem_error& error) {
        return sentenceOf(error);
    } catch (const std::bad_alloc&) {
        return "There is not enough memory.";
    } catch (const std::exception& error) {
        return std::string(error.what());
    }
}

Fetching::Fetching(FetchSource source)
    : m_source(std::move(source))
{
    m_clock.start();
}

void Fetching::stop()
{
    m_stopped = true;
    QMetaObject::invokeMethod(
        this,
        [this] {
            leave();
            end({.what = FetchOutcome::Stopped});
        },
        Qt::QueuedConnection);
}

void Fetching::tell(uint64_t done, uint64_t bytes, bool always)
{
    constexpr qint64 often = 100; // milliseconds
    const qint64 now = m_clock.elapsed();
    if (!always && now - m_told < often)
        return;
    m_told = now;
    Q_EMIT progress({.done = done, .bytes = bytes, .speed = m_pace.at(double(now) / 1000, done)});
}

void Fetching::tellWaiting(uint64_t done, uint64_t bytes, const Sentence& waiting)
{
    m_pace = {};
    Q_EMIT progress({.done = done, .bytes = bytes, .waiting = waiting});
}

void Fetching::end(const FetchOutcome& outcome)
{
    if (m_over)
        return;
    m_over = true;
    FetchOutcome told = outcome;
    told.notes = m_notes;
    Q_EMIT finished(told);
}
