// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/method.h"
#include "core/models.h"

#include <QFutureWatcher>
#include <QObject>
#include <QThreadPool>

#include <memory>
#include <mutex>
#include <stop_token>
#include <variant>
#include <vector>

/// Runs one request at a time on the one worker thread, the only one that touches a tensor. Signals
/// arrive in order on the thread of the Engine.
class Engine : public QObject
{
    Q_OBJECT

public:
    explicit Engine(QObject* parent = nullptr);
    ~Engine() override; ///< stops, waits for the step in progress

    bool running() const;
    /// Starts a run; none may be running.
    void start(const Method& method, const Request& request);
    /// Asks the run to end after the step in progress; finished() follows.
    void stop();
    /// Asks for a full decode of a step: between two steps of the run in progress.
    void decodeDuringRun(int step);
    /// Decodes a latent of an earlier run; decoded() follows, or failed(). Waits for its turn
    /// behind a run.
    void decode(
        const Method& method, const Request& request, int step,
        std::shared_ptr<const Latent> latent);
    /// Forgets the model in memory when the worker is idle.
    void releaseModels();

Q_SIGNALS:
    void stage(const StageEvent& event);
    void stepDone(const StepEvent& event);
    void decoded(const DecodedEvent& event);
    void finished(const Result& result);
    void failed(const QString& sentence, const QString& details);

private:
    using Message = std::variant<Event, Result>;
    struct Control;

    void work(const std::function<void(QPromise<Message>&)>& task);

    QThreadPool m_worker;
    QFutureWatcher<Message> m_watcher;
    std::shared_ptr<Control> m_control;
    Models m_models;
    bool m_running = false;
};
