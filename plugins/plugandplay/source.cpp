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

namespace {

/// What one of @p of steps has of the tensors of all.
SourceFeatures partOf(const SourceFeatures& all, int number, int of)
{
    const auto part = [&](const Tensor& x) { return x.chunk(of)[size_t(number)]; };
    SourceFeatures features;
    for (const auto& [layer, pair] : all.attention)
        features.attention[layer] = {part(pair.query), part(pair.key)};
    for (const auto& [layer, h] : all.residual)
        features.residual[layer] = part(h);
    return features;
}

} // namespace

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

std::vector<SourceFeatures> featuresOf(
    const Network& network, const Source& source, const Injection& injection, Range steps,
    ContextKeys& keys, Recorder* recorder)
{
    SourceFeatures all;
    UNetInput input {
        .context = source.context,
        .step = steps.begin,
        .contextKeys = &keys,
        .last = lastInjected(injection, steps.begin, network.model.unetConfig)};
    std::vector<Tensor> latents;
    std::vector<Subject> items;
    std::vector<int> itemSteps;
    for (int step = steps.begin; step < steps.end; ++step) {
        latents.push_back(source.latents[size_t(step)]);
        input.times.push_back(source.times[size_t(step)]);
        for (const Subject& item : itemsOfSource(source)) {
            items.push_back(item);
            itemSteps.push_back(step);
        }
    }
    Taps taps = recording(injection, steps.begin, all);
    if (recorder && recorder->on())
        recorder->watch(taps, items, {}, itemSteps);
    if (input.last)
        network.predicted(at::cat(latents).to(network.model.device), input, taps);
    std::vector<SourceFeatures> each;
    for (int i = 0; i < int(latents.size()); ++i)
        each.push_back(partOf(all, i, int(latents.size())));
    return each;
}
