// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdlib>
#include <string>

/// What an environment variable says; empty where it is not set.
inline std::string environment(const char* name)
{
    const char* const value = std::getenv(name);
    return value ? value : "";
}
