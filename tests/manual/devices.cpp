// SPDX-License-Identifier: GPL-3.0-or-later

// Whole runs of the default model on a device (a GPU), held against the processor's in fp32: each
// method with and without passes that are repeated as a whole, in fp32 and fp16, with all that a
// step holds recorded, with 16 bits a channel, stopped in the middle, and where the device's memory
// is too short. Ends with 1 where something is not as it should be.

#include "core/errors.h"
#include "core/file/resources.h"
#include "core/inspect/trace.h"
#include "core/models.h"
#include "core/nn/fastpaths.h"
#include "core/nn/layers.h"
#include "core/nn/tensor.h"
#include "plugins/analogist/analogist.h"
#include "plugins/plugandplay/plugandplay.h"
#include "plugins/promptfree/promptfree.h"

#include <ATen/ops/empty.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <set>
#include <string>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

int failures = 0;

void check(bool good, const char* what)
{
    if (good)
        return;
    std::printf("  NOT GOOD: %s\n", what);
    ++failures;
}

Answer goOn(const Event&)
{
    return {};
}

struct Case
{
    Method method;
    Request request;
    bool plain = false; ///< nothing inside the network is changed
};

std::vector<Case> cases()
{
    const auto square = [](Color colour) {
        Image image = filled(256, 256, {240, 240, 240});
        paste(image, filled(120, 120, colour), 68, 68);
        return Input {.image = image};
    };
    const Input red = square({200, 40, 40}), blue = square({40, 40, 200});
    std::vector<Case> all;
    Request analogy {.method = "analogy", .seed = 1};
    analogy.images = {{"a", {red}}, {"a_prime", {blue}}, {"b", {square({220, 180, 60})}}};
    // With cloning and masking, and both halves of the guidance.
    analogy.values = {
        {"prompt", std::string("a blue square")},
        {"guidance", 5.0},
        {"sac", Layers {{3, 11}}},
        {"cam", Layers {{3, 11}}}};
    all.push_back({analogist(), analogy});
    analogy.values.erase("sac");
    analogy.values.erase("cam");
    all.push_back({analogist(), analogy, true});
    Request edit {.method = "translate", .seed = 1};
    edit.images["source"] = {red};
    edit.values["prompt"] = std::string("large yellow star, blue ground");
    all.push_back({translate(), edit});
    Request reference {.method = "prompt-free", .seed = 1};
    reference.images["reference"] = {blue};
    all.push_back({promptFree(), reference, true});
    const Parameter sampler = parameter(promptFree(), "sampler");
    for (const Choice& choice : sampler.choices) {
        reference.values["sampler"] = choice.value;
        all.push_back({promptFree(), reference, true});
    }
    return all;
}

struct Made
{
    Result result;
    double first = 0, later = 0; ///< seconds: with what is loaded and set up once, and without
    int64_t multiplyAdds = 0;    ///< of the later one; what is repeated as a whole is not counted
};

Made make(const Case& one, const std::string& device, const std::string& precision, bool graphs)
{
    fastPaths().graphs = graphs;
    Models models;
    Request request = one.request;
    request.device = device;
    request.precision = precision;
    Made made;
    for (double* seconds : {&made.first, &made.later}) {
        resetMultiplyAdds();
        const auto begin = Clock::now();
        made.result = run(one.method, request, models, goOn);
        *seconds = std::chrono::duration<double>(Clock::now() - begin).count();
        made.multiplyAdds = multiplyAdds();
    }
    return made;
}

/// The mean distance of two pictures, of 255.
double distance(const Result& x, const Result& y)
{
    const auto &a = x.candidates.at(0).image->rgb, &b = y.candidates.at(0).image->rgb;
    if (a.size() != b.size())
        throw Error("The pictures have other sizes.");
    double sum = 0;
    for (size_t i = 0; i < a.size(); ++i)
        sum += std::abs(int(a[i]) - int(b[i]));
    return sum / double(a.size());
}

void compare(const Case& one, const std::string& device)
{
    const Made reference = make(one, "cpu", "fp32", true);
    std::printf("  cpu fp32: %.2f s, then %.2f s\n", reference.first, reference.later);
    for (const char* precision : {"fp32", "fp16"})
        for (const bool graphs : {false, true}) {
            const Made made = make(one, device, precision, graphs);
            const double far = distance(made.result, reference.result);
            std::printf(
                "  %s %s%s: %.2f s, then %.3f s; %.1f G multiply-adds told; %.3f of 255 from the "
                "processor's\n",
                device.c_str(), precision, graphs ? ", passes repeated" : "", made.first,
                made.later, double(made.multiplyAdds) / 1e9, far);
            std::fflush(stdout);
            check(far < (precision == std::string("fp32") ? .1 : 4), "the picture is another one");
            // Where something looks on or changes what the network does, nothing is repeated.
            check(
                !one.plain || graphs == (made.multiplyAdds < reference.multiplyAdds),
                graphs ? "no pass was repeated" : "passes were repeated");
        }
}

/// All that a step holds, deep pictures, and a stop after the second step.
void lookInside(const Case& one, const std::string& device)
{
    fastPaths().graphs = true;
    Models models;
    Request request = one.request;
    request.device = device;
    int64_t bytes = 0;
    int steps = 0;
    const auto tell = [&](const Event& event) {
        if (const auto* step = std::get_if<StepEvent>(&event)) {
            steps = step->step;
            bytes = std::max(bytes, step->trace ? step->trace->bytes() : 0);
        }
        return Answer {};
    };
    const Result recorded = run(one.method, request, models, Report(tell, everything()));
    const Result plain = run(one.method, request, models, goOn);
    std::printf(
        "  all recorded: %.1f MiB a step, %.3f of 255 from the same without\n",
        double(bytes) / (1 << 20), distance(recorded, plain));
    check(bytes > 0, "nothing was recorded");
    check(distance(recorded, plain) < 4, "recording changes the picture");
    request.values = resolve(one.method, request, describeModel(defaultModel()));
    const auto deep = one.method.decodeDeep(request, models, *plain.latents.back());
    const auto& values = deep.at(0).image.rgb;
    const size_t levels = std::set(values.begin(), values.end()).size();
    std::printf("  16 bits: %zu levels\n", levels);
    check(levels > 256, "no more levels than with 8 bits");
    const auto stop = [](const Event& event) {
        const auto* step = std::get_if<StepEvent>(&event);
        return Answer {.goOn = !step || step->step < 2};
    };
    const Result stopped = run(one.method, request, models, stop);
    check(stopped.stopped && stopped.candidates.size() == 1, "a stop gives no picture");
}

/// Takes most of the device's memory, so that a run finds too little; afterwards it works again.
void runShort(const Case& one, const std::string& device)
{
    Request request = one.request;
    request.device = device;
    Models models;
    std::string told = "nothing";
    {
        std::vector<Tensor> taken;
        for (int64_t bytes = int64_t(1) << 36; bytes >= 1 << 22;) {
            try {
                taken.push_back(at::empty(
                    {bytes}, at::TensorOptions().dtype(at::kByte).device(at::Device(device))));
            } catch (const std::exception&) {
                bytes /= 2;
            }
        }
        try {
            (void)run(one.method, request, models, goOn);
        } catch (const std::exception& error) {
            told = std::string(error.what()).substr(0, 200);
        }
    }
    std::printf("  without memory: %s\n", told.c_str());
    check(told != "nothing", "too little memory was not told");
    check(run(one.method, request, models, goOn).candidates.size() == 1, "no run after it");
}

} // namespace

int main(int argc, char** argv)
{
    if (argc > 2) {
        std::fprintf(stderr, "usage: devices [DEVICE]\n");
        return 2;
    }
    const std::string device = argc > 1 ? argv[1] : "cuda";
    try {
        const c10::InferenceMode noGradients;
        for (const Case& one : cases()) {
            const auto sampler = one.request.values.find("sampler");
            std::printf(
                "%s%s%s\n", one.method.name.c_str(), one.plain ? "" : ", with injection",
                sampler == one.request.values.end()
                    ? ""
                    : (", " + std::get<std::string>(sampler->second)).c_str());
            try {
                compare(one, device);
                if (sampler != one.request.values.end())
                    continue;
                lookInside(one, device);
                runShort(one, device);
            } catch (const std::exception& error) {
                check(false, error.what());
            }
        }
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
    return failures ? 1 : 0;
}
