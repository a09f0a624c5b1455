// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/plugandplay/source.h"

#include "core/diffusion/samplingrun.h"
#include "plugins/plugandplay/recording.h"

Source sourceOnInversion(
    const Trajectory& inversion, const std::vector<int>& times, const Tensor& context)
{
    Source source {
        .times = times, .start = inversion.latents.at(times.front()), .context = context};
    for (const int time : times)
        source.latents.push_back(inversion.latents.at(time));
    return source;
}

Source sourceOnWayBack(const Trajectory& back, const std::vector<int>& times, const Tensor& context)
{
    Source source = sourceOnInversion(back, times, context);
    source.start = back.latents.rbegin()->second;
    source.clean = back.latents.at(0);
    return source;
}

bool generate(const Network& network, Source& source, double guidance, const StageReport& progress)
{
    const int count = int(source.times.size());
    ContextKeys keys;
    Tensor x = source.start.to(network.model.device);
    for (int i = 0; i < count; ++i) {
        if (!progress("Making the source", i, count))
            return false;
        source.latents.push_back(x.to(at::kCPU));
        const int time = source.times[i], next = i + 1 < count ? source.times[i + 1] : 0;
        const Tensor both = network.noise(
            x, {.time = double(time), .context = source.context, .contextKeys = &keys});
        if (!both.defined())
            return false;
        const Tensor negative = both.narrow(0, 0, 1), positive = both.narrow(0, 1, 1);
        x = ddimStep(
            x, negative + guidance * (positive - negative), network.level(time),
            network.level(next));
        checkNumbers(x, "The source", i + 1, count, "try precision fp32");
    }
    source.clean = x;
    return true;
}

SourceFeatures featuresOf(
    const Network& network, const Source& source, const Injection& injection, int step,
    ContextKeys& keys, Recorder* recorder)
{
    SourceFeatures features;
    const auto last = lastInjected(injection, step, network.model.unetConfig);
    Taps taps = recording(injection, step, features);
    if (recorder && recorder->on())
        recorder->watch(taps, itemsOfSource(source));
    if (last)
        network.noise(
            source.latents[step].to(network.model.device),
            {.time = double(source.times[step]),
             .context = source.context,
             .step = step,
             .contextKeys = &keys,
             .last = last},
            taps);
    return features;
}
