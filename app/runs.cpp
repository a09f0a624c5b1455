// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/runs.h"

#include "app/checkpointhelper.h"
#include "app/methodlist.h"
#include "app/runtimes.h"
#include "app/settings.h"
#include "app/translated.h"
#include "core/models.h"

#include <QtConcurrent>

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
    run->prepared = prepared;
    run->card = card;
    run->model = QString::fromStdString(card.name);
    run->started = QDateTime::currentDateTime();
    m_runs.push_back(run);
    m_current = run->number;
    return run;
}

void Runs::start(const Prepared& prepared, const ModelCard& card, const Recording& recording)
{
    Q_ASSERT(!running());
    const auto run = add(prepared, card);
    m_inProgress = run->number;
    m_finishedSteps.clear();
    m_clock.start();
    m_engine.start(*methodOf(*run), prepared, recording);
    Q_EMIT added(run->number);
    Q_EMIT currentChanged();
}

void Runs::addFailed(const Request& request, const ModelCard& card, const QString& why)
{
    const auto run = add({.request = request}, card);
    run->state = Run::Failed;
    run->error = why;
    Q_EMIT added(run->number);
    Q_EMIT currentChanged();
}

void Runs::stop(bool keep)
{
    const auto run = inProgress();
    if (!run)
        return;
    m_keep = keep;
    m_engine.stop(keep);
    if (run->state == Run::Stopping)
        return;
    run->state = Run::Stopping;
    Q_EMIT changed(run->number);
}

void Runs::show(int number)
{
    if (number == m_current || !run(number))
        return;
    m_current = number;
    Q_EMIT currentChanged();
}

void Runs::showLastOf(const std::string& method)
{
    const int before = std::exchange(m_current, 0);
    for (const auto& run : m_runs)
        if (run->request().method == method)
            m_current = run->number;
    if (m_current != before)
        Q_EMIT currentChanged();
}

void Runs::remove(int number)
{
    if (number == m_inProgress || !run(number))
        return;
    std::erase_if(m_runs, [number](const auto& run) { return run->number == number; });
    Q_EMIT removed(number);
    if (number != m_current)
        return;
    m_current = m_runs.empty() ? 0 : m_runs.back()->number;
    Q_EMIT currentChanged();
}

void Runs::takeStage(const StageEvent& event)
{
    const auto run = inProgress();
    if (!run)
        return;
    if (run->state == Run::Waiting)
        run->state = Run::Running;
    run->stage = translated(event.stage);
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
    const bool discarded = run->state == Run::Stopping && !m_keep;
    run->seconds = double(m_clock.nsecsElapsed()) * 1e-9;
    run->state = discarded ? Run::Discarded : result.stopped ? Run::Stopped : Run::Done;
    if (!discarded) {
        run->candidates = result.candidates;
        run->notes = translated(result.notes);
        for (std::size_t i = run->steps.size(); i < result.latents.size(); ++i)
            run->steps.push_back({.latent = result.latents[i]});
        learnHash(run->card);
    }
    end(*run);
    Q_EMIT changed(run->number);
    if (discarded)
        remove(run->number);
}

void Runs::fail(const Failure& failure)
{
    const auto run = inProgress();
    const bool discarded = run->state == Run::Stopping && !m_keep;
    run->state = discarded ? Run::Discarded : Run::Failed;
    const QString chosen = QString::fromStdString(run->card.path.string());
    const QString loaded = QString::fromStdString(run->request().model);
    run->error = namedAsChosen(failure.sentence, chosen, loaded);
    run->errorDetails = namedAsChosen(failure.details, chosen, loaded);
    end(*run);
    Q_EMIT changed(run->number);
    if (discarded)
        remove(run->number);
}

Engine::Turn Runs::turnFor(const Run& run) const
{
    const auto busy = inProgress();
    const auto files = [](const Run& of, const Method* method) {
        const Parameter* own = method ? parameter(*method, Role::Autoencoder) : nullptr;
        const auto found = own ? of.values().find(own->id) : of.values().end();
        const Request& r = of.request();
        return std::tuple(
            r.model, r.device, r.precision, r.prediction,
            found == of.values().end() ? std::string() : toText(found->second));
    };
    const bool same = busy && files(*busy, methodOf(*busy)) == files(run, methodOf(run));
    return same ? Engine::BetweenSteps : Engine::InOrder;
}

void Runs::decodeStep(int step)
{
    const auto run = current();
    if (!run || step < 0 || step >= int(run->steps.size()))
        return;
    const RunStep& at = run->steps[std::size_t(step)];
    const Method* method = methodOf(*run);
    if (!at.decoded.empty() || !at.latent || !method || !method->decode
        || !m_decoding.insert({run->number, step}).second)
        return;
    using Candidates = std::vector<Candidate>;
    const int number = run->number;
    m_engine.ask<Candidates>(
        this,
        [decode = method->decode, request = run->prepared.whole(),
         latent = at.latent](Models& models) { return decode(request, models, *latent); },
        [this, number, step](const Candidates& candidates) {
            m_decoding.erase({number, step});
            const auto decoded = this->run(number);
            if (!decoded)
                return; // it was removed meanwhile
            decoded->steps[std::size_t(step)].decoded = candidates;
            Q_EMIT stepDecoded(number, step);
        },
        [this, number, step](const Failure& failure) {
            m_decoding.erase({number, step});
            Q_EMIT decodeFailed(number, step, failure.sentence);
        },
        turnFor(*run));
}

/// Reads a gigabyte or more where the file was never read, so in the background.
void Runs::learnHash(const ModelCard& card)
{
    QtConcurrent::run([card, folder = Settings::cacheFolder().toStdString()]() -> std::string {
        try {
            return modelHash(card, folder);
        } catch (...) {
            return {}; // whoever saves a picture tries again and is told
        }
    }).then(this, [this, path = card.path](const std::string& hash) {
        for (const auto& run : m_runs)
            if (run->card.path == path && run->modelHash.empty())
                run->modelHash = hash;
    });
}
