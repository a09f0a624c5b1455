// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/runtimes.h"
#include "app/session.h"
#include "app/sessionstate.h"

#include <QRandomGenerator>

#include <algorithm>

void Session::listen()
{
    Engine& engine = m_state->engine;
    connect(&engine, &Engine::stage, this, [this](const StageEvent& event) {
        const auto run = m_state->run(m_state->inProgress);
        if (!run)
            return;
        if (run->state == Run::Waiting)
            run->state = Run::Running;
        run->stage = QString::fromStdString(event.stage);
        if (event.of > 0)
            run->stage += tr(" (%1 of %2)").arg(event.done).arg(event.of);
        Q_EMIT runChanged(run->number);
    });
    connect(&engine, &Engine::stepDone, this, &Session::stepDone);
    connect(&engine, &Engine::finished, this, &Session::finish);
    connect(&engine, &Engine::failed, this, &Session::fail);
    connect(&engine, &Engine::decoded, this, [this](const DecodedEvent& event) {
        std::erase(m_state->wishes, event.step);
        takeDecoded(m_state->inProgress, event);
    });
    connect(&engine, &Engine::latentDecoded, this, [this](const DecodedEvent& event) {
        const State::WantedDecode wanted = m_state->decodes.front();
        m_state->decodes.pop_front();
        takeDecoded(wanted.run, event);
    });
    connect(&engine, &Engine::decodeFailed, this, [this](const Failure& failure) {
        const State::WantedDecode wanted = m_state->decodes.front();
        m_state->decodes.pop_front();
        Q_EMIT decodeFailed(wanted.run, wanted.step, failure.sentence);
    });
    auto& helper = m_state->helper;
    connect(
        &helper, &CheckpointHelper::converted, this,
        [this](const QString& from, const QString& to) {
            m_state->converting.clear();
            Q_EMIT modelStage({});
            describe(from, to);
        });
    connect(
        &helper, &CheckpointHelper::failed, this, [this](const QString&, const QString& sentence) {
            m_state->converting.clear();
            Q_EMIT modelStage({});
            Q_EMIT modelFailed(sentence);
        });
}

void Session::start()
{
    if (running() || !missing().isEmpty())
        return;
    if (!m_state->seedLocked) {
        m_state->seed = QRandomGenerator::global()->generate();
        Q_EMIT seedChanged();
    }
    const auto run = std::make_shared<Run>();
    run->number = ++m_state->lastNumber;
    run->request = request();
    run->card = m_state->chosenCard();
    run->model = QString::fromStdString(run->card.name);
    run->started = QDateTime::currentDateTime();
    m_state->runs.push_back(run);
    m_state->current = run->number;
    m_state->finishedSteps.clear();
    m_state->wishes.clear();
    m_state->clock.start();
    try {
        run->resolved = resolve(method(), run->request, m_state->card);
        m_state->inProgress = run->number;
        m_state->engine.start(method(), run->request);
    } catch (...) {
        m_state->inProgress = 0;
        run->state = Run::Failed;
        run->error = currentFailure().sentence;
    }
    Q_EMIT runAdded(run->number);
    Q_EMIT currentChanged();
}

void Session::stop(bool keep)
{
    const auto run = m_state->run(m_state->inProgress);
    if (!run)
        return;
    m_state->keep = keep;
    m_state->engine.stop(keep);
    if (run->state == Run::Stopping)
        return;
    run->state = Run::Stopping;
    Q_EMIT runChanged(run->number);
}

bool Session::running() const
{
    return m_state->inProgress != 0;
}

const std::vector<std::shared_ptr<Run>>& Session::runs() const
{
    return m_state->runs;
}

std::shared_ptr<Run> Session::current() const
{
    return m_state->run(m_state->current);
}

void Session::show(int number)
{
    if (number == m_state->current || !m_state->run(number))
        return;
    m_state->current = number;
    Q_EMIT currentChanged();
}

void Session::removeRun(int number)
{
    if (number == m_state->inProgress || !m_state->run(number))
        return;
    std::erase_if(m_state->runs, [number](const auto& run) { return run->number == number; });
    Q_EMIT runRemoved(number);
    if (number != m_state->current)
        return;
    m_state->current = m_state->runs.empty() ? 0 : m_state->runs.back()->number;
    Q_EMIT currentChanged();
}

void Session::stepDone(const StepEvent& event, double seconds)
{
    const auto run = m_state->run(m_state->inProgress);
    if (!run)
        return;
    if (run->state == Run::Waiting)
        run->state = Run::Running;
    run->stage.clear();
    run->stepCount = event.steps;
    run->steps.resize(std::max(run->steps.size(), std::size_t(event.step) + 1));
    run->steps[event.step] = {
        .time = event.time,
        .latent = event.latent,
        .previews = event.previews,
        .noisy = event.noisy};
    m_state->finishedSteps.push_back(seconds);
    run->seconds = seconds;
    run->secondsPerStep = ::secondsPerStep(m_state->finishedSteps);
    run->secondsLeft = ::secondsLeft(m_state->finishedSteps, event.steps);
    Q_EMIT stepAdded(run->number, event.step);
    Q_EMIT runChanged(run->number);
}

void Session::finish(const Result& result)
{
    const auto run = m_state->run(m_state->inProgress);
    m_state->inProgress = 0;
    askNotesSoon();
    run->seconds = double(m_state->clock.nsecsElapsed()) * 1e-9;
    run->secondsLeft = 0;
    run->stage.clear();
    if (run->state == Run::Stopping && !m_state->keep) {
        run->state = Run::Discarded;
        Q_EMIT runChanged(run->number);
        removeRun(run->number);
        return;
    }
    run->candidates = result.candidates;
    for (const std::string& note : result.notes)
        run->notes.append(QString::fromStdString(note));
    run->state = result.stopped ? Run::Stopped : Run::Done;
    for (std::size_t i = run->steps.size(); i < result.latents.size(); ++i)
        run->steps.push_back({.latent = result.latents[i]});
    // Asked for too late to be decoded during the run.
    for (const int step : std::exchange(m_state->wishes, {}))
        decodeLater(*run, step);
    startHashing(run->card);
    trimInversions();
    Q_EMIT runChanged(run->number);
}

void Session::fail(const Failure& failure)
{
    const auto run = m_state->run(m_state->inProgress);
    m_state->inProgress = 0;
    askNotesSoon();
    m_state->wishes.clear();
    run->secondsLeft = 0;
    run->stage.clear();
    const bool discarded = run->state == Run::Stopping && !m_state->keep;
    run->state = discarded ? Run::Discarded : Run::Failed;
    const QString chosen = QString::fromStdString(run->card.path.string());
    const QString loaded = QString::fromStdString(run->request.model);
    run->error = namedAsChosen(failure.sentence, chosen, loaded);
    run->errorDetails = namedAsChosen(failure.details, chosen, loaded);
    Q_EMIT runChanged(run->number);
    if (discarded)
        removeRun(run->number);
}

void Session::decodeStep(int step)
{
    const auto run = current();
    if (!run || step < 0 || step >= int(run->steps.size()) || !run->steps[step].decoded.empty())
        return;
    if (run->number != m_state->inProgress) {
        decodeLater(*run, step);
    } else if (std::ranges::find(m_state->wishes, step) == m_state->wishes.end()) {
        m_state->wishes.push_back(step);
        m_state->engine.decodeDuringRun(step);
    }
}

void Session::decodeLater(const Run& run, int step)
{
    const State::WantedDecode wanted {run.number, step};
    const Method* method = m_state->methods.find(run.request.method);
    if (!method || !method->decode || !run.steps[step].latent
        || std::ranges::find(m_state->decodes, wanted) != m_state->decodes.end())
        return;
    Request request = run.request;
    request.values = run.resolved;
    m_state->decodes.push_back(wanted);
    m_state->engine.decode(*method, request, step, run.steps[step].latent);
}

void Session::takeDecoded(int number, const DecodedEvent& event)
{
    const auto run = m_state->run(number);
    if (!run || event.step < 0 || event.step >= int(run->steps.size()))
        return;
    run->steps[event.step].decoded = event.candidates;
    Q_EMIT stepDecoded(number, event.step);
}
