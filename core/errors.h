// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sentence.h"

#include <memory>
#include <stdexcept>

/// Something the user can mend: a whole sentence that names the thing and the way out. what() is
/// it in English.
/// Where it is none of the kinds below, something that was given is refused: a picture, a file, a
/// model.
struct Error : std::runtime_error
{
    explicit Error(Sentence sentence)
        : std::runtime_error(english(sentence))
        , m_sentence(std::make_shared<const Sentence>(std::move(sentence)))
    {
    }
    /// A pattern and what stands for %1 to %9 in it.
    template<typename... Arguments>
    explicit Error(const char* pattern, Arguments&&... arguments)
        : Error(Sentence(pattern, std::forward<Arguments>(arguments)...))
    {
    }
    const Sentence& sentence() const { return *m_sentence; }

private:
    std::shared_ptr<const Sentence> m_sentence; ///< shared: copying an exception must not throw
};

/// A value is refused, alone or beside the others.
struct ValueError : Error
{
    using Error::Error;
};

/// The work failed although what was given was in order: numbers that overflow, a full disk.
struct WorkError : Error
{
    using Error::Error;
};
