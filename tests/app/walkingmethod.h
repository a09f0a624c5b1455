// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/app/countingmethod.h"

#include <cmath>
#include <functional>

/// Walks from @p x over all steps by what @p predict says of each; those that are done already are
/// not asked for. @p before is told of every step.
inline Result walk(
    const Request& request, const Report& report, float x,
    const std::function<float(int step, float x)>& predict,
    const std::function<void(int step)>& before = {})
{
    const auto latentOf = [](float at) {
        return std::make_shared<const Latent>(Latent {.shape = {1, 1, 1, 2}, .values = {at, -at}});
    };
    Result result;
    const int steps = std::get<int>(request.values.at("steps"));
    for (int step = 0; step <= steps; ++step) {
        std::shared_ptr<const Latent> prediction;
        if (step > 0) {
            if (before)
                before(step);
            const auto& done = report.done.predictions;
            prediction =
                step <= int(done.size()) ? done[size_t(step - 1)] : latentOf(predict(step, x));
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
}

/// Walks from step to step by predictions that depend on where it is and on its pictures.
inline Method walkingMethod()
{
    Method method = countingMethod();
    method.parameters.push_back(
        {.id = "net", .label = "Net", .initial = std::string(), .file = true});
    method.run = [](const Request& request, Models&, const Report& report) {
        const float x =
            float(request.seed % 97) + request.images.at("a").front().image->pixel(0, 0)[0];
        return walk(
            request, report, x, [](int step, float at) { return std::sin(at) * float(step); });
    };
    return method;
}
