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
#include <chrono>
#include <functional>

namespace {

using Clock = std::chrono::steady_clock;

double secondsOf(const std::function<Tensor()>& work)
{
    const auto begin = Clock::now();
    (void)work().sum().item<double>(); // waits for a device that works behind
    return std::chrono::duration<double>(Clock::now() - begin).count();
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

    // A step of each kind, and how many of 50 are of it.
    const std::pair<int, int> kinds[] = {{1, 25}, {30, 15}, {45, 10}};
    std::vector<double> ofPlain, toFirst, toSecond;
    for (int round = 0; round <= rounds; ++round) {
        double plain = 0, firstEdit = 0, secondEdit = 0;
        for (const auto& [step, count] : kinds) {
            const UNetInput input {
                .time = double(times[size_t(step)]), .context = three, .contextKeys = &plainKeys};
            SourceFeatures features;
            plain += count
                * secondsOf([&] { return unet(model.unetConfig, model.unet, latents, input); });
            firstEdit += count * secondsOf([&] {
                             features = featuresOf(network, source, settings.injection, step, keys);
                             return first.noise(x, step, features);
                         });
            secondEdit += count * secondsOf([&] { return second.noise(x, step, features); });
        }
        if (round == 0) // it pays for what is set up once
            continue;
        ofPlain.push_back(plain / 50);
        toFirst.push_back(firstEdit / plain);
        toSecond.push_back(secondEdit / plain);
    }
    return {
        {"seconds of a plain batch of three", medianOf(ofPlain)},
        {"first edit to it", medianOf(toFirst)},
        {"second edit to it", medianOf(toSecond)}};
}
