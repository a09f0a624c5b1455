// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/crashreport.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <fstream>

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
        const int deep = endOf(folder, [] {
            const auto sink = [](auto& self, int depth) -> int {
                volatile char taken[4096] = {};
                return depth < 0 ? taken[0] : self(self, depth + 1) + taken[1];
            };
            sink(sink, 0);
        });
        QVERIFY(WIFSIGNALED(deep) && WTERMSIG(deep) == SIGSEGV);
        QCOMPARE(newCrashReports(folder).size(), std::size_t(2));
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

QTEST_GUILESS_MAIN(CrashReportTest)
#include "tst_crashreport.moc"
