// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdlib>
#include <optional>
#include <string>

/// What an environment variable says, which may be nothing; none where it is not set.
inline std::optional<std::string> environmentIfSet(const char* name)
{
    const char* const value = std::getenv(name);
    return value ? std::optional<std::string>(value) : std::nullopt;
}

/// What an environment variable says; empty where it is not set.
inline std::string environment(const char* name)
{
    return environmentIfSet(name).value_or("");
}
