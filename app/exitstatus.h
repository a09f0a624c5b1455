// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine.h"
#include "app/exitcode.h"
#include "core/errors.h"

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
