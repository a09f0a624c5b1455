// SPDX-License-Identifier: GPL-3.0-or-later

// Times what looking inside costs after the recording: a click (rows, columns, words) and scrubbing
// over steps, from memory and from files, on random numbers of the sizes that Stable Diffusion 1.5
// has at 512 pixels.

#include "core/errors.h"
#include "core/inspect/view.h"
#include "core/tracefile.h"
#include "tests/randomtrace.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <functional>
#include <iostream>

#include <unistd.h>

namespace fs = std::filesystem;

namespace {

constexpr int heads = 8, tokens = 77;
/// Sides of the maps of the sixteen layers, in their order.
constexpr int sides[] = {64, 64, 32, 32, 16, 16, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64};

int featuresAt(int side)
{
    return side == 64 ? 40 : side == 32 ? 80 : 160;
}

AttentionTrace attentionOf(int layer, bool cross, uint32_t step)
{
    const int side = sides[layer];
    AttentionTrace trace = randomAttention(
        side, side, heads, featuresAt(side), step * 64 + uint32_t(layer * 2 + cross),
        cross ? tokens : 0);
    trace.query = Numbers::kept(trace.query.shape(), trace.query.all());
    trace.key = Numbers::kept(trace.key.shape(), trace.key.all());
    // Of scores with a variance of one; only columns use them.
    trace.logSums.assign(size_t(heads * side * side), float(std::log(trace.keys) + .5));
    return trace;
}

std::shared_ptr<const StepTrace> stepOf(int step)
{
    auto trace = std::make_shared<StepTrace>();
    trace->step = step;
    auto setting = std::make_shared<TraceSetting>();
    setting->latentHeight = setting->latentWidth = 64;
    trace->setting = setting;
    PassTrace& pass = trace->passes[{}];
    for (int layer = 0; layer < 16; ++layer) {
        pass.attention[{SiteKind::SelfAttention, layer}] =
            attentionOf(layer, false, uint32_t(step));
        pass.attention[{SiteKind::CrossAttention, layer}] =
            attentionOf(layer, true, uint32_t(step));
    }
    return trace;
}

double milliseconds(const auto& action)
{
    const auto begin = std::chrono::steady_clock::now();
    action();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin)
        .count();
}

void print(const std::string& what, std::vector<double> times)
{
    std::ranges::sort(times);
    const auto at = [&](double part) { return times[size_t(part * double(times.size() - 1))]; };
    std::cout << "  " << what << ": p50 " << at(.5) << " ms, p99 " << at(.99) << " ms\n";
}

/// Each click on another place, of the outermost layer but for the last two.
void clicks(const StepTrace& step, int rounds)
{
    const Moment moment {.trace = std::make_shared<StepTrace>(step)};
    const Layers outermost = {{15, 16}};
    struct Click
    {
        const char* what;
        View view;
    };
    const Click kinds[] = {
        {"where a place attends, 64 x 64 tokens",
         {.kind = ViewKind::SelfAttention, .layers = outermost}},
        {"who attends to it",
         {.kind = ViewKind::SelfAttention, .layers = outermost, .column = true}},
        {"the same, one head",
         {.kind = ViewKind::SelfAttention, .layers = outermost, .head = 3, .column = true}},
        {"where a word acts", {.kind = ViewKind::CrossAttention, .layers = outermost}},
        {"where a word acts, mean of 16 layers", {.kind = ViewKind::CrossAttention}},
        {"where a place attends, mean of 16 layers", {.kind = ViewKind::SelfAttention}}};
    for (const Click& click : kinds) {
        std::vector<double> times;
        for (int i = 0; i < rounds; ++i) {
            View view = click.view;
            view.spots = {spotOfPixel(i * 37 % 512, i * 101 % 512, 512, 512)};
            view.words = {{1 + i % (tokens - 1)}};
            times.push_back(milliseconds([&] { see(view, moment); }));
        }
        print(click.what, std::move(times));
    }
}

/// The steps one after the other, a word's mean over all layers at each.
void scrub(
    const char* from, int steps, int rounds,
    const std::function<std::shared_ptr<const StepTrace>(int)>& at)
{
    std::vector<double> times;
    for (int i = 0; i < rounds; ++i) {
        const View view {.kind = ViewKind::CrossAttention, .step = i % steps, .words = {{5}}};
        times.push_back(milliseconds([&] { see(view, {.trace = at(i % steps)}); }));
    }
    double sum = 0;
    for (const double time : times)
        sum += time;
    std::cout << "  scrubbing from " << from << ": " << 1000 * double(rounds) / sum
              << " steps a second\n";
}

void measure(const fs::path& folder, int rounds)
{
    constexpr int steps = 6;
    std::vector<std::shared_ptr<const StepTrace>> all;
    for (int step = 0; step < steps; ++step) {
        all.push_back(stepOf(step));
        saveTrace(folder / std::to_string(step), *all.back());
    }
    std::cout << double(all.front()->bytes()) / (1 << 20) << " MiB a step\n";
    clicks(*all.front(), rounds);
    scrub("memory", steps, rounds, [&](int step) { return all[size_t(step)]; });
    scrub(
        "files", steps, rounds, [&](int step) { return readTrace(folder / std::to_string(step)); });
}

} // namespace

int main(int argc, char** argv)
{
    int rounds = 100;
    std::string where = fs::temp_directory_path().string();
    CLI::App app("Times looking inside: clicks, and scrubbing over steps");
    app.add_option("--rounds", rounds)->check(CLI::Range(10, 10000));
    app.add_option("--folder", where, "where files of 0.5 GB may be written meanwhile");
    CLI11_PARSE(app, argc, argv);
    const fs::path folder = fs::path(where) / ("simile-looks-" + std::to_string(::getpid()));
    try {
        fs::create_directories(folder);
        measure(folder, rounds);
        fs::remove_all(folder);
    } catch (const std::exception& error) {
        fs::remove_all(folder);
        std::cerr << error.what() << "\n";
        return 1;
    }
}
