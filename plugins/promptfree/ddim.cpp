// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/promptfree/ddim.h"

#include "core/diffusion/samplerstate.h"
#include "core/errors.h"

#include <algorithm>
#include <cmath>

namespace {

/// The time steps from the last to the first.
std::vector<int> grid(int steps, int trained)
{
    const int stride = steps < 1 ? 0 : trained / steps;
    std::vector<int> times;
    for (int t = 0; stride > 0 && t < trained; t += stride)
        times.push_back(t + 1);
    if (times.empty() || times.back() >= trained)
        throw Error(
            "The original's grid of time steps does not exist for " + std::to_string(steps)
            + " steps: it would end beyond the last of " + std::to_string(trained)
            + ". Please choose another number, such as 10, 20, 25, 50 or 100.");
    std::ranges::reverse(times);
    return times;
}

float rounded(float x, bool half)
{
    return half ? float(c10::Half(x)) : x;
}

Level level(float alphaBar)
{
    return {std::sqrt(double(alphaBar)), std::sqrt(1 - double(alphaBar))};
}

Tensor mixed(const Tensor& clean, const Tensor& noise, float alphaBar)
{
    const Level at = level(alphaBar);
    return clean * at.signal + noise * at.noise;
}

} // namespace

PromptFreeDdim::PromptFreeDdim(const ScheduleConfig& config, int steps, double strength, bool half)
    : m_config(config)
{
    const Schedule schedule(config);
    const std::vector<int> times = grid(steps, schedule.trainSteps());
    const auto count = int(times.size());
    const int kept = std::min(count, int(std::lround(count * strength)));
    if (kept < 1)
        throw Error(
            "Strength times steps leaves no step to take: choose a higher strength or more steps.");
    for (int i = count - kept; i < count; ++i) {
        m_steps.push_back({.index = int(m_steps.size()), .time = double(times[i])});
        m_from.push_back(rounded(schedule.alphaBar(times[i]), half));
        m_to.push_back(rounded(schedule.alphaBar(i + 1 < count ? times[i + 1] : 0), half));
    }
}

Tensor PromptFreeDdim::noised(const Tensor& clean, const Tensor& noise) const
{
    return mixed(clean, noise, m_from.front());
}

Tensor PromptFreeDdim::noisedAfter(const Tensor& clean, const Tensor& noise, const Step& step) const
{
    return mixed(clean, noise, m_to.at(step.index));
}

Tensor PromptFreeDdim::predictedClean(
    const Tensor& x, const Tensor& prediction, const Step& step) const
{
    return clean(m_config, x, prediction, level(m_from.at(step.index))).latent;
}

Tensor PromptFreeDdim::next(const Tensor& x, const Tensor& prediction, const Step& step) const
{
    const Clean here = clean(m_config, x, prediction, level(m_from.at(step.index)));
    return mixed(here.latent, here.noise, m_to.at(step.index));
}
