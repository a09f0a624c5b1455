// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/errors.h"
#include "core/method.h"

#include <QCoreApplication>
#include <QThread>

#include <chrono>
#include <future>
#include <memory>
#include <new>
#include <stdexcept>

/// Waits until the main thread has received what this one has told it so far, so that what it asks
/// for comes in time however fast either is. Where the main thread waits for this one, as when an
/// engine is destroyed, that would be for ever: it goes on without.
inline void waitForTheMainThread()
{
    QCoreApplication* const application =
        QCoreApplication::instance(); // qApp claims to have a window
    if (!application || QThread::currentThread() == application->thread())
        return;
    const auto turn = std::make_shared<std::promise<void>>();
    QMetaObject::invokeMethod(
        application, [turn] { turn->set_value(); }, Qt::QueuedConnection);
    turn->get_future().wait_for(std::chrono::milliseconds(500));
}

/// The picture of a latent of countingMethod(): as red as the step's number.
inline std::vector<Candidate> pictureOf(const Latent& latent)
{
    const Color color {uint8_t(latent.values.at(0)), 0, 0};
    return {{.image = filled(4, 4, color), .canvas = filled(8, 8, color)}};
}

inline Result count(const Request& request, const Report& report)
{
    const std::string prompt = std::get<std::string>(request.values.at("prompt"));
    const int steps = std::get<int>(request.values.at("steps"));
    report(StageEvent {.stage = "Counting"});
    if (prompt == "error")
        throw Error("The prompt says error.");
    if (prompt == "value")
        throw ValueError("The prompt says value.");
    if (prompt == "work")
        throw WorkError("The prompt says work.");
    if (prompt == "library")
        throw std::runtime_error("first line\nand a long trace");
    if (prompt == "lost")
        throw std::runtime_error("CUDA error: unspecified launch failure");
    if (prompt == "memory")
        throw std::bad_alloc();
    Result result;
    for (int step = 0; step <= steps; ++step) {
        const auto latent =
            std::make_shared<const Latent>(Latent {.shape = {1, 1, 1, 1}, .values = {float(step)}});
        result.latents.push_back(latent);
        const Answer answer = report(StepEvent {
            .step = step,
            .steps = steps,
            .time = 1000.0 - step,
            .latent = latent,
            .previews = {filled(1, 1, {uint8_t(step), 0, 0})},
            .noisy = {filled(1, 1, {0, uint8_t(step), 0})}});
        if (!answer.goOn) {
            result.stopped = true;
            break;
        }
        waitForTheMainThread();
    }
    result.candidates = pictureOf(*result.latents.back());
    return result;
}

/// A method that needs no network: it counts its steps, each of which the main thread has seen
/// before the next.
inline Method countingMethod()
{
    Method method {.id = "analogy", .name = "Counting", .order = 1, .onGrid = true};
    method.resultLabel = "B'";
    method.slots = {
        {.id = "a", .label = "A"},
        {.id = "a_prime", .label = "A'"},
        {.id = "b", .label = "B", .main = true}};
    method.parameters = {
        {.id = "prompt", .label = "Prompt", .initial = std::string(), .role = Role::Prompt},
        {.id = "negative",
         .label = "Negative prompt",
         .initial = std::string("none"),
         .role = Role::NegativePrompt},
        {.id = "steps",
         .label = "Steps",
         .initial = 5,
         .minimum = 1,
         .maximum = 100'000,
         .step = 1,
         .role = Role::Steps},
        {.id = "strength",
         .label = "Strength",
         .initial = 0.9,
         .minimum = 0,
         .maximum = 1,
         .role = Role::Strength}};
    method.presets = {{.id = "soft", .label = "Soft", .values = {{"strength", 0.25}}}};
    method.run = [](const Request& request, Models&, const Report& report) {
        return count(request, report);
    };
    method.decode = [](const Request&, Models&, const Latent& latent) {
        if (latent.values.at(0) == 4)
            throw Error("The fourth step cannot be decoded.");
        return pictureOf(latent);
    };
    method.decodeDeep = [](const Request&, Models&, const Latent& latent) {
        std::vector<DeepCandidate> candidates;
        for (const Candidate& each : pictureOf(latent)) {
            DeepImage image = deepened(each.image);
            for (std::size_t i = 0; i < image.rgb.size(); ++i)
                image.rgb[i] ^= uint16_t(i % 200); // what eight bits do not have
            candidates.push_back({.image = image, .canvas = image});
        }
        return candidates;
    };
    return method;
}

/// The request as the engine takes it.
inline Prepared ready(const Method& method, const Request& request)
{
    return prepare(method, request, {.path = "model"});
}

/// A request for it with all its pictures.
inline Request countingRequest(Values values = {})
{
    Request request {.method = "analogy", .values = std::move(values)};
    for (const char* slot : {"a", "a_prime", "b"})
        request.images[slot] = {{.image = filled(2, 2, {}), .name = "white.png"}};
    return request;
}
