// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>

/// @p value, not less than @p least and not more than @p most; @p least where nothing lies between
/// the two, as for a place in an empty list, where std::clamp() ends the program.
template<typename T>
constexpr T bounded(const T& value, const T& least, const T& most)
{
    return std::max(least, std::min(value, most));
}
