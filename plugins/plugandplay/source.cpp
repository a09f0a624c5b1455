// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/plugandplay/source.h"

#include "core/diffusion/samplingrun.h"

#include <algorithm>
#include <string>

namespace {

const std::string advice = "try precision fp32";
const char* const inverting = "Inverting the picture";
const char* const samplingBack = "Sampling the source back";

/// Takes the steps that are not done yet. Of the levels that it comes from, those stay that @p
/// keeps says yes to. @p stage is told before each, @p name is for what went wrong.
bool follow(
    const char* stage, const std::string& name, const Network& network,
    const std::vector<InversionStep>& grid, const Tensor& context,
    const std::function<bool(int level)>& keeps, Trajectory& trajectory,
    const StageReport& progress)
{
    const int of = int(grid.size());
    ContextKeys keys;
    while (trajectory.done < of) {
        const InversionStep& step = grid[trajectory.done];
        if (!progress(stage, trajectory.done, of))
            return false;
        const Tensor x = trajectory.latents.at(step.from).to(network.model.device);
        const Tensor noise = network.noise(
            x, {.time = double(step.asked), .context = context, .contextKeys = &keys});
        const Tensor next = moved(network.schedule, x, noise, step.from, step.to).to(at::kCPU);
        checkNumbers(next, name, trajectory.done + 1, of, advice);
        if (!keeps(step.from))
            trajectory.latents.erase(step.from);
        trajectory.latents[step.to] = next;
        ++trajectory.done;
    }
    return progress(stage, of, of);
}

} // namespace

bool invert(
    const Network& network, const std::vector<InversionStep>& grid, const Tensor& context, bool all,
    Trajectory& trajectory, const StageReport& progress)
{
    const auto keeps = [&](int level) { return all || level == 0; };
    return follow(inverting, "The inversion", network, grid, context, keeps, trajectory, progress);
}

bool sampleBack(
    const Network& network, const std::vector<InversionStep>& grid, const std::vector<int>& times,
    const Tensor& context, Trajectory& trajectory, const StageReport& progress)
{
    const auto keeps = [&, first = grid.front().from](int level) {
        return level == first || std::ranges::find(times, level) != times.end();
    };
    return follow(
        samplingBack, "The way back", network, grid, context, keeps, trajectory, progress);
}

Source forwardSource(
    const Trajectory& trajectory, const std::vector<int>& times, const Tensor& context)
{
    Source source {.start = trajectory.latents.at(times.front()), .context = context};
    for (const int time : times)
        source.latents.push_back(trajectory.latents.at(time));
    return source;
}

Source reverseSource(const Trajectory& back, const std::vector<int>& times, const Tensor& context)
{
    Source source = forwardSource(back, times, context);
    source.start = back.latents.rbegin()->second;
    source.clean = back.latents.at(0);
    return source;
}

Source generatedSource(
    const Network& network, const Tensor& noise, const std::vector<int>& times,
    const Tensor& context, double guidance, const StageReport& progress)
{
    Source source {.start = noise.to(at::kCPU), .context = context};
    ContextKeys keys;
    Tensor x = noise;
    for (size_t i = 0; i < times.size(); ++i) {
        if (!progress("Making the source", int(i), int(times.size())))
            return {};
        source.latents.push_back(x.to(at::kCPU));
        const Tensor both =
            network.noise(x, {.time = double(times[i]), .context = context, .contextKeys = &keys});
        const Tensor negative = both.narrow(0, 0, 1), positive = both.narrow(0, 1, 1);
        const int next = i + 1 < times.size() ? times[i + 1] : 0;
        x = moved(network.schedule, x, negative + guidance * (positive - negative), times[i], next);
        checkNumbers(x, "The source", int(i) + 1, int(times.size()), advice);
    }
    source.clean = x;
    return source;
}

SourceFeatures featuresOf(
    const Network& network, const Source& source, const Injection& injection, int step, double time,
    ContextKeys& keys)
{
    SourceFeatures features;
    const auto last = lastInjected(injection, step, network.model.unetConfig);
    if (last)
        network.noise(
            source.latents[step].to(network.model.device),
            {.time = time,
             .context = source.context,
             .step = step,
             .contextKeys = &keys,
             .last = last},
            recording(injection, step, features));
    return features;
}
