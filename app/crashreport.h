// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <vector>

// A fault that ends the program (SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT) leaves a report: the
// signal, the version and where each function on the stack lies. It stays on this computer; the
// next start says where. Nothing of a prompt or a picture is in it.

/// From here on such a fault is reported in @p folder, which is made. Its file is opened now, since
/// little may be done in a fault, and taken away at the program's orderly end. Once in a process;
/// where nothing can be written there is no report.
void reportCrashes(const std::filesystem::path& folder);

/// A stack that is too deep in this thread is reported, too: it gets another one for that, which
/// goes when the thread ends. Once is enough; where faults are not reported it does no harm.
void reportDeepStacksHere();

/// The program comes to its orderly end: there will be no report.
void endCrashReports();

/// The reports of programs that ended by a fault since somebody asked last, the newest first. What
/// lies there longer than the ten newest ones is removed, as is what programs left that were
/// killed.
std::vector<std::filesystem::path> newCrashReports(const std::filesystem::path& folder);
