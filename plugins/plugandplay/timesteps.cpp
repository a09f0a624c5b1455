// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/plugandplay/timesteps.h"

#include "core/errors.h"

#include <algorithm>

namespace {

constexpr int trainSteps = 1000, longest = trainSteps - 1;

} // namespace

std::vector<int> samplingTimes(int steps)
{
    if (steps < 1 || steps > longest)
        throw ValueError("Translate takes 1 to %1 steps, not %2.", longest, steps);
    std::vector<int> times;
    for (int k = steps - 1; k >= 0; --k)
        times.push_back(k * (trainSteps / steps) + 1);
    return times;
}

std::vector<InversionStep> inversionSteps(InversionRule rule, int steps)
{
    std::vector<InversionStep> all;
    if (rule == InversionRule::CurrentLevel) {
        const int c = longest / steps;
        for (int t = 0; t < longest; t += c)
            all.push_back({.asked = t, .from = t, .to = t + c});
        return all;
    }
    std::vector<int> times = samplingTimes(steps);
    int level = 0;
    for (auto t = times.rbegin(); t != times.rend(); level = *t++)
        all.push_back({.asked = *t, .from = level, .to = *t});
    return all;
}

std::vector<InversionStep> wayBackSteps(int steps)
{
    const std::vector<int> times = samplingTimes(steps);
    std::vector<InversionStep> all;
    for (size_t i = 0; i < times.size(); ++i)
        all.push_back(
            {.asked = times[i], .from = times[i], .to = i + 1 < times.size() ? times[i + 1] : 0});
    return all;
}

std::vector<int> containingCounts(int samplingSteps)
{
    const std::vector<int> wanted = samplingTimes(samplingSteps);
    const int c = trainSteps / samplingSteps;
    std::vector<int> counts = {samplingSteps};
    for (int finer = c; finer >= 1; --finer) {
        const int n = std::min(trainSteps / finer, longest);
        const bool fits = c % finer == 0 && trainSteps / n == finer && n != samplingSteps;
        if (fits && samplingTimes(n).front() >= wanted.front())
            counts.push_back(n);
    }
    std::ranges::sort(counts);
    return counts;
}

std::vector<int> inversionCounts(InversionRule rule, int samplingSteps, bool forward)
{
    if (rule == InversionRule::NextLevel)
        return containingCounts(samplingSteps);
    if (forward)
        return {longest};
    std::vector<int> counts;
    for (int n = 1; n <= longest; ++n)
        if (longest % n == 0)
            counts.push_back(n);
    return counts;
}
