// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// How the program ends.
enum ExitStatus {
    ExitDone = 0,
    ExitFailed = 1, ///< anything that has no number of its own
    ExitBadArguments = 2,
    ExitModelMissing = 3,
    ExitOutOfMemory = 4,
    ExitStopped = 5,
    ExitDifferent = 6,   ///< what was verified came out differently
    ExitInputRefused = 7 ///< an input cannot be read or is refused
};
