// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/engine.h"

#include "app/checkpointhelper.h"
#include "app/settings.h"
#include "app/translated.h"
#include "core/errors.h"

#include <QElapsedTimer>
#include <QtConcurrent>

#include <mutex>
#include <new>
#include <stop_token>
#include <utility>

namespace {

Failure ofMessage(const QString& text)
{
    Failure failure {.sentence = text.section(QLatin1Char('\n'), 0, 0).trimmed(), .details = text};
    static const QStringList signs {
        QStringLiteral("out of memory"), QStringLiteral("not enough memory"),
        QStringLiteral("can't allocate memory")};
    for (const QString& sign : signs)
        if (text.contains(sign, Qt::CaseInsensitive))
            failure.cause = Failure::Memory;
    if (failure.cause == Failure::Memory)
        failure.sentence = QStringLiteral(
            "There is not enough memory for this: a smaller size, fewer candidates or another "
            "precision needs less.");
    return failure;
}

} // namespace

Failure currentFailure()
{
    try {
        throw;
    } catch (const ValueError& error) {
        return {.sentence = translated(error.sentence()), .cause = Failure::Value};
    } catch (const WorkError& error) {
        return {.sentence = translated(error.sentence())};
    } catch (const Error& error) {
        return {.sentence = translated(error.sentence()), .cause = Failure::Input};
    } catch (const std::bad_alloc&) {
        return ofMessage(QStringLiteral("out of memory"));
    } catch (const std::exception& error) {
        return ofMessage(QString::fromUtf8(error.what()));
    } catch (...) {
        return {.sentence = QStringLiteral("Something failed that gave no reason.")};
    }
}

/// What goes into the worker during a run.
struct Engine::Control
{
    std::stop_source stopping;
    std::mutex mutex;
    std::vector<int> wishes; ///< steps to decode in full; behind the mutex
    bool keeping = true;     ///< of a run that is stopped; behind the mutex

    Answer answer()
    {
        const std::scoped_lock lock(mutex);
        return {
            .goOn = !stopping.stop_requested(),
            .keep = keeping,
            .decode = std::exchange(wishes, {})};
    }
};

Engine::Engine(QObject* parent)
    : QObject(parent)
    , m_models(Settings::cacheFolder().toStdString(), convertedCheckpoint)
{
    m_worker.setMaxThreadCount(1);
    m_worker.setExpiryTimeout(-1); // thread-local state of the libraries stays warm
    connect(&m_watcher, &QFutureWatcher<Message>::resultReadyAt, this, [this](int index) {
        receive(m_watcher.resultAt(index));
    });
    connect(&m_watcher, &QFutureWatcher<Message>::finished, this, [this] {
        m_jobs.pop_front();
        startNext();
    });
}

Engine::~Engine()
{
    m_watcher.disconnect(this);
    m_closing.request_stop();
    stop(false);
    m_worker.waitForDone();
}

bool Engine::running() const
{
    return m_running;
}

void Engine::start(const Method& method, const Request& request)
{
    Q_ASSERT(!m_running);
    m_running = true;
    m_control = std::make_shared<Control>();
    const auto task = [this, method, request, control = m_control](QPromise<Message>& promise) {
        QElapsedTimer clock;
        clock.start();
        const auto report = [&](const Event& event) {
            promise.addResult(Told {event, double(clock.nsecsElapsed()) * 1e-9});
            return control->answer();
        };
        // A run that had to wait for its turn may have been stopped meanwhile.
        promise.addResult(
            control->stopping.stop_requested() ? Result {.stopped = true}
                                               : run(method, request, m_models, report));
    };
    add({.run = true, .task = task});
}

void Engine::stop(bool keep)
{
    if (!m_control)
        return;
    const std::scoped_lock lock(m_control->mutex);
    m_control->keeping = keep;
    m_control->stopping.request_stop();
}

void Engine::decodeDuringRun(int step)
{
    if (!m_running)
        return;
    const std::scoped_lock lock(m_control->mutex);
    m_control->wishes.push_back(step);
}

void Engine::decode(
    const Method& method, const Request& request, int step, std::shared_ptr<const Latent> latent)
{
    add({.task = [this, method, request, step, latent](QPromise<Message>& promise) {
        promise.addResult(Told {DecodedEvent {step, method.decode(request, m_models, *latent)}});
    }});
}

void Engine::releaseModels()
{
    add({.task = [this](QPromise<Message>&) { m_models.release(); }});
}

void Engine::addQuestion(
    std::function<Delivery(Models&)> work, std::function<void(const Failure&)> failed)
{
    const auto task = [this, work = std::move(work)](QPromise<Message>& promise) {
        promise.addResult(Message(work(m_models)));
    };
    add({.task = task, .failed = std::move(failed)});
}

void Engine::add(Job job)
{
    m_jobs.push_back(std::move(job));
    if (m_jobs.size() == 1)
        startNext();
}

void Engine::startNext()
{
    if (m_jobs.empty())
        return;
    m_watcher.setFuture(QtConcurrent::run(
        &m_worker, [task = std::move(m_jobs.front().task)](QPromise<Message>& promise) {
            // By hand: QtConcurrent would wrap an exception and lose its text.
            try {
                task(promise);
            } catch (...) {
                promise.addResult(currentFailure());
            }
        }));
}

void Engine::receive(const Message& message)
{
    const Job& job = m_jobs.front();
    if (const auto* told = std::get_if<Told>(&message))
        return receiveEvent(*told);
    if (const auto* deliver = std::get_if<Delivery>(&message))
        return (*deliver)();
    if (job.run) {
        m_running = false;
        m_control.reset();
    }
    if (const auto* result = std::get_if<Result>(&message))
        Q_EMIT finished(*result);
    else if (job.run)
        Q_EMIT failed(std::get<Failure>(message));
    else if (job.failed)
        job.failed(std::get<Failure>(message));
    else
        Q_EMIT decodeFailed(std::get<Failure>(message));
}

void Engine::receiveEvent(const Told& told)
{
    if (const auto* now = std::get_if<StageEvent>(&told.event))
        Q_EMIT stage(*now);
    else if (const auto* step = std::get_if<StepEvent>(&told.event))
        Q_EMIT stepDone(*step, told.seconds);
    else if (m_jobs.front().run)
        Q_EMIT decoded(std::get<DecodedEvent>(told.event));
    else
        Q_EMIT latentDecoded(std::get<DecodedEvent>(told.event));
}
