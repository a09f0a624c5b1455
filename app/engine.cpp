// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/engine.h"

#include "app/checkpointhelper.h"
#include "app/convertedfile.h"
#include "app/crashreport.h"
#include "app/exitcode.h"
#include "app/settings.h"
#include "app/translated.h"
#include "core/errors.h"
#include "core/file/systemerror.h"
#include "core/graphics.h"
#include "core/memory.h"
#include "core/stopping.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QtConcurrentRun>

#include <array>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <mutex>
#include <new>
#include <stop_token>
#include <string_view>
#include <system_error>
#include <utility>

#include <unistd.h>

namespace {

/// oneDNN does not say that it was memory that it lacked.
bool lackedMemory(const QString& text)
{
    constexpr uint64_t little = uint64_t(512) << 20;
    const bool ofOneDnn = text.startsWith(QStringLiteral("could not create a "))
        || text.startsWith(QStringLiteral("could not execute a "));
    return ofOneDnn && freeMemory() < little;
}

/// What libraries say, and what it means.
struct Sign
{
    QLatin1String pattern;
    Failure::Cause cause;
};
/// The first that is found counts. libtorch puts the names of CUDA's libraries before what they say
/// (ATen/cuda/Exceptions.h), cuBLAS's errors count as CUDA's. Their errors stay until the process
/// ends, but for those that refuse a call beforehand.
constexpr std::array knownSigns {
    Sign {QLatin1String("out of memory|not enough memory|can't allocate memory"), Failure::Memory},
    Sign {
        QLatin1String("CU[A-Z]+_STATUS_(INTERNAL_ERROR_\\w+_)?ALLOC(ATION)?_FAILED"),
        Failure::Memory},
    // What a library says that finds no memory for itself when it is first used.
    Sign {
        QLatin1String("CU[A-Z]+_STATUS_NOT_INITIALIZED(,? when calling `\\w*Create|(?m:$))"),
        Failure::Memory},
    Sign {
        QLatin1String(
            "CUDA (driver )?error: (no kernel image|invalid device ordinal|invalid device function|"
            "invalid argument|invalid configuration argument|too many resources requested|"
            "operation not supported)"),
        Failure::Other},
    Sign {
        QLatin1String("CU[A-Z]+_STATUS_(NOT_SUPPORTED|BAD_PARAM|INVALID_VALUE|ARCH_MISMATCH|"
                      "MATRIX_TYPE_NOT_SUPPORTED|INTERNAL_ERROR_COMPILATION_FAILED)"),
        Failure::Other},
    Sign {QLatin1String("(CUDA|CUDA driver|cuDNN|cusolver) error: "), Failure::Device}};

Failure::Cause meaningOf(const QString& text)
{
    for (const Sign& sign : knownSigns)
        if (text.contains(
                QRegularExpression(sign.pattern, QRegularExpression::CaseInsensitiveOption)))
            return sign.cause;
    return lackedMemory(text) ? Failure::Memory : Failure::Other;
}

/// What to do about too little memory, with the numbers where libtorch says them.
Sentence lackOfMemory(const QString& text)
{
    static const QRegularExpression onGpu(
        QStringLiteral("Tried to allocate ([\\d.]+ [A-Za-z]+)\\..*total capacity of ([\\d.]+ "
                       "[A-Za-z]+) of which ([\\d.]+ [A-Za-z]+) is free"),
        QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression here(QStringLiteral("tried to allocate (\\d+) bytes"));
    if (const auto found = onGpu.match(text); found.hasMatch())
        return {
            "There is not enough memory on the GPU: %1 more was needed, and of its %2 there is %3 "
            "free. A smaller size, fewer candidates or another precision needs less.",
            found.captured(1).toStdString(), found.captured(2).toStdString(),
            found.captured(3).toStdString()};
    if (const auto found = here.match(text); found.hasMatch())
        return {
            "There is not enough memory for this: %1 more was needed, and there is %2 free. A "
            "smaller size, fewer candidates or another precision needs less.",
            amountOf(found.captured(1).toULongLong()), amountOf(freeMemory())};
    return "There is not enough memory for this: a smaller size, fewer candidates or another "
           "precision needs less.";
}

Failure ofMessage(const QString& text)
{
    Failure failure {
        .sentence = text.section(QLatin1Char('\n'), 0, 0).trimmed(),
        .details = text,
        .cause = meaningOf(text)};
    if (failure.cause == Failure::Memory)
        failure.sentence = translated(lackOfMemory(text));
    if (failure.cause == Failure::Device)
        failure.sentence = translated(Sentence(
            "The GPU no longer answers (%1). Start Simile again to use it, or choose the device "
            "cpu.",
            failure.sentence.toStdString()));
    return failure;
}

/// Where memory did not suffice the networks are forgotten, so that the next run has it. A GPU that
/// no longer answers is not asked again.
void freeAfter(const Failure& failure, Models& models)
{
    if (failure.cause == Failure::Memory)
        models.release();
    if (failure.cause == Failure::Device) {
        loseGraphics();
        models.abandon();
    }
}

/// That of a disk that is full, where the sentence says so; else @p cause.
Failure::Cause causeOf(const Error& error, Failure::Cause cause)
{
    const std::string_view said = error.what();
    const std::string full = std::generic_category().message(ENOSPC);
    for (const std::string_view sign :
         {std::string_view(full), std::string_view("there is not enough space"),
          std::string_view("your disk quota is used up")})
        if (said.find(sign) != said.npos)
            return Failure::Disk;
    return cause;
}

} // namespace

Failure currentFailure()
{
    const auto told = [](const Error& error) {
        return namedAsChosen(translated(error.sentence()));
    };
    try {
        throw;
    } catch (const ValueError& error) {
        return {.sentence = told(error), .cause = Failure::Value};
    } catch (const MemoryError& error) {
        return {.sentence = told(error), .cause = Failure::Memory};
    } catch (const DeviceError& error) {
        return {.sentence = told(error), .cause = Failure::Device};
    } catch (const WorkError& error) {
        return {.sentence = told(error), .cause = causeOf(error, Failure::Other)};
    } catch (const Error& error) {
        return {.sentence = told(error), .cause = causeOf(error, Failure::Input)};
    } catch (const std::filesystem::filesystem_error& error) {
        return {.sentence = translated(sentenceOf(error)), .cause = Failure::Input};
    } catch (const std::bad_alloc&) {
        return ofMessage(QStringLiteral("out of memory"));
    } catch (const std::exception& error) {
        return ofMessage(QString::fromUtf8(error.what()));
    } catch (...) {
        return {.sentence = translated(Sentence("Something failed that gave no reason."))};
    }
}

/// What goes into the worker during a run.
struct Engine::Control
{
    std::stop_source stopping;
    std::mutex mutex;
    std::vector<Task> questions; ///< to be answered between two steps; behind the mutex
    bool keeping = true;         ///< of a run that is stopped; behind the mutex

    Answer answer()
    {
        const std::scoped_lock lock(mutex);
        return {.goOn = !stopping.stop_requested(), .keep = keeping};
    }
    std::vector<Task> takeQuestions()
    {
        const std::scoped_lock lock(mutex);
        return std::exchange(questions, {});
    }
};

Engine::Engine(QObject* parent, std::chrono::milliseconds longest)
    : QObject(parent)
    , m_longest(longest)
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
    if (m_worker.waitForDone(int(m_longest.count())))
        return;
    QThreadPool::globalInstance()->waitForDone();
    std::fputs("Simile: the step in progress did not end in time, so the program ended.\n", stderr);
    _exit(ExitFailed);
}

bool Engine::running() const
{
    return m_running;
}

void Engine::start(
    const Method& method, const Prepared& prepared, const Recording& recording,
    const DoneSteps& done)
{
    Q_ASSERT(!m_running);
    m_running = true;
    m_control = std::make_shared<Control>();
    const auto task = [this, method, prepared, recording, done,
                       control = m_control](QPromise<Message>& promise) {
        QElapsedTimer clock;
        clock.start();
        const auto tell = [&](const Event& event) {
            promise.addResult(
                std::make_shared<Told>(Told {event, double(clock.nsecsElapsed()) * 1e-9}));
            if (std::holds_alternative<StepEvent>(event))
                for (const Task& question : control->takeQuestions())
                    question(promise);
            return control->answer();
        };
        const Stopping stopping(
            [control] { return control->stopping.stop_requested(); },
            [control] { return !control->answer().keep; });
        // A run that had to wait for its turn may have been stopped meanwhile.
        promise.addResult(
            control->stopping.stop_requested()
                ? Result {.stopped = true}
                : run(method, prepared, m_models, Report(tell, recording, done)));
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

void Engine::releaseModels()
{
    add({.task = [this](QPromise<Message>&) { m_models.release(); }});
}

void Engine::addQuestion(
    Turn turn, std::function<Delivery(Models&)> work, std::function<void(const Failure&)> failed)
{
    const Task task = [this, work = std::move(work), failed = std::move(failed),
                       closing = closing()](QPromise<Message>& promise) {
        // The stop of a run that it interrupts is not meant for it.
        const Stopping stopping([closing] { return closing.stop_requested(); });
        try {
            promise.addResult(Message(work(m_models)));
        } catch (...) {
            const Failure failure = currentFailure();
            freeAfter(failure, m_models);
            promise.addResult(Message(Delivery([failed, failure] { failed(failure); })));
        }
    };
    if (turn == InOrder || !m_running)
        return add({.task = task});
    const std::scoped_lock lock(m_control->mutex);
    m_control->questions.push_back(task);
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
        &m_worker, [this, task = std::move(m_jobs.front().task)](QPromise<Message>& promise) {
            reportDeepStacksHere(); // the worker is one thread from its first job on
            // By hand: QtConcurrent would wrap an exception and lose its text.
            try {
                task(promise);
            } catch (...) {
                const Failure failure = currentFailure();
                freeAfter(failure, m_models);
                promise.addResult(failure);
            }
        }));
}

void Engine::receive(const Message& message)
{
    if (const auto* deliver = std::get_if<Delivery>(&message))
        return (*deliver)();
    if (const auto* shared = std::get_if<std::shared_ptr<Told>>(&message)) {
        const Told told = std::exchange(**shared, {});
        if (const auto* now = std::get_if<StageEvent>(&told.event))
            Q_EMIT stage(*now);
        else
            Q_EMIT stepDone(std::get<StepEvent>(told.event), told.seconds);
        return;
    }
    if (!m_jobs.front().run)
        return; // forgetting a model has nothing to say
    endRun();
    if (const auto* result = std::get_if<Result>(&message))
        Q_EMIT finished(*result);
    else
        Q_EMIT failed(std::get<Failure>(message));
}

/// What came too late to be answered between two steps is answered next.
void Engine::endRun()
{
    m_running = false;
    std::vector<Task> late = m_control->takeQuestions();
    m_control.reset();
    auto place = m_jobs.begin() + 1; // the first is the run, which is about to be taken off
    for (Task& task : late)
        place = m_jobs.insert(place, {.task = std::move(task)}) + 1;
}
