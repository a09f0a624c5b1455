// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/exportname.h"
#include "app/store/sessionfile.h"
#include "tests/app/keepingprogram.h"
#include "tests/app/statefolder.h"

#include <QDir>

#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

#include <atomic>
#include <ctime>
#include <set>

namespace {

std::atomic<time_t> shift = 0; ///< seconds by which the clock is wrong

/// What clocks on walls say, and where they hang (POSIX's own words, which need no tables).
struct Jump
{
    time_t seconds;
    const char* zone;
};

constexpr time_t day = 24 * 60 * 60;
constexpr Jump jumps[] = {{0, "UTC0"},          {-day, "AAA-14"},      {400 * day, "BBB+12"},
                          {-365 * day, "UTC0"}, {-365 * day, "CCC-9"}, {0, "UTC0"},
                          {-1, "DDD+5"}};

void jump(const Jump& to)
{
    shift = to.seconds;
    qputenv("TZ", to.zone);
    tzset();
}

} // namespace

// These stand before the C library's own, for Qt as well.
extern "C" int clock_gettime(clockid_t clock, struct timespec* now) noexcept
{
    const auto told = int(syscall(SYS_clock_gettime, clock, now));
    if (told == 0 && clock == CLOCK_REALTIME)
        now->tv_sec += shift;
    return told;
}

extern "C" int gettimeofday(struct timeval* now, void*) noexcept
{
    const auto told = int(syscall(SYS_gettimeofday, now, nullptr));
    now->tv_sec += shift;
    return told;
}

extern "C" time_t time(time_t* now) noexcept
{
    const auto told = time_t(syscall(SYS_time, nullptr)) + shift;
    if (now)
        *now = told;
    return told;
}

/// A clock that jumps, and another time zone, while a session is open: what counts is what came
/// first, and no name is taken twice.
class ClockTest : public QObject
{
    Q_OBJECT

    StateFolder m_state;

private Q_SLOTS:
    void init()
    {
        jump({0, "UTC0"});
        m_state.renew();
    }

    void theClockOfTheTestJumps()
    {
        const QDateTime now = QDateTime::currentDateTimeUtc();
        jump({-day, "AAA-14"});
        QVERIFY(QDateTime::currentDateTimeUtc() < now);
        QCOMPARE(QDateTime::currentDateTime().offsetFromUtc(), 14 * 60 * 60);
    }

    void runsStayInTheOrderInWhichTheyWereMade()
    {
        const QString path = m_state.path();
        std::vector<std::string> made, kept, listed;
        {
            Program program(path);
            program.fill();
            for (const Jump& to : jumps) {
                jump(to);
                made.push_back("prompt " + std::to_string(made.size()));
                program.session.editor().setValue("prompt", made.back());
                program.run(1);
            }
            for (const auto& run : program.session.runs().all())
                listed.push_back(Program::promptOf(run->request()));
            QVERIFY(program.keeper.flush());
            bool backwards = false; // what would be an order by the clock is another one
            int64_t last = 0, position = 0;
            for (const KeptRun& run : SessionFile(path.toStdString(), SessionFile::Look).runs()) {
                backwards = backwards || run.started < last;
                last = run.started;
                QVERIFY(run.position > position);
                position = run.position;
            }
            QVERIFY(backwards);
        }
        QCOMPARE(listed, made);
        const Program again(path);
        for (const auto& run : again.session.runs().all())
            kept.push_back(Program::promptOf(run->request()));
        QCOMPARE(kept, made);
    }

    void aNewSessionNeverHasTheNameOfAnother()
    {
        std::set<QString> names;
        Program program;
        for (int round = 0; round < 2; ++round)
            for (const Jump& to : jumps) {
                jump(to);
                program.sessions.openNew();
                QVERIFY(names.insert(program.sessions.path()).second);
                QVERIFY(program.session.runs().all().empty());
            }
        QVERIFY2(program.said.isEmpty(), qPrintable(program.said.join(QLatin1Char(' '))));
    }

    void namesWithATimeInThemAreNotTakenTwice()
    {
        const QString folder = m_state.path("out");
        QVERIFY(QDir().mkpath(folder));
        std::set<QString> names;
        for (int round = 0; round < 2; ++round)
            for (const Jump& to : jumps) {
                jump(to);
                const QString name = expandName(
                    QStringLiteral("{date}-{time}"), {.made = QDateTime::currentDateTime()});
                const QString file = writtenFile(
                    folder, name, QStringLiteral("png"), false, writeOf({std::byte(round)}));
                QVERIFY(names.insert(file).second);
            }
        QCOMPARE(QDir(folder).entryList(QDir::Files).size(), qsizetype(names.size()));
    }
};

QTEST_GUILESS_MAIN(ClockTest)
#include "tst_clock.moc"
