// SPDX-License-Identifier: GPL-3.0-or-later

// How long the window lets an event wait while it works:
//   eventloop [SECONDS [STEPS]]
// A thread of its own posts an event every 5 ms; what is told is how late it is handled, with the
// window at rest and, in each view, during a run whose steps are recorded, and which of the
// window's own work took longest (in time of the processor, since others may use the machine).
// Needs a display. OMP_WAIT_POLICY=passive, as the program has it.

#include "app/keeper.h"
#include "app/sessions.h"
#include "tests/manual/shownwindow.h"
#include "ui/actions.h"

#include <QAction>
#include <QApplication>
#include <QMetaEnum>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <map>
#include <thread>

#include <time.h>

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds period(5);

double milliseconds(Clock::duration duration)
{
    return std::chrono::duration<double, std::milli>(duration).count();
}

/// Of this thread: what others of the machine take does not count.
double processorMilliseconds()
{
    timespec time = {};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) * 1e-6;
}

/// Keeps how long each kind of event took at most, with those that were handled within it.
class WatchedApplication : public QApplication
{
public:
    using QApplication::QApplication;

    bool notify(QObject* receiver, QEvent* event) override
    {
        if (QThread::currentThread() != thread())
            return QApplication::notify(receiver, event);
        const char* const kind = QMetaEnum::fromType<QEvent::Type>().valueToKey(int(event->type()));
        const QByteArray what = QByteArray(receiver->metaObject()->className()) + ' '
            + (kind ? kind : "event of its own") + ' ' + receiver->objectName().toUtf8();
        const bool outermost = m_depth++ == 0;
        const double before = processorMilliseconds();
        const bool taken = QApplication::notify(receiver, event);
        --m_depth;
        if (outermost) {
            double& longest = m_longest[what];
            longest = std::max(longest, processorMilliseconds() - before);
        }
        return taken;
    }
    /// The longest of them, which are forgotten then.
    std::vector<std::pair<double, QByteArray>> takeLongest()
    {
        std::vector<std::pair<double, QByteArray>> all;
        for (const auto& [what, time] : m_longest)
            all.emplace_back(time, what);
        m_longest.clear();
        std::ranges::sort(all, std::greater());
        all.resize(std::min<std::size_t>(all.size(), 4));
        return all;
    }

private:
    int m_depth = 0;
    std::map<QByteArray, double> m_longest;
};

/// Posts events from outside and keeps how late they were.
class Postman : public QObject
{
public:
    Postman()
        : m_thread([this](const std::stop_token& stop) {
            for (auto at = Clock::now(); !stop.stop_requested(); at += period) {
                std::this_thread::sleep_until(at);
                const auto posted = Clock::now();
                QMetaObject::invokeMethod(
                    this, [this, posted] { m_late.push_back(milliseconds(Clock::now() - posted)); },
                    Qt::QueuedConnection);
            }
        })
    {
    }
    std::vector<double> take() { return std::exchange(m_late, {}); }

private:
    std::vector<double> m_late;
    std::jthread m_thread;
};

void measure(WatchedApplication& app, Postman& postman, const char* name, int ms)
{
    app.takeLongest();
    postman.take();
    QTest::qWait(ms);
    std::vector<double> late = postman.take();
    if (late.empty())
        return;
    std::ranges::sort(late);
    const auto part = [&](double p) { return late[std::size_t(p * double(late.size() - 1))]; };
    std::printf(
        "%-24s %6zu events  median %6.1f  99 %% %6.1f  longest %6.1f ms\n", name, late.size(),
        part(0.5), part(0.99), late.back());
    for (const auto& [time, what] : app.takeLongest())
        std::printf("    %6.1f ms  %s\n", time, what.constData());
    std::fflush(stdout);
}

} // namespace

int main(int argc, char** argv)
{
    const QTemporaryDir home;
    for (const char* variable :
         {"HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"})
        qputenv(variable, home.path().toUtf8());
    WatchedApplication app(argc, argv);
    QApplication::setApplicationName(QStringLiteral("simile"));
    const int ms = (argc > 1 ? std::atoi(argv[1]) : 8) * 1000;
    const int steps = argc > 2 ? std::atoi(argv[2]) : 1000;
    ShownWindow shown(MethodList(), false, {1280, 760});
    Keeper keeper(shown.session);
    Sessions sessions(keeper, shown.settings);
    shown.window.setSessions(sessions, keeper);
    sessions.openLast();
    shown.settings.setRecords(true);
    shown.sample("analogy");
    shown.session.editor().setValue("steps", steps);
    Postman postman;
    QTest::qWait(1000);
    measure(app, postman, "at rest", ms);
    shown.session.start();
    (void)QTest::qWaitFor(
        [&] {
            const auto run = shown.session.runs().inProgress();
            return run && run->steps.size() > 2;
        },
        60000);
    for (const char* view : {"all-pictures", "result-alone", "compare", "inspect"}) {
        shown.window.actions()(view)->trigger();
        QTest::qWait(500);
        measure(app, postman, view, ms);
    }
    std::printf(
        "%zu steps were made meanwhile%s\n", shown.session.runs().current()->steps.size(),
        shown.session.runs().running() ? "" : "; the run was over too early");
    shown.window.actions()("discard")->trigger();
    shown.run({}); // ends with the decoding, and is kept
    return 0;
}
