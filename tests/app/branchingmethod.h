// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/branch.h"
#include "tests/app/countingmethod.h"

#include <atomic>
#include <cmath>
#include <functional>

/// What happens inside a branchingMethod().
struct Network
{
    std::atomic<int> calls = 0;
    std::function<void(int step)> beforeStep = {}; ///< on the worker
    double error = 0;                              ///< added from the third step on
};

/// A method whose prompt acts in each step anew, so that a branch may have another one.
inline Method branchingMethod(Network& network)
{
    Method method = countingMethod();
    for (Parameter& p : method.parameters)
        p.mayChange = p.role == Role::Prompt;
    method.run = [&network](const Request& request, Models&, const Report& report) {
        const auto latentOf = [](float x) {
            return std::make_shared<const Latent>(
                Latent {.shape = {1, 1, 1, 2}, .values = {x, -x}});
        };
        Result result;
        const auto words = std::get<std::string>(request.values.at("prompt")).size();
        const int steps = std::get<int>(request.values.at("steps"));
        float x = float(startSeed(request) % 97);
        for (int step = 0; step <= steps; ++step) {
            std::shared_ptr<const Latent> prediction;
            if (step > 0) {
                if (network.beforeStep)
                    network.beforeStep(step);
                const auto& done = report.done.predictions;
                const bool known = step <= int(done.size());
                network.calls += !known;
                prediction = known ? done[size_t(step - 1)]
                                   : latentOf(
                                       std::sin(x) * float(step) + float(words)
                                       + float(step > 2 ? network.error : 0));
                x = x * 0.9F + prediction->values[0];
            }
            result.latents.push_back(latentOf(x));
            const Answer answer = report(StepEvent {
                .step = step,
                .steps = steps,
                .time = double(steps - step),
                .latent = result.latents.back(),
                .prediction = prediction,
                .clean = step > 0 ? latentOf(x / 2) : nullptr,
                .previews = {filled(2, 2, {uint8_t(step), 0, 0})},
                .noisy = {filled(2, 2, {0, uint8_t(step), 0})}});
            if (!answer.goOn) {
                result.stopped = step < steps;
                break;
            }
            waitForTheMainThread();
        }
        const Color color {uint8_t(int(x)), 9, 9};
        result.candidates = {
            {.image = filled(4, 4, color), .canvas = filled(8, 8, color), .seed = request.seed}};
        return result;
    };
    return method;
}
