// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/faults/attempts.h"

#include "app/engine.h"
#include "core/image.h"
#include "core/method.h"
#include "core/models.h"
#include "plugins/analogist/analogist.h"

c10::DataPtr FailingAllocator::allocate(size_t bytes)
{
    TORCH_CHECK(
        ofCore || ++counted != failing,
        "DefaultCPUAllocator: can't allocate memory: you tried to allocate ", bytes, " bytes.");
    c10::DataPtr real = m_real->allocate(bytes);
    void* const memory = real.get();
    held += memory != nullptr; // a tensor may have no numbers
    m_delete = m_real->raw_deleter();
    real.release_context();
    return {memory, memory, &FailingAllocator::free, c10::Device(c10::DeviceType::CPU)};
}

void FailingAllocator::free(void* memory)
{
    held -= memory != nullptr;
    m_delete(memory);
}

void useFailingAllocator()
{
    static FailingAllocator allocator;
    c10::SetAllocator(c10::DeviceType::CPU, &allocator, 1);
}

namespace {

Request request()
{
    const auto picture = [](uint8_t red) {
        return Input {.image = SharedImage(filled(64, 64, {red, 40, 90}))};
    };
    Request request {.seed = 5};
    request.method = "analogy";
    request.images = {{"a", {picture(200)}}, {"a_prime", {picture(20)}}, {"b", {picture(120)}}};
    request.values = {{"prompt", std::string("red")}, {"steps", 2}};
    request.precision = "fp32";
    return request;
}

} // namespace

Method triedMethod()
{
    return analogist();
}

std::vector<float> attempt(const std::string& model, Models& models, int stopAt)
{
    Request wanted = request();
    wanted.model = model;
    const Method method = triedMethod();
    const Prepared prepared = prepare(method, wanted, describeModel(model));
    std::vector<float> last;
    int moment = 0;
    const Result result = method.run(prepared.whole(), models, [&](const Event& event) {
        if (const auto* step = std::get_if<StepEvent>(&event); step && step->latent)
            last = step->latent->values;
        return Answer {.goOn = moment++ != stopAt};
    });
    return result.stopped ? std::vector<float>() : last;
}

std::vector<float> attempt(const std::string& model)
{
    Models models;
    return attempt(model, models);
}

Outcome outcomeOf(
    const std::function<std::vector<float>()>& made, const std::vector<float>& right,
    std::string& said)
{
    try {
        if (made() == right)
            return Same;
        said = "other latents";
        return Wrong;
    } catch (...) {
        failing = 0;
        const Failure failure = currentFailure();
        said = failure.sentence.toStdString();
        return failure.cause == Failure::Memory ? Told : Wrong;
    }
}

Outcome outcomeOf(const std::string& model, const std::vector<float>& right, std::string& said)
{
    return outcomeOf([&] { return attempt(model); }, right, said);
}
