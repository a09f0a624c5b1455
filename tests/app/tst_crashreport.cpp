// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/crashreport.h"

#include "app/engine.h"

#include <QCoreApplication>
#include <QDir>
#include <QEventLoop>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <fstream>
#include <functional>
#include <thread>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace fs = std::filesystem;

namespace {

/// A process that reports its faults and does something; how it ended.
template<typename Action>
int endOf(const fs::path& folder, Action action)
{
    const pid_t child = fork();
    if (child == 0) {
        const rlimit none {};
        setrlimit(RLIMIT_CORE, &none);
        reportCrashes(folder);
        action();
        endCrashReports();
        _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return status;
}

/// The fault that is meant, where a sanitizer would tell of it first.
__attribute__((no_sanitize("undefined", "address"))) void writeToNowhere()
{
    volatile int* nowhere = nullptr;
    *nowhere = 1;
}

/// Goes on until the stack is full.
void fillStack()
{
    const auto sink = [](auto& self, int depth) -> int {
        volatile char taken[4096] = {};
        return depth < 0 ? taken[0] : self(self, depth + 1) + taken[1];
    };
    sink(sink, 0);
}

/// Does something on the worker and waits for it.
void onWorker(const std::function<void()>& work)
{
    int none = 0;
    char* arguments[] = {nullptr};
    const QCoreApplication application(none, arguments);
    Engine engine;
    QEventLoop loop;
    engine.ask<int>(
        &loop,
        [&work](Models&) {
            work();
            return 0;
        },
        [&loop](const int&) { loop.quit(); }, [&loop](const Failure&) { loop.quit(); });
    loop.exec();
}

bool hasFaultStack()
{
    stack_t now {};
    sigaltstack(nullptr, &now);
    return (now.ss_flags & SS_DISABLE) == 0;
}

std::string textOf(const fs::path& file)
{
    std::ifstream in(file);
    return {std::istreambuf_iterator<char>(in), {}};
}

} // namespace

class CrashReportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFaultLeavesAReportOfTheFunctionsAndItsSignal()
    {
        const QTemporaryDir home;
        const fs::path folder = home.filePath(QStringLiteral("a/b")).toStdString();
        const int status = endOf(folder, writeToNowhere);
        QVERIFY(WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV);
        const auto reports = newCrashReports(folder);
        QCOMPARE(reports.size(), std::size_t(1));
        const std::string text = textOf(reports.at(0));
        QVERIFY2(text.find(" ended by SIGSEGV") != text.npos, text.c_str());
        QVERIFY2(text.find("tst_crashreport") != text.npos, text.c_str());
        QVERIFY(newCrashReports(folder).empty()); // told once
        QVERIFY(fs::exists(reports.at(0)));
    }

    void aFailedConditionAndAStackThatIsTooDeepLeaveOne()
    {
        const QTemporaryDir home;
        const fs::path folder = home.path().toStdString();
        const int failed = endOf(folder, [] { std::abort(); });
        QVERIFY(WIFSIGNALED(failed) && WTERMSIG(failed) == SIGABRT);
        const int deep = endOf(folder, fillStack);
        QVERIFY(WIFSIGNALED(deep) && WTERMSIG(deep) == SIGSEGV);
        QCOMPARE(newCrashReports(folder).size(), std::size_t(2));
    }

    void aStackThatIsTooDeepInTheWorkerLeavesOne()
    {
        const QTemporaryDir home;
        const fs::path folder = home.path().toStdString();
        const int deep = endOf(folder, [] { onWorker(fillStack); });
        QVERIFY(WIFSIGNALED(deep) && WTERMSIG(deep) == SIGSEGV);
        const auto reports = newCrashReports(folder);
        QCOMPARE(reports.size(), std::size_t(1));
        const std::string text = textOf(reports.at(0));
        QVERIFY2(text.find(" ended by SIGSEGV") != text.npos, text.c_str());
    }

    void aThreadsStackForFaultsIsThatThreadsAndGoesWithIt()
    {
#if defined(__SANITIZE_ADDRESS__)
        QSKIP("The address sanitizer gives each thread a stack for faults itself.");
#endif
        bool before = true, then = false, inTheEnd = true;
        std::thread([&] {
            // What is destroyed behind it, since it was made before, sees what it leaves.
            struct Look
            {
                bool* seen = nullptr;
                ~Look()
                {
                    if (seen)
                        *seen = hasFaultStack();
                }
            };
            static thread_local Look look;
            look.seen = &inTheEnd;
            before = hasFaultStack();
            reportDeepStacksHere();
            reportDeepStacksHere();
            then = hasFaultStack();
        }).join();
        QVERIFY(!before && then && !inTheEnd);
    }

    void anOrderlyEndAndAKillLeaveNone()
    {
        const QTemporaryDir home;
        const fs::path folder = home.path().toStdString();
        QCOMPARE(endOf(folder, [] {}), 0);
        QVERIFY(QDir(home.path()).isEmpty());
        endOf(folder, [] { raise(SIGKILL); });
        QVERIFY(!QDir(home.path()).isEmpty());
        QVERIFY(newCrashReports(folder).empty());
        QVERIFY(QDir(home.path()).isEmpty());
    }

    void thatOfAProgramThatRunsIsLeftAlone()
    {
        const QTemporaryDir home;
        const fs::path folder = home.path().toStdString();
        endOf(folder, [&] { // which looks at its own
            if (!newCrashReports(folder).empty() || QDir(home.path()).isEmpty())
                raise(SIGKILL);
        });
        QVERIFY(QDir(home.path()).isEmpty());
    }

    void tenReportsAreKept()
    {
        const QTemporaryDir home;
        const fs::path folder = home.path().toStdString();
        for (int i = 10; i < 25; ++i)
            std::ofstream(folder / ("crash-20200101-0000" + std::to_string(i) + "-7.txt")) << "a";
        endOf(folder, [] { std::abort(); });
        QCOMPARE(newCrashReports(folder).size(), std::size_t(1));
        const QStringList left = QDir(home.path()).entryList(QDir::Files, QDir::Name);
        QCOMPARE(left.size(), 10);
        QCOMPARE(left.front(), QStringLiteral("crash-20200101-000016-7.txt"));
    }

    void whereNothingCanBeWrittenTheProgramGoesOn()
    {
        QCOMPARE(endOf("/dev/null/none", [] {}), 0);
        QVERIFY(newCrashReports("/dev/null/none").empty());
    }
};

QTEST_APPLESS_MAIN(CrashReportTest) // the children have one of their own
#include "tst_crashreport.moc"
