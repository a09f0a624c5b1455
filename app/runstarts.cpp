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

/// The method, asking first whether the model is still that by which steps that it takes over were
/// made: on the worker, since its file may have to be read for that.
Method Runs::onSameModel(const Run& run, const Method& method)
{
    m_refused = std::make_shared<std::atomic<bool>>(false);
    Method asking = method;
    asking.run = [mark = run.modelMark, card = run.card, refused = m_refused,
                  run = method.run](const Request& request, Models& models, const Report& report) {
        try {
            if (!checkSameModel(mark, card, request, report))
                return Result {.stopped = true};
        } catch (...) {
            *refused = true;
            throw;
        }
        return run(request, models, report);
    };
    return asking;
}

/// A run that was not to go on is what it was, and says why.
bool Runs::backAgain(Run& run, const Failure& failure)
{
    const auto before = std::exchange(m_before, {});
    if (!before || !m_refused || !*m_refused)
        return false;
    run.state = before->state;
    run.goesOn = before->goesOn;
    run.candidates = before->candidates;
    run.notes = {failure.sentence};
    run.pausing = false;
    end(run);
    Q_EMIT changed(run.number);
    return true;
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
    run->modelMark.stamp = stampOf(card.path);
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
    Method method = *methodOf(*run);
    if (!done.predictions.empty()) {
        run->modelMark = goingOn(parent->modelMark);
        method = onSameModel(*run, method);
    }
    m_before.reset();
    m_finishedSteps.clear();
    m_clock.start();
    m_engine.start(method, prepared, recording, done);
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
    run->modelMark = goingOn(run->modelMark);
    m_before = Before {run->state, run->goesOn, run->candidates};
    run->goesOn = run->goesOn || run->state == Run::Stopped;
    run->state = Run::Waiting;
    run->candidates.clear();
    run->notes.clear();
    m_inProgress = number;
    m_finishedSteps.clear();
    m_clock.start();
    m_engine.start(onSameModel(*run, *methodOf(*run)), prepared, recording, done);
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
