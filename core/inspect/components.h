// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspect/principalcomponents.h"
#include "core/inspect/trace.h"

#include <array>
#include <functional>
#include <memory>

/// Steps that were recorded, wherever they are kept: null where one is not there.
struct TraceSource
{
    int count = 0;
    std::function<std::shared_ptr<const StepTrace>(int step)> at = {};
};

/// Principal components with the colours that they stand for: the same for all maps shown in them.
struct FittedComponents
{
    PrincipalComponents components = {};
    std::array<float, 3> least = {}, most = {}; ///< of the scores over all that it is fitted to
    std::array<double, 3> explained = {};       ///< parts of the whole variance, of 1
    int steps = 0;                              ///< that it is fitted to
};
