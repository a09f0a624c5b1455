// SPDX-License-Identifier: GPL-3.0-or-later

// OpenMP's threads spin while they wait for each other, which makes a step take ten times as long
// on a machine that has other work as well. Its library can be told to let them sleep by the
// environment alone, and reads that when it is loaded. So the program starts itself once more,
// before any library has done its own start, which costs a few hundredths of a second.

#include "app/process.h"

#include <array>
#include <cstddef>
#include <cstring>

#include <unistd.h>

namespace {

constexpr const char* sleeping = "OMP_WAIT_POLICY=passive";

bool has(char** environment, const char* name)
{
    const std::size_t length = std::strlen(name);
    for (char** entry = environment; *entry; ++entry)
        if (std::strncmp(*entry, name, length) == 0)
            return true;
    return false;
}

/// Nothing is set up yet: no memory can be had, and nothing may be instrumented.
__attribute__((no_sanitize("address", "undefined"))) void letThreadsSleep(
    int, char** arguments, char** environment)
{
    if (has(environment, "OMP_WAIT_POLICY=") || has(environment, "GOMP_SPINCOUNT="))
        return;
    static std::array<char*, 4096> more;
    std::size_t count = 0;
    while (environment[count])
        ++count;
    if (count + 2 > more.size())
        return;
    std::memcpy(more.data(), environment, count * sizeof(char*));
    more[count] = const_cast<char*>(sleeping);
    // By its own path, so that the process has the program's name; where it fails, all goes on as
    // it is.
    static std::array<char, 4096> path;
    const ssize_t length = ::readlink("/proc/self/exe", path.data(), path.size() - 1);
    if (length > 0)
        ::execve(path.data(), arguments, more.data());
}

/// Libraries may run out of memory, or take a second in which the user has changed his mind.
__attribute__((no_sanitize("address", "undefined"))) void prepare(
    int arguments, char** words, char** environment)
{
    letThreadsSleep(arguments, words, environment);
    prepareProcess();
}

} // namespace

__attribute__((section(".preinit_array"), used)) void (*const beforeAllLibraries)(
    int, char**, char**) = prepare;
