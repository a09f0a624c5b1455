// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/method.h"
#include "core/models.h"

#include <QFutureWatcher>
#include <QObject>
#include <QThreadPool>

#include <deque>
#include <functional>
#include <memory>
#include <variant>

/// Why there is no result.
struct Failure
{
    QString sentence = {}; ///< for the user
    QString details = {};  ///< what a library said beyond it; may be empty
    bool outOfMemory = false;
};

/// The exception in flight as a Failure: an Error as it stands, anything else with its first line
/// as the sentence.
Failure currentFailure();

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
    /// Decodes a latent of an earlier run; latentDecoded() or decodeFailed() follows, in the order
    /// of the calls. Waits for its turn behind a run.
    void decode(
        const Method& method, const Request& request, int step,
        std::shared_ptr<const Latent> latent);
    /// Forgets the model in memory when the worker is idle.
    void releaseModels();

Q_SIGNALS:
    void stage(const StageEvent& event);
    void stepDone(const StepEvent& event, double seconds); ///< since the start of the run
    void decoded(const DecodedEvent& event);               ///< during a run
    void finished(const Result& result);
    void failed(const Failure& failure);
    void latentDecoded(const DecodedEvent& event); ///< of an earlier run
    void decodeFailed(const Failure& failure);

private:
    struct Told
    {
        Event event = {};
        double seconds = 0; ///< taken on the worker: events may be delivered in bunches
    };
    using Message = std::variant<Told, Result, Failure>;
    using Task = std::function<void(QPromise<Message>&)>;
    struct Job
    {
        bool run = false;
        Task task = {};
    };
    struct Control;

    void add(bool run, Task task);
    void startNext();
    void receive(const Message& message);
    void receiveEvent(const Told& told);

    QThreadPool m_worker;
    QFutureWatcher<Message> m_watcher;
    std::shared_ptr<Control> m_control; ///< of the run in progress
    std::deque<Job> m_jobs;             ///< the first is in progress
    Models m_models;
    bool m_running = false;
};
