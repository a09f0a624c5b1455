// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stdexcept>

/// Something the user can mend. what() is an English sentence that names the thing and the way out.
/// Where it is none of the kinds below, something that was given is refused: a picture, a file, a
/// model.
struct Error : std::runtime_error
{
    using std::runtime_error::runtime_error;
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
