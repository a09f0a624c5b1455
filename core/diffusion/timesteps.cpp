// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/timesteps.h"

#include "core/errors.h"

#include <algorithm>
#include <cmath>

namespace {

constexpr int maximalSteps = 1000;

bool isMultistep(SamplerKind kind)
{
    return kind == SamplerKind::DpmPlusPlus2M || kind == SamplerKind::DpmPlusPlus2MSde
        || kind == SamplerKind::UniPC;
}

Spacing spacingOf(const ScheduleConfig& config, SamplerKind kind)
{
    if (config.spacing.empty())
        return inSigmaSpace(kind) ? Spacing::Linspace : Spacing::Leading;
    if (config.spacing == "leading")
        return Spacing::Leading;
    return config.spacing == "trailing" ? Spacing::Trailing : Spacing::Linspace;
}

/// The @p count times from the noisiest on; @p points is how many divide the range.
std::vector<double> spaced(const ScheduleConfig& config, Spacing spacing, int count, int points)
{
    const int train = config.trainSteps;
    std::vector<double> times(count);
    for (int i = 0; i < count; ++i) {
        if (spacing == Spacing::Leading)
            times[i] = (points - 1 - i) * (train / points) + config.stepsOffset;
        else if (spacing == Spacing::Trailing)
            times[i] = std::nearbyint(train - i * (double(train) / count)) - 1;
        else
            times[i] = (train - 1) * (1 - double(i) / std::max(points - 1, 1));
    }
    return times;
}

/// Of L equally spaced times that the model was distilled for, n.
std::vector<double> consistencyTimes(const ScheduleConfig& config, int steps)
{
    const int original = config.originalSteps;
    if (steps > original)
        throw Error(
            "The sampler lcm takes at most %1 steps with this model; choose fewer, 4 to 8 being "
            "usual.",
            original);
    std::vector<double> times(steps);
    for (int i = 0; i < steps; ++i) {
        const int j = original - 1 - i * original / steps;
        times[i] = (j + 1) * (config.trainSteps / original) - 1;
    }
    return times;
}

std::vector<double> sigmaTable(const ScheduleConfig& config, const Schedule& schedule)
{
    std::vector<double> sigmas(schedule.trainSteps());
    for (size_t t = 0; t < sigmas.size(); ++t)
        sigmas[t] = float(schedule.sigma(int(t)));
    if (config.rescaleZeroSnr) // instead of infinity: ᾱ of the smallest half-precision number
        sigmas.back() = float(std::sqrt((1 - 0x1p-24) / 0x1p-24));
    return sigmas;
}

double sigmaAt(const std::vector<double>& table, double time)
{
    const size_t low = std::min(size_t(time), table.size() - 1);
    const size_t high = std::min(low + 1, table.size() - 1);
    return table[low] + (time - double(low)) * (table[high] - table[low]);
}

/// The time of a noise level: linear in log σ between two times.
double timeAt(const std::vector<double>& table, double sigma)
{
    const auto above = std::ranges::upper_bound(table, sigma);
    const auto last = std::ptrdiff_t(table.size()) - 2;
    const auto low = std::clamp<std::ptrdiff_t>(above - table.begin() - 1, 0, std::max(last, 0L));
    const auto high = std::min(low + 1, std::ptrdiff_t(table.size()) - 1);
    if (high == low)
        return 0;
    const double weight = (std::log(table[low]) - std::log(std::max(sigma, 1e-10)))
        / (std::log(table[low]) - std::log(table[high]));
    return double(low) + std::clamp(weight, 0.0, 1.0);
}

/// Karras et al. 2022, equation 5, ρ = 7.
std::vector<double> karrasSigmas(double minimum, double maximum, int steps)
{
    constexpr double rho = 7;
    const double from = std::pow(maximum, 1 / rho), to = std::pow(minimum, 1 / rho);
    std::vector<double> sigmas(steps);
    for (int i = 0; i < steps; ++i)
        sigmas[i] = std::pow(from + double(i) / std::max(steps - 1, 1) * (to - from), rho);
    return sigmas;
}

void checkSteps(const ScheduleConfig& config, const SamplerOptions& options)
{
    const int most = std::min(config.trainSteps, maximalSteps);
    if (options.steps < 1 || options.steps > most)
        throw Error("The number of steps must be from 1 to %1, not %2.", most, options.steps);
    if (options.skip < 0 || options.skip >= options.steps)
        throw Error(
            "Of %1 steps at least one must remain, so %2 cannot be left out; choose a higher "
            "strength or more steps.",
            options.steps, options.skip);
}

void addSigmas(
    TimeSteps& grid, const ScheduleConfig& config, const std::vector<double>& table,
    const SamplerOptions& options)
{
    const bool multistep = isMultistep(options.kind);
    std::vector<double> sigmas;
    for (const double time : grid.times)
        sigmas.push_back(sigmaAt(table, time));
    if (options.karras) {
        sigmas = multistep ? karrasSigmas(table.front(), table.back(), options.steps)
                           : karrasSigmas(sigmas.back(), sigmas.front(), options.steps);
        for (size_t i = 0; i < sigmas.size(); ++i)
            grid.times[i] = timeAt(table, sigmas[i]);
    }
    for (double& time : grid.times)
        time = multistep ? std::nearbyint(time) : double(float(time));
    grid.sigmas.assign(sigmas.begin(), sigmas.end());
    if (multistep && std::ranges::adjacent_find(grid.sigmas) != grid.sigmas.end())
        throw Error(
            "With %1 steps two of them would fall on the same time, which this sampler cannot "
            "take; choose fewer steps.",
            options.steps);
    grid.sigmas.push_back(config.finalSigma == "zero" ? 0.0f : float(table.front()));
}

} // namespace

bool inSigmaSpace(SamplerKind kind)
{
    return kind == SamplerKind::Euler || kind == SamplerKind::EulerAncestral || isMultistep(kind);
}

TimeSteps timeSteps(
    const ScheduleConfig& config, const Schedule& schedule, const SamplerOptions& options)
{
    const Spacing spacing = spacingOf(config, options.kind);
    checkSteps(config, options);
    TimeSteps grid;
    if (!options.times.empty()) {
        grid.times.assign(options.times.begin(), options.times.end());
        return grid;
    }
    if (options.kind == SamplerKind::Lcm) {
        grid.times = consistencyTimes(config, options.steps);
        return grid;
    }
    const int points = options.steps + (isMultistep(options.kind) ? 1 : 0);
    grid.times = spaced(config, spacing, options.steps, points);
    const bool fractions =
        options.kind == SamplerKind::Euler || options.kind == SamplerKind::EulerAncestral;
    for (double& time : grid.times)
        time =
            std::clamp(fractions ? time : std::nearbyint(time), 0.0, double(config.trainSteps - 1));
    if (inSigmaSpace(options.kind))
        addSigmas(grid, config, sigmaTable(config, schedule), options);
    if (options.kind == SamplerKind::DdimInverse)
        std::ranges::reverse(grid.times);
    return grid;
}
