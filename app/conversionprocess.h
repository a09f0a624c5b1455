// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

// The process that reads pickles, seen from both sides.

/// Lets the program that is about to start have these descriptors and no others but the first
/// three. Between fork and exec: it does only what a signal handler may.
void handOver(const std::vector<int>& descriptors);

/// Seconds that a conversion of @p size bytes may take, and of the processor, too: a minute, and
/// one for 10 MB: a slow disk, read and written.
constexpr uint64_t conversionSeconds(uint64_t size)
{
    return 60 + size / 10'000'000;
}

/// What the process does: takes away its own rights and converts. @p files are in pairs, what is
/// read and what is written, each the number of a descriptor and a name for messages. Says on
/// standard output what the system did not take away, and on standard error what is wrong with the
/// file. Gives the exit status; the process should end by _exit(), since what else ends with a
/// program may want what it no longer has.
int convertCheckpointsHere(const std::vector<std::string>& files);
