// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/traces.h"

#include "app/background.h"
#include "app/cachefolder.h"
#include "core/file/hash.h"
#include "core/inspect/curves.h"
#include "core/inspect/jointraces.h"
#include "core/tracefile.h"

#include <QtConcurrentRun>

#include <algorithm>
#include <chrono>

namespace fs = std::filesystem;

namespace {

std::span<const std::byte> bytesOf(const Latent& latent)
{
    return std::as_bytes(std::span(latent.values));
}

/// What is used now is not the next to be removed.
void touch(const fs::path& file)
{
    std::error_code ignored;
    fs::last_write_time(file, fs::file_time_type::clock::now(), ignored);
}

/// Null where there is no such file, or a damaged one, which goes: it can be computed again.
Traces::Trace readIfThere(const fs::path& file)
{
    std::error_code problem;
    if (!fs::exists(file, problem))
        return nullptr;
    try {
        auto trace = readTrace(file);
        touch(file);
        return trace;
    } catch (const std::exception&) {
        fs::remove(file, problem);
        return nullptr;
    }
}

} // namespace

std::string traceFileName(const Latent& before, const Latent& after)
{
    return sha256({bytesOf(before), bytesOf(after)}) + ".safetensors";
}

Traces::Traces(fs::path folder, QObject* parent)
    : QObject(parent)
    , m_folder(std::move(folder))
{
    m_pool.setMaxThreadCount(1);
}

Traces::~Traces()
{
    m_pool.waitForDone();
}

void Traces::setLimits(const Limits& limits)
{
    m_limits = limits;
    makeRoom();
}

void Traces::add(int run, int step, const Trace& trace, const Latent& before, const Latent& after)
{
    const Place place = placeOf(run, step);
    Kept kept {.trace = trace, .name = traceFileName(before, after)};
    if (const auto found = m_kept.find(place); found != m_kept.end() && found->second.trace)
        kept.trace = joined(*found->second.trace, *trace);
    put(place, std::move(kept));
}

void Traces::share(int run, int step, int with)
{
    const Place place = placeOf(with, step);
    if (!m_kept.contains({run, step}))
        m_shared[{run, step}] = place.first;
}

Traces::Place Traces::placeOf(int run, int step) const
{
    const auto found = m_shared.find({run, step});
    return {found == m_shared.end() ? run : found->second, step};
}

void Traces::put(const Place& place, Kept kept)
{
    Kept& here = m_kept[place];
    m_bytes -= here.trace ? here.bytes : 0;
    kept.figures = figuresOnly(*kept.trace);
    kept.bytes = uint64_t(kept.trace->bytes());
    kept.looked = ++m_clock;
    m_bytes += kept.bytes;
    here = std::move(kept);
    makeRoom();
}

void Traces::remove(int run)
{
    std::erase_if(m_shared, [&](const auto& entry) {
        return entry.first.first == run || entry.second == run;
    });
    std::erase_if(m_kept, [&](const auto& entry) {
        if (entry.first.first != run)
            return false;
        m_bytes -= entry.second.trace ? entry.second.bytes : 0;
        return true;
    });
}

Traces::Trace Traces::inMemory(int run, int step)
{
    const auto found = m_kept.find(placeOf(run, step));
    if (found == m_kept.end() || !found->second.trace)
        return nullptr;
    found->second.looked = ++m_clock;
    return found->second.trace;
}

void Traces::fetch(
    int run, int step, const std::shared_ptr<const Latent>& before,
    const std::shared_ptr<const Latent>& after, std::function<void(const Trace&)> take)
{
    if (const Trace trace = inMemory(run, step))
        return take(trace);
    if (!before || !after)
        return take(nullptr);
    whenDone(
        QtConcurrent::run(&m_pool, reader(run, step, before, after)), this,
        [this, run, step, before, after, take = std::move(take)](const Trace& trace) {
            if (trace)
                put(placeOf(run, step),
                    {.trace = trace, .name = traceFileName(*before, *after), .written = true});
            take(trace);
        });
}

Traces::Reader Traces::reader(
    int run, int step, const std::shared_ptr<const Latent>& before,
    const std::shared_ptr<const Latent>& after) const
{
    const auto found = m_kept.find(placeOf(run, step));
    if (found != m_kept.end() && found->second.trace)
        return [trace = found->second.trace] { return trace; };
    if (!before || !after)
        return [] { return Trace(); };
    return [folder = m_folder, before, after] {
        return readIfThere(folder / traceFileName(*before, *after));
    };
}

Traces::Trace Traces::figures(int run, int step) const
{
    const auto found = m_kept.find(placeOf(run, step));
    return found == m_kept.end() ? nullptr : found->second.figures;
}

/// Takes out of memory what was longest not looked at; what is not in a file yet is written first.
void Traces::makeRoom()
{
    uint64_t bytes = m_bytes;
    for (const Place& place : m_writing)
        if (const auto found = m_kept.find(place); found != m_kept.end())
            bytes -= found->second.bytes; // they go when they are written
    while (bytes > m_limits.memory) {
        auto oldest = m_kept.end();
        for (auto at = m_kept.begin(); at != m_kept.end(); ++at)
            if (at->second.trace && !m_writing.contains(at->first)
                && (oldest == m_kept.end() || at->second.looked < oldest->second.looked))
                oldest = at;
        if (oldest == m_kept.end())
            return;
        Kept& kept = oldest->second;
        bytes -= kept.bytes;
        if (kept.written) {
            m_bytes -= kept.bytes;
            kept.trace = nullptr;
        } else {
            write(oldest->first, kept);
        }
    }
}

void Traces::write(const Place& place, const Kept& kept)
{
    m_writing.insert(place);
    whenDone(
        problemOf(
            [folder = m_folder, name = kept.name, trace = kept.trace, limit = m_limits.disk] {
                fs::create_directories(folder);
                saveTrace(folder / name, *trace);
                trimFolder(folder, limit);
            },
            &m_pool),
        this, [this, place, trace = kept.trace](const QString& problem) {
            m_writing.erase(place);
            if (!problem.isEmpty())
                tell(problem);
            // Unless it was removed, or more was added meanwhile.
            if (const auto found = m_kept.find(place);
                found != m_kept.end() && found->second.trace == trace) {
                m_bytes -= found->second.bytes;
                found->second.trace = nullptr;
                found->second.written = problem.isEmpty();
            }
            makeRoom();
        });
}

void Traces::tell(const QString& sentence)
{
    if (std::exchange(m_told, true))
        return;
    Q_EMIT notKept(tr("What the network held is not kept beyond the memory for it, so looking at "
                      "it later computes it again. %1")
                       .arg(sentence));
}
