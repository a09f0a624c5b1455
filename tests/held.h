// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <fstream>

#include <malloc.h>
#include <unistd.h>

/// What this process holds at the moment.
struct Held
{
    long resident = 0;  ///< bytes of its own that it has in memory
    long files = 0;     ///< and of files: code and tables, as far as they were needed once
    long allocated = 0; ///< bytes that malloc gave and nobody gave back
    long descriptors = 0, threads = 0;
};

inline Held heldNow()
{
    const auto entriesOf = [](const char* folder) {
        long entries = 0;
        for ([[maybe_unused]] const auto& each : std::filesystem::directory_iterator(folder))
            ++entries;
        return entries;
    };
    malloc_trim(0);
    long size = 0, resident = 0, files = 0; // in pages
    std::ifstream("/proc/self/statm") >> size >> resident >> files;
    const long page = sysconf(_SC_PAGESIZE);
    const struct mallinfo2 of = mallinfo2();
    return {
        .resident = (resident - files) * page,
        .files = files * page,
        .allocated = long(of.uordblks + of.hblkhd),
        .descriptors = entriesOf("/proc/self/fd"),
        .threads = entriesOf("/proc/self/task")};
}
