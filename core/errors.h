// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stdexcept>

/// Something the user can mend. what() is an English sentence that names the thing and the way out.
struct Error : std::runtime_error
{
    using std::runtime_error::runtime_error;
};
