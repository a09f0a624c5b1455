// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/models.h"
#include "core/stopping.h"
#include "tests/plugins/resuming.h"

#include <functional>
#include <memory>
#include <string>

/// Runs with Models of its own.
using RunIn = std::function<Result(Models&, const Report&)>;

/// Ends runs at layers all over their way, the last picture wanted; says what went wrong, or
/// nothing. A run that is ended so has the steps that it took, bit for bit, and the next one with
/// the same Models is as if nothing had been.
inline std::string wrongAfterStops(
    const RunIn& run, const std::function<std::shared_ptr<Models>()>& fresh)
{
    const Report quiet([](const Event&) { return Answer {}; });
    int64_t layers = 0;
    Result whole;
    {
        const Stopping counting([&] {
            ++layers;
            return false;
        });
        whole = run(*fresh(), quiet);
    }
    for (const double part : {0., .02, .1, .2, .3, .4, .5, .6, .7, .8, .9, .97}) {
        const auto models = fresh();
        const std::string where = " (stopped after " + std::to_string(part) + ")";
        Result stopped;
        {
            int64_t asked = 0;
            const Stopping stopping([&] { return asked++ >= int64_t(part * double(layers)); });
            stopped = run(*models, quiet);
        }
        if (!stopped.stopped)
            return "the run was not stopped" + where;
        if (stopped.latents.size() > 1 && stopped.candidates.size() != whole.candidates.size())
            return "the last picture is missing" + where;
        for (size_t i = 0; i < stopped.latents.size(); ++i)
            if (stopped.latents[i]->values != whole.latents.at(i)->values)
                return "step " + std::to_string(i) + " differs" + where;
        if (firstDifference(whole, run(*models, quiet)) >= 0)
            return "the next run differs" + where;
    }
    return {};
}
