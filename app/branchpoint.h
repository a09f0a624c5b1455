// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

/// Where a run goes on from another one, by what both are in a session.
struct BranchPoint
{
    int64_t run = 0; ///< Run::id of the other one
    int step = 0;    ///< as many of its steps are taken over

    bool operator==(const BranchPoint&) const = default;
};
