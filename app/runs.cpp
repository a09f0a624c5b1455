// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/runs.h"

#include "app/background.h"
#include "app/ending.h"
#include "app/methodlist.h"
#include "app/runtimes.h"
#include "app/store/sessionfile.h"
#include "app/translated.h"
#include "core/errors.h"
#include "core/models.h"
#include "core/stopping.h"

#include <QtConcurrentRun>

#include <algorithm>

Runs::Runs(Engine& engine, const MethodList& methods, QObject* parent)
    : QObject(parent)
    , m_engine(engine)
    , m_methods(methods)
{
    connect(&engine, &Engine::stage, this, &Runs::takeStage);
    connect(&engine, &Engine::stepDone, this, &Runs::takeStep);
    connect(&engine, &Engine::finished, this, &Runs::finish);
    connect(&engine, &Engine::failed, this, &Runs::fail);
}

std::shared_ptr<Run> Runs::run(int number) const
{
    const auto found =
        std::ranges::find(m_runs, number, [](const auto& run) { return run->number; });
    return found == m_runs.end() ? nullptr : *found;
}

std::shared_ptr<Run> Runs::byId(int64_t id) const
{
    const auto found = std::ranges::find(m_runs, id, [](const auto& run) { return run->id; });
    return id == 0 || found == m_runs.end() ? nullptr : *found;
}

std::shared_ptr<Run> Runs::current() const
{
    return run(m_current);
}

std::shared_ptr<Run> Runs::inProgress() const
{
    return run(m_inProgress);
}

const Method* Runs::methodOf(const Run& run) const
{
    return m_methods.find(run.request().method);
}

std::shared_ptr<Run> Runs::add(const Prepared& prepared, const ModelCard& card)
{
    const auto run = std::make_shared<Run>();
    run->number = ++m_lastNumber;
    run->id = newRunId();
    run->prepared = prepared;
    run->card = card;
    run->model = QString::fromStdString(card.name);
    run->started = QDateTime::currentDateTime();
    m_runs.push_back(run);
    m_current = run->number;
    return run;
}

bool Run::isOf(Request request) const
{
    if (away)
        request.images = this->request().images;
    return this->request() == request;
}

void Runs::addOpened(const Record& record, const SharedImage& picture)
{
    const auto run = add({.request = record.request, .values = record.resolved}, {});
    run->state = Run::Done;
    if (const auto& branch = record.request.branch)
        run->from = BranchPoint {.step = branch->step};
    run->opened = std::make_shared<const Record>(record);
    run->model = QString::fromStdString(record.model);
    run->modelMark.hash = record.modelHash;
    run->candidates = {
        {.image = picture, .seed = record.request.seed + uint64_t(record.candidate)}};
    Q_EMIT added(run->number);
    Q_EMIT currentChanged();
}

void Runs::refuse(int number, const QString& why)
{
    if (const auto run = this->run(number)) {
        run->notes = {why};
        Q_EMIT changed(number);
    }
}

void Runs::list(const std::vector<std::shared_ptr<Run>>& runs)
{
    for (const auto& run : runs) {
        run->number = ++m_lastNumber;
        if (run->marks.binned) {
            m_bin.push_back(run);
            continue;
        }
        m_runs.push_back(run);
        Q_EMIT added(run->number);
    }
}

void Runs::clear()
{
    Q_ASSERT(!running());
    m_current = 0;
    m_bin.clear();
    for (const auto& run : std::exchange(m_runs, {}))
        Q_EMIT removed(run->number);
    Q_EMIT currentChanged();
}

void Runs::fetch(int number)
{
    if (const auto run = this->run(number); run && run->away && m_fetch)
        m_fetch(*run);
}

/// Makes a run the one that is shown, with all that belongs to it.
void Runs::showNow(int number)
{
    m_current = number;
    fetch(number);
}

void Runs::addFailed(const Request& request, const ModelCard& card, const QString& why, int64_t id)
{
    const auto run = add({.request = request}, card);
    if (id != 0)
        run->id = id;
    run->state = Run::Failed;
    run->error = why;
    Q_EMIT added(run->number);
    Q_EMIT currentChanged();
}

void Runs::show(int number)
{
    if (number == m_current || !run(number))
        return;
    showNow(number);
    Q_EMIT currentChanged();
}

void Runs::showLastOf(const std::string& method)
{
    const int before = std::exchange(m_current, 0);
    for (const auto& run : m_runs)
        if (run->request().method == method)
            m_current = run->number;
    showNow(m_current);
    if (m_current != before)
        Q_EMIT currentChanged();
}

void Runs::remove(int number)
{
    if (number != m_inProgress && run(number))
        takeOut(number);
}

/// Another run is shown where it was the one: the one behind it, else the one before.
void Runs::takeOut(int number)
{
    const auto found =
        std::ranges::find(m_runs, number, [](const auto& run) { return run->number; });
    const auto next = m_runs.erase(found);
    const int shown = m_runs.empty() ? 0
        : next == m_runs.end()       ? m_runs.back()->number
                                     : (*next)->number;
    Q_EMIT removed(number);
    if (number != m_current)
        return;
    showNow(shown);
    Q_EMIT currentChanged();
}

Marks Runs::marks(int number) const
{
    for (const auto* list : {&m_runs, &m_bin})
        for (const auto& run : *list)
            if (run->number == number)
                return run->marks;
    return {};
}

void Runs::setMarks(int number, const Marks& marks)
{
    if (number == m_inProgress && marks.binned)
        return;
    if (const auto listed = run(number)) {
        listed->marks = marks;
        if (marks.binned) {
            m_bin.push_back(listed);
            takeOut(number);
        } else {
            Q_EMIT marked(number);
        }
        return;
    }
    const auto found =
        std::ranges::find(m_bin, number, [](const auto& run) { return run->number; });
    if (found == m_bin.end())
        return;
    (*found)->marks = marks;
    if (marks.binned)
        return;
    const auto place =
        std::ranges::find_if(m_runs, [number](const auto& run) { return run->number > number; });
    m_runs.insert(place, *found);
    m_bin.erase(found);
    Q_EMIT added(number);
    show(number);
}

void Runs::removeBinned(int number)
{
    std::erase_if(m_bin, [number](const auto& run) { return run->number == number; });
}

void Runs::takeStage(const StageEvent& event)
{
    const auto run = inProgress();
    if (!run)
        return;
    if (run->state == Run::Waiting)
        run->state = Run::Running;
    run->stage = translated(event.stage);
    run->stageDone = event.of > 0 ? double(event.done) / event.of : 0;
    if (!event.preview.empty())
        run->stagePreview = event.preview;
    if (event.of > 0)
        run->stage += tr(" (%1 of %2)").arg(event.done).arg(event.of);
    Q_EMIT changed(run->number);
}

void Runs::takeStep(const StepEvent& event, double seconds)
{
    const auto run = inProgress();
    if (!run)
        return;
    if (run->state == Run::Waiting)
        run->state = Run::Running;
    run->stage.clear();
    run->stagePreview = {};
    run->stepCount = event.steps;
    run->steps.resize(std::max(run->steps.size(), std::size_t(event.step) + 1));
    run->steps[std::size_t(event.step)] = {
        .time = event.time,
        .latent = event.latent,
        .prediction = event.prediction,
        .clean = event.clean,
        .previews = event.previews,
        .noisy = event.noisy};
    m_finishedSteps.push_back(seconds);
    run->seconds = seconds;
    run->secondsPerStep = ::secondsPerStep(m_finishedSteps);
    run->secondsLeft = ::secondsLeft(m_finishedSteps, event.steps);
    if (event.step == 0) // from here on it may be stopped and gone on with
        learnHash(*run);
    if (event.trace)
        Q_EMIT traced(run->number, event.step - 1, event.trace);
    Q_EMIT stepAdded(run->number, event.step);
}

/// The run in progress is over.
void Runs::end(Run& run)
{
    m_inProgress = 0;
    run.secondsLeft = 0;
    run.stage.clear();
    Q_EMIT ended(run.number);
}

void Runs::finish(const Result& result)
{
    const auto run = inProgress();
    const bool discarded = run->state == Run::Stopping && !m_keep && !run->goesOn;
    const bool paused = std::exchange(run->pausing, false) && result.stopped;
    run->seconds = double(m_clock.nsecsElapsed()) * 1e-9;
    m_before.reset();
    run->state = discarded ? Run::Discarded
        : paused           ? Run::Paused
        : result.stopped   ? Run::Stopped
                           : Run::Done;
    if (!discarded && !paused) {
        run->candidates = result.candidates;
        run->notes = translated(result.notes);
        for (std::size_t i = run->steps.size(); i < result.latents.size(); ++i)
            run->steps.push_back({.latent = result.latents[i]});
    }
    end(*run);
    Q_EMIT changed(run->number);
    if (discarded)
        remove(run->number);
}

void Runs::fail(const Failure& failure)
{
    const auto run = inProgress();
    if (backAgain(*run, failure))
        return;
    const bool discarded = run->state == Run::Stopping && !m_keep && !run->goesOn;
    run->state = discarded ? Run::Discarded : Run::Failed;
    run->pausing = false;
    run->cause = failure.cause;
    run->error = failure.sentence;
    run->errorDetails = failure.details;
    end(*run);
    Q_EMIT changed(run->number);
    if (discarded)
        remove(run->number);
}

/// Reads a gigabyte or more where the file was never read, so in the background.
void Runs::learnHash(const Run& run)
{
    if (!run.modelMark.hash.empty() || !m_hashing.insert(run.modelMark.stamp).second)
        return; // known, or soon known by another run of the same
    whenDone(
        QtConcurrent::run([mark = run.modelMark, card = run.card] {
            const Stopping stopping([ends = programEnds()] { return ends.stop_requested(); });
            return modelHashOf(mark, card);
        }),
        this, [this, mark = run.modelMark, path = run.card.path](const std::string& hash) {
            m_hashing.erase(mark.stamp);
            for (const auto& each : m_runs)
                if (!hash.empty() && each->card.path == path && each->modelMark == mark) {
                    each->modelMark.hash = hash;
                    Q_EMIT modelLearnt(each->number);
                }
        });
}
