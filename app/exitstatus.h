// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine.h"
#include "core/errors.h"

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

/// How the program ends after a failure.
ExitStatus exitStatus(const Failure& failure);

/// An Error that decides how the program ends.
struct CommandError : Error
{
    template<typename... Arguments>
    CommandError(ExitStatus status, const char* pattern, Arguments&&... arguments)
        : Error(pattern, std::forward<Arguments>(arguments)...)
        , status(status)
    {
    }
    CommandError(ExitStatus status, const Sentence& sentence)
        : Error(sentence)
        , status(status)
    {
    }
    ExitStatus status;
};
