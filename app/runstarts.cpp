// SPDX-License-Identifier: GPL-3.0-or-later
// Of Runs: how one begins, goes on, is paused and is stopped.

#include "app/methodlist.h"
#include "app/runs.h"
#include "core/errors.h"

#include <algorithm>
#include <utility>

/// The first predictions of a run, as far as they are known, at most @p most.
static DoneSteps predictionsOf(const Run& run, std::size_t most)
{
    DoneSteps done;
    for (std::size_t i = 1; i < run.steps.size() && run.steps[i].prediction && i <= most; ++i)
        done.predictions.push_back(run.steps[i].prediction);
    return done;
}

/// A run that is here and says the same as the parent of a branch, with the steps that it takes
/// over; null: there is none.
std::shared_ptr<Run> Runs::parentOf(const Branch& branch)
{
    const auto wanted = std::size_t(branch.step);
    for (const auto& other : m_runs) {
        if (!other->isOf(*branch.parent))
            continue;
        fetch(other->number);
        if (predictionsOf(*other, wanted).predictions.size() == wanted)
            return other;
    }
    return {};
}

void Runs::start(
    const Prepared& prepared, const ModelCard& card, const Recording& recording, int64_t id,
    const std::optional<BranchPoint>& from)
{
    Q_ASSERT(!running());
    auto parent = byId(from ? from->run : 0);
    if (parent)
        fetch(parent->number);
    else if (prepared.request.branch)
        parent = parentOf(*prepared.request.branch);
    const auto run = add(prepared, card);
    if (id != 0)
        run->id = id;
    m_inProgress = run->number;
    DoneSteps done;
    if (const auto& branch = prepared.request.branch) {
        run->from = BranchPoint {parent ? parent->id : 0, branch->step};
        if (parent)
            done = predictionsOf(*parent, std::size_t(branch->step));
    }
    try {
        run->computed = computedHere(prepared.request);
    } catch (const Error&) {
        // The run will end with the same sentence.
    }
    m_finishedSteps.clear();
    m_clock.start();
    m_engine.start(*methodOf(*run), prepared, recording, done);
    Q_EMIT added(run->number);
    Q_EMIT currentChanged();
}

void Runs::goOn(int number, const Prepared& prepared, const Recording& recording)
{
    Q_ASSERT(!running());
    const auto run = this->run(number);
    if (!run || !run->canGoOn())
        return;
    showNow(number);
    const DoneSteps done = predictionsOf(*run, run->steps.size());
    run->prepared = prepared;
    run->goesOn = run->goesOn || run->state == Run::Stopped;
    run->state = Run::Waiting;
    run->candidates.clear();
    run->notes.clear();
    m_inProgress = number;
    m_finishedSteps.clear();
    m_clock.start();
    m_engine.start(*methodOf(*run), prepared, recording, done);
    Q_EMIT changed(number);
    Q_EMIT currentChanged();
}

void Runs::stop(bool keep)
{
    const auto run = inProgress();
    if (!run)
        return;
    m_keep = keep;
    m_engine.stop(keep);
    if (run->state == Run::Stopping && !std::exchange(run->pausing, false))
        return;
    run->state = Run::Stopping;
    Q_EMIT changed(run->number);
}

void Runs::pause()
{
    const auto run = inProgress();
    if (!run || run->state == Run::Stopping)
        return;
    m_keep = true; // the run itself, whatever comes of it
    m_engine.stop(false);
    run->state = Run::Stopping;
    run->pausing = true;
    Q_EMIT changed(run->number);
}
