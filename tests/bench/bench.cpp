// SPDX-License-Identifier: GPL-3.0-or-later

// Times a guided sampling step of a model (a batch of two through the UNet) without injection, with
// Analogist's cloning and masking as they run, with the edited matrices of --plain, and with what
// looks on: one after the other in every round, so that a noisy machine touches all alike. The
// ratios are what counts.

#include "core/diffusion/recorder.h"
#include "core/errors.h"
#include "core/file/resources.h"
#include "core/nn/layers.h"
#include "plugins/analogist/inpainting.h"

#include <CLI/CLI.hpp>

#include <ATen/ops/randn.h>

#include <algorithm>
#include <chrono>
#include <iostream>

namespace {

struct Options
{
    std::string model = {}, precision = "auto", device = "cpu";
    int size = 256, rounds = 5, threads = 0;
    bool json = false;
};

/// A way of taking the step, with what it took in each round.
struct Way
{
    const char* name;
    Taps taps;
    std::shared_ptr<Recorder> recorder = {}; ///< null: nothing is recorded
    std::vector<double> seconds = {};
    int64_t multiplyAdds = 0, recorded = 0; ///< bytes
};

/// Cloning and masking, recorded: of the half that is wanted.
Way recorded(const char* name, const Recording& recording)
{
    Way way {name, analogistTaps({}, false), std::make_shared<Recorder>(recording)};
    way.recorder->setting().grid = true;
    way.recorder->watch(way.taps, {{.negative = true}, {}}, [](const Site& site, const Subject&) {
        return ruleAt({}, site);
    });
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

void step(const StableDiffusion& model, const Tensor& x, const Tensor& context, Way& way)
{
    resetMultiplyAdds();
    const auto begin = std::chrono::steady_clock::now();
    const Tensor y =
        unet(model.unetConfig, model.unet, x, {.time = 501, .context = context}, way.taps);
    (void)y.sum().item<double>(); // waits for a device that works behind
    const auto trace = way.recorder ? way.recorder->take(0) : nullptr;
    way.seconds.push_back(
        std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
    way.multiplyAdds = multiplyAdds();
    way.recorded = trace ? trace->bytes() : 0;
}

void measure(const Options& options)
{
    if (options.threads > 0)
        at::set_num_threads(options.threads);
    const std::string path = options.model.empty() ? defaultModel().string() : options.model;
    const StableDiffusion model = loadStableDiffusion(path, options.device, options.precision);
    const int64_t side = options.size / 8;
    const Tensor x = at::randn({2, model.unetConfig.inChannels, side, side}).to(model.device);
    const Tensor context =
        at::randn({2, 77, model.unetConfig.contextWidth}).to(model.device, model.type);
    std::vector<Way> ways {
        {"no injection", {}},
        {"cloning and masking", analogistTaps({}, false)},
        {"the same by edited matrices", analogistTaps({}, true)},
        recorded(
            "cloning and masking, one cross-attention layer recorded",
            {.sites = {{SiteKind::CrossAttention, {{8, 9}}}}, .figures = true}),
        recorded("cloning and masking, all attention and its figures recorded", attentionOnly()),
        recorded("cloning and masking, everything recorded", everything())};
    for (Way& way : ways) { // the first pass pays for what is set up once
        step(model, x, context, way);
        way.seconds.clear();
    }
    for (int round = 0; round < options.rounds; ++round)
        for (Way& way : ways)
            step(model, x, context, way);
    if (options.json) {
        std::cout << "{\"seconds_per_step\": " << median(ways[1].seconds) << "}\n";
        return;
    }
    std::cout << model.card.name << ", " << options.size << " px, " << c10::toString(model.type)
              << ", " << at::get_num_threads() << " threads, " << options.rounds << " rounds\n";
    for (const Way& way : ways) {
        std::cout << "  " << way.name << ": " << median(way.seconds) << " s a step, "
                  << ratio(way, ways[0]) << " times no injection, "
                  << double(way.multiplyAdds) / 1e9 << " G multiply-adds";
        if (way.recorder)
            std::cout << ", " << ratio(way, ways[1]) << " times unrecorded, "
                      << double(way.recorded) / (1 << 20) << " MiB a step";
        std::cout << "\n";
    }
}

} // namespace

int main(int argc, char** argv)
{
    Options options;
    CLI::App app("Times a sampling step with and without injection");
    app.add_option("--model", options.model, "a model folder or file; else the default model");
    app.add_option("--size", options.size, "side of the grid in pixels")
        ->check(CLI::Range(128, 2048));
    app.add_option("--rounds", options.rounds)->check(CLI::Range(1, 1000));
    app.add_option("--threads", options.threads)->check(CLI::Range(1, 256));
    app.add_option("--precision", options.precision);
    app.add_option("--device", options.device);
    app.add_flag("--json", options.json, "one line: seconds_per_step");
    CLI11_PARSE(app, argc, argv);
    try {
        measure(options);
    } catch (const std::exception& error) {
        std::cerr << "bench: " << error.what() << "\n";
        return 1;
    }
    return 0;
}
