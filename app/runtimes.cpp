// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/runtimes.h"

#include <algorithm>
#include <cstddef>
#include <numeric>

double secondsPerStep(const std::vector<double>& finished)
{
    std::vector<double> steps;
    for (std::size_t i = 1; i < finished.size(); ++i)
        steps.push_back(finished[i] - finished[i - 1]);
    if (steps.empty())
        return 0;
    const auto middle = steps.begin() + std::ptrdiff_t(steps.size() / 2);
    std::nth_element(steps.begin(), middle, steps.end());
    constexpr double far = 5;
    std::erase_if(steps, [most = far * *middle](double seconds) { return seconds > most; });
    return std::accumulate(steps.begin(), steps.end(), 0.) / double(steps.size());
}

double secondsLeft(const std::vector<double>& finished, int steps)
{
    const int done = std::max(int(finished.size()) - 1, 0);
    return secondsPerStep(finished) * std::max(steps - done, 0);
}
