// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/branch.h"
#include "tests/app/walkingmethod.h"

#include <atomic>
#include <cmath>
#include <functional>

/// What happens inside a branchingMethod().
struct Network
{
    std::atomic<int> calls = 0;
    std::function<void(int step)> beforeStep = {}; ///< on the worker
    double error = 0;                              ///< added from the third step on
};

/// A method whose prompt acts in each step anew, so that a branch may have another one.
inline Method branchingMethod(Network& network)
{
    Method method = countingMethod();
    for (Parameter& p : method.parameters)
        p.mayChange = p.role == Role::Prompt;
    method.run = [&network](const Request& request, Models&, const Report& report) {
        const auto words = std::get<std::string>(request.values.at("prompt")).size();
        const auto predict = [&](int step, float x) {
            ++network.calls;
            return std::sin(x) * float(step) + float(words) + float(step > 2 ? network.error : 0);
        };
        return walk(request, report, float(startSeed(request) % 97), predict, network.beforeStep);
    };
    return method;
}
