// SPDX-License-Identifier: GPL-3.0-or-later

// Of the small program that loads all else (starter.cpp): it needs no library but C++'s.

#include "app/exitcode.h"
#include "app/process.h"

#include <cerrno>
#include <cstdlib>
#include <exception>
#include <new>
#include <string_view>

#include <fcntl.h>
#include <unistd.h>

namespace {

/// Only what a signal handler may do.
void say(std::string_view text)
{
    [[maybe_unused]] const auto written = write(STDERR_FILENO, text.data(), text.size());
}

void stopAtOnce(int)
{
    say("Stopped: nothing was written.\n");
    _exit(ExitStopped);
}

/// Of an exception that nobody can catch, as one on the way to main().
[[noreturn]] void terminated()
{
    try {
        if (std::current_exception())
            throw;
    } catch (const std::bad_alloc&) {
        say("There is not enough memory to start.\n");
        _exit(ExitOutOfMemory);
    } catch (const std::exception& error) {
        say(error.what());
        say("\n");
    } catch (...) {
    }
    std::abort();
}

} // namespace

void prepareProcess()
{
    for (int descriptor = STDIN_FILENO; descriptor <= STDERR_FILENO; ++descriptor)
        if (fcntl(descriptor, F_GETFD) < 0 && errno == EBADF)
            open("/dev/null", O_RDWR); // takes the lowest number that is free
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);
    for (const int number : interruptSignals)
        if (std::signal(number, stopAtOnce) == SIG_IGN)
            std::signal(number, SIG_IGN); // as nohup wants it
    std::set_terminate(terminated);
}
