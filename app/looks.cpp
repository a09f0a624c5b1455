// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/looks.h"

#include "app/background.h"
#include "app/engine.h"
#include "app/runs.h"
#include "core/errors.h"
#include "core/stopping.h"

#include <QtConcurrentRun>

#include <algorithm>
#include <mutex>
#include <utility>

/// What components are fitted for: the layers of a kind in a run, and whether that run was over.
struct Looks::FitKey
{
    int run = 0;
    ViewKind kind = {};
    std::vector<std::pair<int, int>> layers = {};
    bool over = false;

    auto operator<=>(const FitKey&) const = default;
};

/// The fits so far. They depend on the run alone, never on what was looked at first.
struct Looks::FitStore
{
    std::mutex mutex = {};
    std::map<FitKey, Fits> fits = {};

    Fits of(const FitKey& key, const View& view, const TraceSource& steps)
    {
        {
            const std::scoped_lock lock(mutex);
            if (const auto found = fits.find(key); found != fits.end())
                return found->second;
        }
        Fits made = fitted(view, steps);
        const std::scoped_lock lock(mutex);
        return fits[key] = std::move(made);
    }
    void forget(int run)
    {
        const std::scoped_lock lock(mutex);
        std::erase_if(fits, [&](const auto& entry) { return entry.first.run == run; });
    }
};

Looks::Looks(Engine& engine, Runs& runs, Traces& traces, QObject* parent)
    : QObject(parent)
    , m_engine(engine)
    , m_runs(runs)
    , m_traces(traces)
    , m_fits(std::make_shared<FitStore>())
{
    m_pool.setMaxThreadCount(1);
    connect(&runs, &Runs::removed, this, [this](int number) { m_fits->forget(number); });
}

Looks::~Looks()
{
    stopComputing();
    m_pool.waitForDone();
}

void Looks::see(const View& view)
{
    m_next = view;
    if (!m_looking)
        lookNow();
}

namespace {

/// The step of a run that a view looks at; null where it is not done yet.
const RunStep* stepOf(const Run& run, const View& view)
{
    const auto after = size_t(view.step) + 1;
    return view.step >= 0 && after < run.steps.size() ? &run.steps[after] : nullptr;
}

/// Whether a run's steps are all there, so that components are fitted to all of them.
bool isOver(const Run& run)
{
    return run.state != Run::Waiting && run.state != Run::Running && run.state != Run::Stopping;
}

} // namespace

std::function<Looks::Answer()> Looks::work(const Run& run, const View& view) const
{
    const RunStep& after = *stepOf(run, view);
    const auto source = [&](int step) {
        return m_traces.reader(
            run.number, step, run.steps[size_t(step)].latent, run.steps[size_t(step) + 1].latent);
    };
    Moment moment {.latent = after.latent, .prediction = after.prediction, .clean = after.clean};
    FitKey key {.run = run.number, .kind = view.kind, .over = isOver(run)};
    for (const Range& range : view.layers)
        key.layers.push_back({range.begin, range.end});
    std::vector<Traces::Reader> readers;
    const bool fits = hasComponents(view.kind) && !standsAlone(view.kind) && !view.fitEachStep;
    // While a run goes, the first step that was recorded gives the colours.
    for (int step = 0; fits && step + 1 < int(run.steps.size()) && (key.over || readers.empty());
         ++step)
        if (const Traces::Reader reader = source(step); key.over || reader())
            readers.push_back(reader);
    return [=, read = source(view.step), store = m_fits]() mutable -> Answer {
        try {
            const bool traced = !needed(view).empty();
            moment.trace = traced ? read() : nullptr;
            if (traced && (!moment.trace || !holds(*moment.trace, view)))
                return {};
            Fits made;
            if (fits) {
                const TraceSource steps {
                    int(readers.size()), [&](int step) { return readers[size_t(step)](); }};
                made = store->of(key, view, steps);
            }
            return {.seen = ::see(view, moment, made)};
        } catch (...) {
            return {.problem = currentFailure().sentence};
        }
    };
}

void Looks::lookNow()
{
    const View view = *std::exchange(m_next, std::nullopt);
    m_last = view;
    const auto run = m_runs.current();
    if (!run || !stepOf(*run, view))
        return;
    m_looking = true;
    whenDone(
        QtConcurrent::run(&m_pool, work(*run, view)), this,
        [this, number = run->number, view](const Answer& answer) {
            m_looking = false;
            if (m_next)
                return lookNow();
            answered(number, view, answer);
        });
}

void Looks::answered(int number, const View& view, const Answer& answer)
{
    const auto run = m_runs.run(number);
    if (!run)
        return; // it was removed meanwhile
    if (!answer.problem.isEmpty())
        Q_EMIT failed(answer.problem);
    else if (answer.seen)
        Q_EMIT seen(number, view, *answer.seen);
    else
        Q_EMIT lacking(number, view, run->secondsPerStep);
}

void Looks::compute()
{
    const auto run = m_runs.current();
    if (computing() || !m_last || !run || !stepOf(*run, *m_last))
        return;
    // The pass goes through all layers, so what the others held is there as well.
    View view = *m_last;
    view.layers = {};
    const Method* method = m_runs.methodOf(*run);
    if (!method || !method->trace) {
        Q_EMIT failed(tr("This mode cannot be looked into."));
        return;
    }
    const auto before = run->steps[size_t(view.step)].latent, after = stepOf(*run, view)->latent;
    const auto stopped = std::make_shared<std::atomic<bool>>(false);
    m_computing = Computing {stopped};
    Q_EMIT computingChanged();
    m_engine.ask<Traces::Trace>(
        this,
        [method = *method, request = run->prepared.whole(), view, before, stopped](Models& models) {
            const StageReport progress = [stopped](const StageEvent&) { return !*stopped; };
            const Stopping stopping([stopped] { return stopped->load(); });
            return traced(method, request, models, needed(view), view.step, *before, progress);
        },
        [this, number = run->number, view, before, after](const Traces::Trace& trace) {
            endComputing();
            if (!trace)
                return; // stopped
            m_traces.add(number, view.step, trace, *before, *after);
            m_fits->forget(number);
            if (m_last && !m_next)
                see(*m_last);
        },
        [this](const Failure& failure) {
            endComputing();
            Q_EMIT failed(failure.sentence);
        },
        m_runs.turnFor(*run));
}

void Looks::stopComputing()
{
    if (m_computing)
        *m_computing->stopped = true;
}

void Looks::endComputing()
{
    m_computing.reset();
    Q_EMIT computingChanged();
}

std::vector<Traces::Trace> Looks::figures(const Run& run) const
{
    std::vector<Traces::Trace> steps;
    for (int step = 0; step + 1 < int(run.steps.size()); ++step)
        steps.push_back(m_traces.figures(run.number, step));
    return steps;
}

std::function<Seen()> Looks::seer(const Run& run, const View& view) const
{
    if (!stepOf(run, view))
        throw ValueError("Step %1 is not done yet.", view.step + 1);
    return [look = work(run, view), view]() mutable {
        const Answer answer = look();
        if (!answer.problem.isEmpty())
            throw Error(answer.problem.toStdString());
        if (!answer.seen)
            throw Error("Step %1 was not recorded.", view.step + 1);
        return *answer.seen;
    };
}
