// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/method.h"

#include <algorithm>
#include <memory>

// A method and its tool that share no id with ours and need no network: what app and window know of
// methods they must know from the methods themselves.

/// Paints the canvas in the garment's first colour, a little more with every round.
inline Method toyMethod()
{
    Method method {
        .id = "toy-weave",
        .name = "Weave",
        .description = "Weave a canvas from yarn.",
        .order = 9,
        .resultLabel = "Cloth"};
    method.slots = {
        {.id = "yarn", .label = "Yarn", .help = "What is woven", .main = true},
        {.id = "warp",
         .label = "Warp",
         .help = "What it is woven on",
         .needed = false,
         .several = true,
         .weight = true,
         .span = true,
         .kinds = {{"knots", "Knots"}, {"woven", "Woven already"}},
         .maps = MapMaker {
             .tool = "toy-knot",
             .kind = "style",
             .finished = "woven",
             .values = {{"breadth", "breadth"}}}}};
    method.parameters = {
        {.id = "motto",
         .label = "Motto",
         .initial = std::string("x"),
         .multiline = true,
         .role = Role::Prompt},
        {.id = "rounds",
         .label = "Rounds",
         .initial = 3,
         .minimum = 1,
         .maximum = 90,
         .step = 1,
         .role = Role::Steps,
         .offers =
             [](const Values&) {
                 return std::vector {2, 3, 4};
             }},
        {.id = "breadth", .label = "Breadth", .initial = 8, .minimum = 4, .maximum = 64, .step = 4},
        {.id = "bolts",
         .label = "Bolts",
         .group = "More",
         .initial = 1,
         .minimum = 1,
         .maximum = 4,
         .step = 1,
         .role = Role::Candidates}};
    method.presets = {{.id = "broad", .label = "Broad", .values = {{"breadth", 32}}}};
    method.keeps = {{.folder = "toy-bobbins", .label = "Kept bobbins", .usualLimit = 512}};
    const auto cloth = [](const Request& request, float round) {
        const int breadth = std::get<int>(request.values.at("breadth"));
        const uint8_t* first = request.images.at("yarn").front().image->pixel(0, 0);
        const SharedImage image =
            filled(breadth, breadth, {uint8_t(first[0] + int(round)), first[1], first[2]});
        std::vector<Candidate> bolts;
        for (int i = 0; i < std::get<int>(request.values.at("bolts")); ++i)
            bolts.push_back({.image = image, .canvas = image, .seed = request.seed + uint64_t(i)});
        return bolts;
    };
    method.run = [cloth](const Request& request, Models&, const Report& report) {
        Result result;
        const int rounds = std::get<int>(request.values.at("rounds"));
        for (int round = 0; round <= rounds; ++round) {
            const auto latent = std::make_shared<const Latent>(
                Latent {.shape = {1, 1, 1, 1}, .values = {float(round)}});
            result.latents.push_back(latent);
            const Image small = filled(1, 1, {uint8_t(round), 0, 0});
            const StepEvent event {
                .step = round,
                .steps = rounds,
                .latent = latent,
                .previews = {small},
                .noisy = {small}};
            if (!report(event).goOn)
                break;
        }
        result.stopped = int(result.latents.size()) <= rounds;
        result.candidates = cloth(request, result.latents.back()->values.front());
        return result;
    };
    method.decode = [cloth](const Request& request, Models&, const Latent& latent) {
        return cloth(request, latent.values.front());
    };
    method.notes = [](const Request& request, Models&) {
        return std::vector<Sentence> {
            {"%1 rounds of weaving.", std::get<int>(request.values.at("rounds"))}};
    };
    method.trace = [](const Request&, Models&, const Recording&, int step, const Latent& before,
                      const StageReport&) {
        StepTrace trace {.step = step};
        trace.passes[{}].features[{SiteKind::ResidualBlock, 0}] = {
            .name = "threads", .values = Numbers::kept({1, 1, 1}, before.values)};
        return std::make_shared<const StepTrace>(trace);
    };
    method.spans = [](const Values& values, const Pictures&) {
        return std::vector<ActiveSpan> {{"Knotting", {1, std::get<int>(values.at("rounds"))}}};
    };
    method.follows = [](const std::string& slot, const Image& picture, const ModelCard&) {
        return slot == "warp" ? Followed {
            .values = {{"breadth", std::clamp(picture.width / 4 * 4, 4, 64)}},
            .said = {"Breadth follows the warp: %1.", picture.width}}
                              : Followed {};
    };
    return method;
}

/// The tool that makes its maps: as broad as it is told, in one colour.
inline Method toyTool()
{
    Method tool {.id = "toy-knot", .name = "Knot", .toolOf = "toy-weave"};
    tool.slots = {{.id = "cord", .label = "Cord", .main = true}};
    tool.parameters = {
        {.id = "style",
         .label = "Style",
         .initial = std::string("knots"),
         .choices = {{"knots", "Knots"}}},
        {.id = "breadth", .label = "Breadth", .initial = 4, .minimum = 4, .maximum = 64}};
    tool.run = [](const Request& request, Models&, const Report&) {
        const int breadth = std::get<int>(request.values.at("breadth"));
        return Result {.candidates = {{.image = filled(breadth, 2, {40, 50, 60})}}};
    };
    return tool;
}
