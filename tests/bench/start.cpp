// SPDX-License-Identifier: GPL-3.0-or-later

// How long the program takes to stand there:
//   start PROGRAM [TIMES]
// starts it TIMES times (11) in an empty home and tells, from before it is executed, when its
// window is drawn and when its model is known: the least and the median, in seconds of the clock
// and, since others may use the machine, of processors. Needs a display.

#include <QCoreApplication>
#include <QTemporaryDir>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <string>
#include <vector>

#include <ctime>
#include <sys/wait.h>
#include <unistd.h>

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::array marks {"the window is drawn", "the model is known"};

struct Times
{
    std::vector<double> clock = {}, processors = {};
};

double processorSeconds(pid_t process)
{
    clockid_t clock = 0;
    timespec time = {};
    if (clock_getcpuclockid(process, &clock) != 0 || clock_gettime(clock, &time) != 0)
        return 0;
    return double(time.tv_sec) + double(time.tv_nsec) * 1e-9;
}

/// Starts the program once and ends it when it has said all.
bool startOnce(const char* program, std::map<std::string, Times>& times)
{
    std::array<int, 2> pipe = {};
    if (::pipe(pipe.data()) != 0)
        return false;
    const auto begin = Clock::now();
    const pid_t process = fork();
    if (process == 0) {
        ::dup2(pipe[1], STDERR_FILENO);
        ::close(pipe[0]);
        ::close(pipe[1]);
        ::execl(program, program, "--new-instance", nullptr);
        ::_exit(127);
    }
    ::close(pipe[1]);
    FILE* const said = ::fdopen(pipe[0], "r");
    std::array<char, 4096> line = {};
    std::size_t heard = 0;
    while (heard < marks.size() && std::fgets(line.data(), line.size(), said)) {
        const double passed = std::chrono::duration<double>(Clock::now() - begin).count();
        for (const char* mark : marks)
            if (std::strstr(line.data(), mark)) {
                times[mark].clock.push_back(passed);
                times[mark].processors.push_back(processorSeconds(process));
                ++heard;
            }
    }
    ::kill(process, SIGTERM);
    ::waitpid(process, nullptr, 0);
    std::fclose(said);
    return heard == marks.size();
}

void print(const char* what, std::vector<double> seconds)
{
    std::ranges::sort(seconds);
    std::printf(
        "  %s: least %.3f, median %.3f, most %.3f", what, seconds.front(),
        seconds[seconds.size() / 2], seconds.back());
}

} // namespace

int main(int argc, char** argv)
{
    if (argc < 2)
        return 2;
    const int count = argc > 2 ? std::atoi(argv[2]) : 11;
    ::setenv("QT_LOGGING_RULES", "simile.start=true", 1);
    std::map<std::string, Times> times;
    for (int i = 0; i <= count; ++i) {
        const QTemporaryDir home;
        for (const char* variable :
             {"HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"})
            ::setenv(variable, home.path().toUtf8().constData(), 1);
        if (!startOnce(argv[1], times)) {
            std::fprintf(stderr, "%s does not say when its window is drawn.\n", argv[1]);
            return 1;
        }
        if (i == 0)
            times.clear(); // its files were brought into memory
    }
    for (const char* mark : marks) {
        std::printf("%s\n", mark);
        print("clock", times[mark].clock);
        print("processors", times[mark].processors);
        std::printf("\n");
    }
    return 0;
}
