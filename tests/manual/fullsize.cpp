// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/errors.h"
#include "core/models.h"
#include "core/stopping.h"
#include "plugins/analogist/analogist.h"
#include "tests/manual/sd15file.h"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <utility>

namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Of /proc/self/status, in GiB: VmHWM is the most memory that was resident so far.
double gibibytes(const std::string& key)
{
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;)
        if (word == key + ":") {
            double kibibytes = 0;
            status >> kibibytes;
            return kibibytes / (1 << 20);
        }
    throw Error("/proc/self/status has no " + key + ".");
}

/// In a process of its own, so that its memory is not counted.
void writeFile(const std::filesystem::path& path)
{
    const auto shapes = sd15Inpainting();
    std::printf("Writing %s, %zu tensors\n", path.c_str(), shapes.size());
    std::fflush(stdout);
    const auto begin = Clock::now();
    const pid_t child = fork();
    if (child == 0) {
        try {
            writeRandomFile(path, shapes, 1);
            _exit(0);
        } catch (const std::exception& error) {
            std::fprintf(stderr, "%s\n", error.what());
            _exit(1);
        }
    }
    int status = 1;
    if (child < 0 || waitpid(child, &status, 0) < 0 || status != 0)
        throw Error("The file " + path.string() + " could not be written.");
    std::printf(
        "  %.2f GB in %.1f s\n", double(std::filesystem::file_size(path)) / 1e9,
        secondsSince(begin));
}

Request requestFor(
    const std::filesystem::path& model, const std::string& precision, const std::string& device)
{
    Request request {
        .method = "analogy", .model = model.string(), .device = device, .precision = precision};
    request.images["a"] = {{.image = filled(256, 256, {200, 40, 40})}};
    request.images["a_prime"] = {{.image = filled(256, 256, {40, 40, 200})}};
    request.images["b"] = {{.image = filled(256, 256, {220, 180, 60})}};
    // Of two steps strength 1 takes both.
    request.values = {
        {"prompt", std::string("a blue square")},
        {"steps", 2},
        {"strength", 1.0},
        {"size", 512},
        {"candidates", 1}};
    return request;
}

/// What two steps took, with what they held if that is recorded.
struct Taken
{
    double seconds = 0; ///< a step, the mean of both
    int64_t bytes = 0;  ///< that one of them held
};

Taken runTwoSteps(const Request& request, Models& models, const Recording& recording = {})
{
    const auto begin = Clock::now();
    auto last = begin;
    Clock::time_point asked = begin;
    double longest = 0; // between two moments at which a stop would be heard
    const Stopping watching([&] {
        longest = std::max(longest, secondsSince(std::exchange(asked, Clock::now())));
        return false;
    });
    std::string what = "Recognising the file";
    const auto finish = [&](std::string next) {
        next = next.substr(0, next.find(" (")); // without the percentage
        if (next == what)
            return;
        std::printf(
            "  %-28s %7.2f s, at most %.3f s in a layer, %5.2f GiB resident, %5.2f GiB at most\n",
            what.c_str(), secondsSince(last), longest, gibibytes("VmRSS"), gibibytes("VmHWM"));
        std::fflush(stdout);
        last = asked = Clock::now();
        longest = 0;
        what = next;
    };
    Taken taken;
    std::vector<std::shared_ptr<const StepTrace>> traces; // kept, as the window keeps them
    const auto tell = [&](const Event& event) {
        if (const auto* stage = std::get_if<StageEvent>(&event))
            finish(english(stage->stage));
        if (const auto* step = std::get_if<StepEvent>(&event)) {
            if (step->step > 0)
                taken.seconds += secondsSince(last) / 2;
            if (step->trace) {
                taken.bytes = step->trace->bytes();
                traces.push_back(step->trace);
            }
            if (step->step < step->steps)
                finish("Step " + std::to_string(step->step + 1));
        }
        return Answer {};
    };
    const Result result = run(analogist(), request, models, Report(tell, recording));
    finish("");
    if (result.latents.size() != 3 || result.candidates.size() != 1)
        throw Error("The run did not take two steps.");
    std::printf(
        "Two steps at 512 in %s on %s: %.1f s with loading, %.2f GiB at most\n",
        c10::toString(floatingType(request.precision, at::Device(request.device))),
        request.device.c_str(), secondsSince(begin), gibibytes("VmHWM"));
    return taken;
}

/// Once without and once with what the window records of a model of full size.
void runRecorded(const Request& request, Models& models)
{
    const Taken plain = runTwoSteps(request, models);
    const double most = gibibytes("VmHWM");
    const Taken recorded = runTwoSteps(request, models, attentionOnly());
    std::printf(
        "Recording cross- and self-attention with figures: a step takes %.2f s in place of %.2f "
        "(%.2f), %.1f MiB a step, %.2f GiB more at most\n",
        recorded.seconds, plain.seconds, recorded.seconds / plain.seconds,
        double(recorded.bytes) / (1 << 20), gibibytes("VmHWM") - most);
}

} // namespace

/// Writes a random Stable Diffusion 1.5 inpainting file of full size, loads it as any other and
/// takes two steps of Analogist at 512: time and peak memory; with "record" twice, the second time
/// with what the window records.
int main(int argc, char** argv)
{
    if (argc < 2 || argc > 5) {
        std::fprintf(
            stderr,
            "Usage: fullsize FILE [auto|fp32|bf16|fp16 [cpu|cuda [record]]]\n"
            "FILE is written (2.1 GB) where it is not there yet, and kept.\n");
        return 2;
    }
    try {
        const std::filesystem::path file = argv[1];
        if (!std::filesystem::exists(file))
            writeFile(file);
        const Request request =
            requestFor(file, argc > 2 ? argv[2] : "auto", argc > 3 ? argv[3] : "cpu");
        Models models;
        if (argc > 4)
            runRecorded(request, models);
        else
            runTwoSteps(request, models);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
