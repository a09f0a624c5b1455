// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/promptfree/ddim.h"

#include "core/errors.h"

#include <algorithm>
#include <cmath>

std::vector<int> promptFreeTimes(int steps, int trained)
{
    const int stride = steps < 1 ? 0 : trained / steps;
    std::vector<int> times;
    for (int t = 0; stride > 0 && t < trained; t += stride)
        times.push_back(t + 1);
    if (times.empty() || times.back() >= trained)
        throw ValueError(
            "The original's grid of time steps does not exist for %1 steps: it would end beyond "
            "the last of %2. Please choose another number, such as 10, 20, 25, 50 or 100.",
            steps, trained);
    std::ranges::reverse(times);
    return times;
}

Sampler promptFreeSampler(
    const ScheduleConfig& config, int steps, double strength, bool half, const std::string& sampler)
{
    ScheduleConfig schedule = config;
    schedule.half = half;
    SamplerOptions options = samplerOptions(sampler, schedule, steps);
    if (sampler == "ddim") {
        schedule.setAlphaToOne = false; // the last step leads to the noise of time step 0
        options.times = promptFreeTimes(steps, config.trainSteps);
        options.steps = int(options.times.size());
    }
    const int kept = std::min(options.steps, int(std::lround(options.steps * strength)));
    if (kept < 1)
        throw ValueError(
            "Strength times steps leaves no step to take: choose a higher strength or more steps.");
    options.skip = options.steps - kept;
    return Sampler(schedule, options);
}
