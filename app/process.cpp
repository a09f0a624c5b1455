// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/process.h"

#include "app/exitcode.h"
#include "app/translated.h"
#include "core/file/systemerror.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

void leaveUselessPlaces()
{
    for (const char* name :
         {"XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"})
        if (const char* place = std::getenv(name); place && *place != '/')
            ::unsetenv(name);
    std::error_code none;
    const std::filesystem::path temporary = qgetenv("TMPDIR").toStdString();
    if (!temporary.is_absolute() || !std::filesystem::is_directory(temporary, none))
        ::unsetenv("TMPDIR");
}

void leaveInterruptsAlone()
{
    for (const int number : interruptSignals)
        if (std::signal(number, SIG_DFL) == SIG_IGN)
            std::signal(number, SIG_IGN);
}

int finished(int status)
{
    const bool failed = std::ferror(stdout) != 0;
    if (std::fflush(stdout) == 0 && !failed)
        return status;
    const Sentence why = errno != 0 ? systemReason(errno) : Sentence("the system gives no reason");
    const Sentence said("Standard output could not be written: %1.", why);
    std::fprintf(stderr, "%s\n", qUtf8Printable(translated(said)));
    return status == ExitDone ? int(ExitFailed) : status;
}
