// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/bench/translatesteps.h"

#include "core/diffusion/unet.h"
#include "plugins/plugandplay/guidance.h"
#include "plugins/plugandplay/inversion.h"
#include "plugins/plugandplay/parameters.h"
#include "plugins/plugandplay/settings.h"
#include "plugins/plugandplay/timesteps.h"

#include <ATen/ops/cat.h>
#include <ATen/ops/randn.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <functional>
#include <map>

namespace {

/// By the clock and of all threads of this process, in seconds.
struct Spent
{
    double clock = 0, processor = 0;

    Spent operator+(const Spent& more) const
    {
        return {clock + more.clock, processor + more.processor};
    }
    Spent operator*(double times) const { return {clock * times, processor * times}; }
};

double secondsOn(clockid_t which)
{
    timespec time {};
    clock_gettime(which, &time);
    return double(time.tv_sec) + 1e-9 * double(time.tv_nsec);
}

Spent spentBy(const std::function<Tensor()>& work)
{
    const Spent before {secondsOn(CLOCK_MONOTONIC), secondsOn(CLOCK_PROCESS_CPUTIME_ID)};
    (void)work().sum().item<double>(); // waits for a device that works behind
    const Spent after {secondsOn(CLOCK_MONOTONIC), secondsOn(CLOCK_PROCESS_CPUTIME_ID)};
    return after + before * -1;
}

double medianOf(std::vector<double> values)
{
    std::ranges::nth_element(values, values.begin() + int64_t(values.size()) / 2);
    return values[values.size() / 2];
}

} // namespace

nlohmann::json translateSteps(const StableDiffusion& model, int size, int rounds)
{
    Values values;
    for (const Parameter& p : translateParameters())
        values.try_emplace(p.id, p.initial);
    const TranslateSettings settings = translateSettings(values);
    const std::vector<int> times = samplingTimes(settings.inversion.samplingSteps);
    const int64_t side = size / 8, width = model.unetConfig.contextWidth;
    const Tensor x = at::randn({1, model.vaeConfig.latentChannels, side, side}).to(model.device);
    const auto text = [&] { return at::randn({1, 77, width}).to(model.device, model.type); };
    const Contexts contexts {.empty = text(), .negative = text(), .targets = {text()}};
    const Source source {
        .times = times,
        .latents = std::vector<Tensor>(times.size(), x),
        .start = x,
        .context = text()};
    const Network network(model, x);
    const auto translation = [&] {
        return Translation(network, source, contexts, settings.guidance, settings.injection, false);
    };
    Translation first = translation(), second = translation();
    const Tensor three = at::cat({source.context, contexts.negative, contexts.targets[0]});
    const Tensor latents = at::randn({3, model.unetConfig.inChannels, side, side}).to(model.device);
    ContextKeys keys, plainKeys;

    // The first step of each kind, and how many of 50 are of it.
    const std::pair<int, int> kinds[] = {{0, 25}, {25, 15}, {40, 10}};
    // The passes of the source that those take, a batch of each size timed once.
    SourceFeatures features;
    const auto sourcePasses = [&](int begin, int count) {
        std::map<int, Spent> ofBatch;
        Spent all;
        for (int step = begin; step < begin + count;) {
            const Range steps = stepsAtOnce(settings.injection, step, int(times.size()));
            const auto [found, isNew] = ofBatch.try_emplace(steps.end - steps.begin);
            if (isNew)
                found->second = spentBy([&] {
                    features = featuresOf(network, source, settings.injection, steps, keys).front();
                    return x;
                });
            all = all + found->second;
            step = steps.end;
        }
        return all;
    };
    std::vector<double> ofPlain;
    std::array<std::vector<double>, 2> toFirst, toSecond; // by the clock, of processors
    for (int round = 0; round <= rounds; ++round) {
        Spent plain, firstEdit, secondEdit;
        for (const auto& [step, count] : kinds) {
            const UNetInput input {
                .time = double(times[size_t(step)]), .context = three, .contextKeys = &plainKeys};
            plain = plain
                + spentBy([&] { return unet(model.unetConfig, model.unet, latents, input); })
                    * count;
            firstEdit = firstEdit + sourcePasses(step, count)
                + spentBy([&] { return first.noise(x, step, features); }) * count;
            secondEdit =
                secondEdit + spentBy([&] { return second.noise(x, step, features); }) * count;
        }
        if (round == 0) // it pays for what is set up once
            continue;
        ofPlain.push_back(plain.clock / 50);
        toFirst[0].push_back(firstEdit.clock / plain.clock);
        toFirst[1].push_back(firstEdit.processor / plain.processor);
        toSecond[0].push_back(secondEdit.clock / plain.clock);
        toSecond[1].push_back(secondEdit.processor / plain.processor);
    }
    const auto both = [](const std::array<std::vector<double>, 2>& ratios) {
        return nlohmann::json {
            {"by the clock", medianOf(ratios[0])}, {"of processors", medianOf(ratios[1])}};
    };
    return {
        {"seconds of a plain batch of three", medianOf(ofPlain)},
        {"first edit to it", both(toFirst)},
        {"second edit to it", both(toSecond)}};
}
