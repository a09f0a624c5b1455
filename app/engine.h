// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ending.h"
#include "core/method.h"
#include "core/models.h"

#include <QFutureWatcher>
#include <QObject>
#include <QPointer>
#include <QThreadPool>

#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <stop_token>
#include <variant>

/// Why there is no result.
struct Failure
{
    enum Cause {
        Other,
        Memory, ///< there is not enough
        Disk,   ///< it is full
        Device, ///< it no longer answers
        Value,  ///< a value is refused
        Input   ///< a picture, a file or a model is refused
    };

    QString sentence = {}; ///< for the user
    QString details = {};  ///< what a library said beyond it; may be empty
    Cause cause = Other;
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
    explicit Engine(QObject* parent = nullptr, std::chrono::milliseconds longest = longestEnd);
    /// Stops and waits for the step in progress. Where that does not end in time, the process does:
    /// whoever closes a window or logs out is not kept waiting by a library that hangs. What was
    /// to be kept has been written by then; files that are being written are waited for.
    ~Engine() override;

    bool running() const;
    /// Starts a run of what is ready; none may be running. @p recording is what its steps tell of
    /// the network, @p done are steps that are done already.
    void start(
        const Method& method, const Prepared& prepared, const Recording& recording = {},
        const DoneSteps& done = {});
    /// Asks the run to end after the step in progress; finished() follows, with the pictures of
    /// the last step where @p keep says that they are wanted.
    void stop(bool keep = true);
    /// When a question is answered.
    enum Turn {
        InOrder,     ///< behind the run in progress and what waits already
        BetweenSteps ///< between two steps of the run in progress: for what is quick and needs the
                     ///< same model, since another one would need its memory besides
    };
    /// Does something else on the worker when its turn comes. Then @p done or @p failed is called
    /// on the Engine's thread, unless @p context is gone by then.
    template<typename T>
    void ask(
        QObject* context, std::function<T(Models&)> work, std::function<void(const T&)> done,
        std::function<void(const Failure&)> failed, Turn turn = InOrder)
    {
        const QPointer<QObject> guard(context);
        addQuestion(
            turn,
            [guard, work, done](Models& models) -> Delivery {
                const auto value = std::make_shared<const T>(work(models));
                return [guard, done, value] {
                    if (guard)
                        done(*value);
                };
            },
            [guard, failed](const Failure& failure) {
                if (guard)
                    failed(failure);
            });
    }
    /// Asked to stop when the program ends: for what takes long in ask().
    std::stop_token closing() const { return m_closing.get_token(); }
    /// Forgets the model in memory when the worker is idle.
    void releaseModels();

Q_SIGNALS:
    void stage(const StageEvent& event);
    void stepDone(const StepEvent& event, double seconds); ///< since the start of the run
    void finished(const Result& result);
    void failed(const Failure& failure);

private:
    struct Told
    {
        Event event = {};
        double seconds = 0; ///< taken on the worker: events may be delivered in bunches
    };
    using Delivery = std::function<void()>; ///< hands over what a question gave
    /// What was told is shared and emptied when it is handed over: a future keeps what it gave
    /// until it ends, and what steps hold is large.
    using Message = std::variant<std::shared_ptr<Told>, Result, Failure, Delivery>;
    using Task = std::function<void(QPromise<Message>&)>;
    struct Job
    {
        bool run = false;
        Task task = {};
    };
    struct Control;

    void add(Job job);
    void addQuestion(
        Turn turn, std::function<Delivery(Models&)> work,
        std::function<void(const Failure&)> failed);
    void startNext();
    void receive(const Message& message);
    void endRun();

    const std::chrono::milliseconds m_longest;
    QThreadPool m_worker;
    QFutureWatcher<Message> m_watcher;
    std::shared_ptr<Control> m_control; ///< of the run in progress
    std::deque<Job> m_jobs;             ///< the first is in progress
    std::stop_source m_closing;
    Models m_models;
    bool m_running = false;
};
