// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/plugandplay/source.h"

bool invert(
    const Network& network, const std::vector<InversionStep>& grid, const Tensor& context, bool all,
    Trajectory& trajectory, const Counted& counted)
{
    const int of = int(grid.size());
    ContextKeys keys;
    while (trajectory.done < of) {
        const InversionStep& step = grid[trajectory.done];
        if (!counted(trajectory.done, of))
            return false;
        const Tensor x = trajectory.latents.at(step.from).to(network.model.device);
        const Tensor noise = network.noise(
            x, {.time = double(step.asked), .context = context, .contextKeys = &keys});
        if (!all && step.from != 0)
            trajectory.latents.erase(step.from);
        trajectory.latents[step.to] =
            moved(network.schedule, x, noise, step.from, step.to).to(at::kCPU);
        ++trajectory.done;
    }
    return counted(of, of);
}

Source forwardSource(
    const Trajectory& trajectory, const std::vector<int>& times, const Tensor& context)
{
    Source source {.start = trajectory.latents.at(times.front()), .context = context};
    for (const int time : times)
        source.latents.push_back(trajectory.latents.at(time));
    return source;
}

namespace {

/// Samples from @p x down @p grid with a noise prediction, and takes the latents at @p times.
Source sampled(
    const Network& network, Tensor x, const std::vector<int>& grid, const std::vector<int>& times,
    const Counted& counted, const std::function<Tensor(const Tensor&, int time)>& noise)
{
    Source source {.start = x.to(at::kCPU)};
    for (size_t i = 0; i < grid.size(); ++i) {
        if (!counted(int(i), int(grid.size())))
            return {};
        if (source.latents.size() < times.size() && times[source.latents.size()] == grid[i])
            source.latents.push_back(x.to(at::kCPU));
        const int next = i + 1 < grid.size() ? grid[i + 1] : 0;
        x = moved(network.schedule, x, noise(x, grid[i]), grid[i], next);
    }
    source.clean = x;
    return source;
}

} // namespace

Source reverseSource(
    const Network& network, const Tensor& last, int steps, const std::vector<int>& times,
    const Tensor& context, const Counted& counted)
{
    ContextKeys keys;
    Source source = sampled(
        network, last.to(network.model.device), samplingGrid(steps), times, counted,
        [&](const Tensor& x, int time) {
            return network.noise(
                x, {.time = double(time), .context = context, .contextKeys = &keys});
        });
    source.context = context;
    return source;
}

Source generatedSource(
    const Network& network, const Tensor& noise, const std::vector<int>& times,
    const Tensor& context, double guidance, const Counted& counted)
{
    ContextKeys keys;
    Source source = sampled(network, noise, times, times, counted, [&](const Tensor& x, int time) {
        const Tensor both =
            network.noise(x, {.time = double(time), .context = context, .contextKeys = &keys});
        const Tensor negative = both.narrow(0, 0, 1), positive = both.narrow(0, 1, 1);
        return negative + guidance * (positive - negative);
    });
    source.context = context;
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
