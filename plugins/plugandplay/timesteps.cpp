// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/plugandplay/timesteps.h"

#include "core/errors.h"

#include <algorithm>
#include <cmath>

namespace {

constexpr int trainSteps = 1000, longest = trainSteps - 1;

} // namespace

std::vector<int> samplingGrid(int steps)
{
    if (steps < 1 || steps > longest)
        throw ValueError(
            "Translate takes 1 to " + std::to_string(longest) + " steps, not "
            + std::to_string(steps) + ".");
    std::vector<int> times;
    for (int k = steps - 1; k >= 0; --k)
        times.push_back(k * (trainSteps / steps) + 1);
    return times;
}

std::vector<InversionStep> inversionGrid(InversionRule rule, int steps)
{
    std::vector<InversionStep> grid;
    if (rule == InversionRule::CurrentLevel) {
        const int c = longest / steps;
        for (int t = 0; t < longest; t += c)
            grid.push_back({.asked = t, .from = t, .to = t + c});
        return grid;
    }
    std::vector<int> times = samplingGrid(steps);
    int level = 0;
    for (auto t = times.rbegin(); t != times.rend(); level = *t++)
        grid.push_back({.asked = *t, .from = level, .to = *t});
    return grid;
}

std::vector<InversionStep> wayBackGrid(int steps)
{
    const std::vector<int> times = samplingGrid(steps);
    std::vector<InversionStep> grid;
    for (size_t i = 0; i < times.size(); ++i)
        grid.push_back(
            {.asked = times[i], .from = times[i], .to = i + 1 < times.size() ? times[i + 1] : 0});
    return grid;
}

std::vector<int> containingCounts(int samplingSteps)
{
    const std::vector<int> wanted = samplingGrid(samplingSteps);
    const int c = trainSteps / samplingSteps;
    std::vector<int> counts = {samplingSteps};
    for (int finer = c; finer >= 1; --finer) {
        const int n = std::min(trainSteps / finer, longest);
        const bool fits = c % finer == 0 && trainSteps / n == finer && n != samplingSteps;
        if (fits && samplingGrid(n).front() >= wanted.front())
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

Tensor moved(const Schedule& schedule, const Tensor& x, const Tensor& noise, int from, int to)
{
    const double a = schedule.alphaBar(from), b = to == cleanLevel ? 1 : schedule.alphaBar(to);
    const Tensor clean = (x - std::sqrt(1 - a) * noise) / std::sqrt(a);
    return std::sqrt(b) * clean + std::sqrt(1 - b) * noise;
}
