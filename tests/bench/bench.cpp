// SPDX-License-Identifier: GPL-3.0-or-later

// Times a guided sampling step of a model (one latent and two contexts through the UNet) without
// injection, with Analogist's cloning and masking as they run, with the edited matrices of --plain,
// with what looks on, and without one or the other of the faster ways of the layers: one after the
// other in every round, so that a noisy machine touches all alike. The ratios are what counts. Then
// whole pictures by their stages.

#include "core/diffusion/recorder.h"
#include "core/errors.h"
#include "core/file/resources.h"
#include "core/memory.h"
#include "core/nn/fastpaths.h"
#include "core/nn/layers.h"
#include "plugins/analogist/analogist.h"
#include "plugins/analogist/inpainting.h"
#include "tests/bench/probe.h"
#include "tests/bench/translatesteps.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <ATen/ops/randn.h>

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <iostream>
#include <map>

namespace {

using Clock = std::chrono::steady_clock;

struct Options
{
    std::string model = {}, precision = "auto", device = "cpu";
    int size = 256, rounds = 5, threads = 0, batch = 2, pictures = 0;
    size_t ways = 100;
    bool json = false, eager = false, apart = false, decodes = false, translates = false;
};

double secondsSince(Clock::time_point begin)
{
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

/// Of all threads of this process: what others take of the machine does not count.
double processorSeconds()
{
    timespec time {};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return double(time.tv_sec) + 1e-9 * double(time.tv_nsec);
}

long pageFaults()
{
    rusage usage {};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_minflt;
}

/// A way of taking the step, with what it took in each round.
struct Way
{
    std::string name;
    Taps taps;
    FastPaths paths = fastPaths();
    std::shared_ptr<Recorder> recorder = {}; ///< null: nothing is recorded
    std::vector<double> seconds = {}, processor = {};
    int64_t multiplyAdds = 0, recorded = 0; ///< bytes
    long faults = 0;                        ///< of the last step
};

/// Cloning and masking, recorded: of the half that is wanted.
Way recorded(const char* name, const Recording& recording)
{
    Way way {
        .name = name,
        .taps = analogistTaps({}, false),
        .recorder = std::make_shared<Recorder>(recording)};
    way.recorder->setting().grid = true;
    way.recorder->watch(way.taps, {{.negative = true}, {}}, [](const Site& site, const Subject&) {
        return ruleAt({}, site);
    });
    return way;
}

Way without(const char* name, bool FastPaths::*path)
{
    Way way {.name = name, .taps = {}};
    way.paths.*path = false;
    return way;
}

double median(std::vector<double> values)
{
    std::ranges::nth_element(values, values.begin() + int64_t(values.size()) / 2);
    return values[values.size() / 2];
}

/// The median over the rounds of one way's time to another's in the same round.
double ratio(const Way& way, const Way& to)
{
    std::vector<double> ratios;
    for (std::size_t i = 0; i < way.seconds.size(); ++i)
        ratios.push_back(way.seconds[i] / to.seconds[i]);
    return median(ratios);
}

nlohmann::json numbers(const std::vector<double>& seconds)
{
    const auto [least, most] = std::ranges::minmax(seconds);
    return {{"median", median(seconds)}, {"least", least}, {"most", most}};
}

void step(const StableDiffusion& model, const Tensor& x, const Tensor& context, Way& way)
{
    const FastPaths usual = std::exchange(fastPaths(), way.paths);
    resetMultiplyAdds();
    const long faults = pageFaults();
    const double before = processorSeconds();
    const auto begin = Clock::now();
    const Tensor y =
        unet(model.unetConfig, model.unet, x, {.time = 501, .context = context}, way.taps);
    (void)y.sum().item<double>(); // waits for a device that works behind
    const auto trace = way.recorder ? way.recorder->take(0) : nullptr;
    way.seconds.push_back(secondsSince(begin));
    way.processor.push_back(processorSeconds() - before);
    way.faults = pageFaults() - faults;
    way.multiplyAdds = multiplyAdds();
    way.recorded = trace ? trace->bytes() : 0;
    fastPaths() = usual;
}

std::vector<Way> waysFor(const Options& options)
{
    std::vector<Way> ways {{.name = "no injection", .taps = {}}};
    ways.push_back({.name = "cloning and masking", .taps = analogistTaps({}, false)});
    ways.push_back({.name = "the same by edited matrices", .taps = analogistTaps({}, true)});
    ways.push_back(without("no injection, libtorch's linear layers", &FastPaths::linears));
    ways.push_back(without("no injection, libtorch's attention", &FastPaths::attention));
    ways.push_back(without("no injection, libtorch's norms", &FastPaths::norms));
    ways.push_back(recorded(
        "cloning and masking, one cross-attention layer recorded",
        {.sites = {{SiteKind::CrossAttention, {{8, 9}}}}, .figures = true}));
    ways.push_back(
        recorded("cloning and masking, all attention and its figures recorded", attentionOnly()));
    ways.push_back(recorded("cloning and masking, everything recorded", everything()));
    ways.resize(std::min(ways.size(), options.ways), ways.front());
    return ways;
}

nlohmann::json measureSteps(const Options& options, const StableDiffusion& model)
{
    const int64_t side = options.size / 8;
    const Tensor x =
        at::randn({options.apart ? options.batch : 1, model.unetConfig.inChannels, side, side})
            .to(model.device);
    const Tensor context =
        at::randn({options.batch, 77, model.unetConfig.contextWidth}).to(model.device, model.type);
    std::vector<Way> ways = waysFor(options);
    for (Way& way : ways) { // the first pass pays for what is set up once
        step(model, x, context, way);
        way.seconds.clear();
        way.processor.clear();
    }
    const uint64_t peak = peakMemory(); // the probe takes memory of its own
    std::vector<double> multiplied, product, copied;
    for (int round = 0; round < options.rounds; ++round) {
        const Probe now = probe();
        multiplied.push_back(now.multiplied);
        product.push_back(now.product);
        copied.push_back(now.copied);
        for (Way& way : ways)
            step(model, x, context, way);
    }
    nlohmann::json result = {
        {"probe",
         {{"multiply-adds in cache, G/s", numbers(multiplied)},
          {"libtorch's matrix product, G multiply-adds/s", numbers(product)},
          {"copied, GB/s", numbers(copied)}}}};
    for (const Way& way : ways) {
        nlohmann::json& each = result["ways"].emplace_back();
        each = {
            {"name", way.name},
            {"seconds", numbers(way.seconds)},
            {"processor seconds", numbers(way.processor)},
            {"to no injection", ratio(way, ways[0])},
            {"G multiply-adds", double(way.multiplyAdds) / 1e9},
            {"page faults", way.faults}};
        if (!way.recorder)
            continue;
        each["to unrecorded"] = ratio(way, ways[1]); // which comes before all that record
        each["MiB recorded"] = double(way.recorded) / (1 << 20);
    }
    result["seconds_per_step"] = median(ways[0].seconds);
    result["peak_rss_mb"] = double(peak) / (1 << 20);
    return result;
}

nlohmann::json measureDecoding(const Options& options, const StableDiffusion& model)
{
    const Tensor z =
        at::randn({1, model.vaeConfig.latentChannels, options.size / 8, options.size / 8});
    std::vector<double> seconds, processor;
    for (int round = 0; round <= options.rounds; ++round) {
        const double before = processorSeconds();
        const auto begin = Clock::now();
        (void)decode(model.vaeConfig, model.vae, z.to(model.device)).sum().item<double>();
        if (round == 0) // it pays for what is set up once
            continue;
        seconds.push_back(secondsSince(begin));
        processor.push_back(processorSeconds() - before);
    }
    return {{"seconds", numbers(seconds)}, {"processor seconds", numbers(processor)}};
}

/// Seconds of the stages of a picture by Analogy, with the model's recommended values.
std::map<std::string, double> stagesOf(const Options& options, Models& models)
{
    Request request {
        .method = "analogy",
        .model = options.model,
        .seed = 1,
        .device = options.device,
        .precision = options.precision};
    request.images["a"] = {{.image = filled(256, 256, {200, 40, 40})}};
    request.images["a_prime"] = {{.image = filled(256, 256, {40, 40, 200})}};
    request.images["b"] = {{.image = filled(256, 256, {220, 180, 60})}};
    request.values = {{"prompt", std::string("a blue square")}};
    std::map<std::string, double> seconds;
    std::string stage = "Beginning";
    auto last = Clock::now();
    const auto tell = [&](const Event& event) {
        std::string next = stage;
        if (const auto* told = std::get_if<StageEvent>(&event))
            next = english(told->stage);
        else if (std::get_if<StepEvent>(&event))
            next = "Steps";
        next = next.substr(0, next.find(" ("));
        if (next != stage) {
            seconds[stage] += secondsSince(last);
            last = Clock::now();
            stage = next;
        }
        return Answer {};
    };
    const auto begin = last;
    (void)run(analogist(), request, models, Report(tell));
    seconds[stage] += secondsSince(last);
    seconds["In all"] = secondsSince(begin);
    return seconds;
}

nlohmann::json measurePictures(const Options& options)
{
    nlohmann::json result;
    std::map<std::string, std::vector<double>> stages;
    Models models({}, {});
    result["first, with the model to be loaded"] = stagesOf(options, models);
    for (int i = 0; i < options.pictures; ++i)
        for (const auto& [stage, seconds] : stagesOf(options, models))
            stages[stage].push_back(seconds);
    for (const auto& [stage, seconds] : stages)
        result["later"][stage] = numbers(seconds);
    return result;
}

void print(const nlohmann::json& result)
{
    std::cout << result["title"].get<std::string>() << "\n";
    for (const auto& [name, values] : result["probe"].items())
        std::printf(
            "  probe: %s %.1f (%.1f to %.1f)\n", name.c_str(), values["median"].get<double>(),
            values["least"].get<double>(), values["most"].get<double>());
    for (const auto& way : result["ways"]) {
        const auto& s = way["seconds"];
        std::printf(
            "  %s: %.3f s a step (%.3f to %.3f; of processors %.3f), %.3f times no injection, %.1f "
            "G multiply-adds, "
            "%ld page faults",
            way["name"].get<std::string>().c_str(), s["median"].get<double>(),
            s["least"].get<double>(), s["most"].get<double>(),
            way["processor seconds"]["median"].get<double>(), way["to no injection"].get<double>(),
            way["G multiply-adds"].get<double>(), way["page faults"].get<long>());
        if (way.contains("to unrecorded"))
            std::printf(
                ", %.3f times unrecorded, %.1f MiB a step", way["to unrecorded"].get<double>(),
                way["MiB recorded"].get<double>());
        std::printf("\n");
    }
    if (result.contains("decoding"))
        std::cout << "  decoding: " << result["decoding"].dump() << "\n";
    if (result.contains("translate"))
        std::cout << "  Translate: " << result["translate"].dump() << "\n";
    if (result.contains("pictures"))
        std::cout << "  whole pictures: " << result["pictures"].dump(2) << "\n";
}

void measure(const Options& options)
{
    if (options.threads > 0)
        at::set_num_threads(options.threads);
    if (options.eager)
        fastPaths() = noFastPaths;
    nlohmann::json result;
    {
        const std::string path = options.model.empty() ? defaultModel().string() : options.model;
        const auto begin = Clock::now();
        const StableDiffusion model = loadStableDiffusion(path, options.device, options.precision);
        const double loaded = secondsSince(begin);
        result = measureSteps(options, model);
        if (options.decodes)
            result["decoding"] = measureDecoding(options, model);
        if (options.translates)
            result["translate"] = translateSteps(model, options.size, options.rounds);
        result["seconds to load"] = loaded;
        result["title"] = model.card.name + ", " + std::to_string(options.size) + " px, "
            + c10::toString(model.type) + ", " + std::to_string(at::get_num_threads())
            + " threads, " + std::to_string(options.rounds) + " rounds"
            + (options.eager ? ", libtorch's operators alone" : "");
    }
    if (options.pictures > 0)
        result["pictures"] = measurePictures(options);
    if (options.json)
        std::cout << result.dump() << "\n";
    else
        print(result);
}

} // namespace

int main(int argc, char** argv)
{
    // As the program does, so that libtorch's threads do not spin while ours work
    // (app/starter.cpp).
    if (!getenv("OMP_WAIT_POLICY") && setenv("OMP_WAIT_POLICY", "passive", 1) == 0)
        execv("/proc/self/exe", argv);
    Options options;
    CLI::App app("Times a sampling step with and without injection, and whole pictures");
    app.add_option("--model", options.model, "a model folder or file; else the default model");
    app.add_option("--size", options.size, "side of the grid in pixels")
        ->check(CLI::Range(128, 2048));
    app.add_option("--rounds", options.rounds)->check(CLI::Range(1, 1000));
    app.add_option("--batch", options.batch)->check(CLI::Range(1, 64));
    app.add_option("--threads", options.threads)->check(CLI::Range(1, 256));
    app.add_option("--precision", options.precision);
    app.add_option("--device", options.device);
    app.add_option("--pictures", options.pictures, "whole pictures, by stage")
        ->check(CLI::Range(0, 100));
    app.add_option("--ways", options.ways, "the first so many ways of the step alone")
        ->check(CLI::Range(1, 100));
    app.add_flag(
        "--apart", options.apart,
        "a latent for each context, where a guided run has one for both and computes once what "
        "comes before they are looked at");
    app.add_flag("--decode", options.decodes, "decoding a latent of that size, too");
    app.add_flag("--translate", options.translates, "steps of Translate, too");
    app.add_option(
        "--packed-from", fastPaths().packedFrom,
        "layers of as many channels or more are oneDNN's in bf16; 0: none");
    app.add_flag("--eager", options.eager, "libtorch's operators in place of our own");
    app.add_flag("--json", options.json, "one line");
    CLI11_PARSE(app, argc, argv);
    try {
        measure(options);
    } catch (const std::exception& error) {
        std::cerr << "bench: " << error.what() << "\n";
        return 1;
    }
    return 0;
}
