// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <csignal>

// What surrounds the program: its first three descriptors, signals, the memory it starts with, the
// environment.

/// The signals that mean that the user is done with a run: Ctrl+C, a polite kill, a terminal that
/// was closed.
inline constexpr std::array interruptSignals {SIGINT, SIGTERM, SIGHUP};

/// At the very start, before any library has done its own: descriptors 0 to 2 that are closed are
/// opened on nothing, or a file of ours would take their place. A reader that is gone (SIGPIPE) and
/// a limit to a file's size (SIGXFSZ) become errors of the write in question. An interrupt before a
/// run is in progress ends with ExitStopped, and too little memory with ExitOutOfMemory.
void prepareProcess();
/// Takes places out of the environment that mean nothing, and that Qt would look for wherever the
/// program was started: relative ones for the user's files (XDG_CONFIG_HOME and the like; XDG Base
/// Directory Specification) and a TMPDIR that is no folder.
void leaveUselessPlaces();
/// Interrupts end the program as they do by default: for the window.
void leaveInterruptsAlone();
/// At the end: @p status, or ExitFailed where what was written to standard output did not get
/// there, with a sentence on standard error.
int finished(int status);
