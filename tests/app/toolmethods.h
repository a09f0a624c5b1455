// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cachefolder.h"
#include "core/errors.h"
#include "tests/app/countingmethod.h"

/// A mode with all that a slot can ask for, which tells notes, spans and looks, and needs no
/// network.
inline Method promptFreeMethod()
{
    Method method = countingMethod();
    method.id = "prompt-free";
    method.name = "Prompt-free";
    method.order = 3;
    method.onGrid = false;
    method.resultLabel = "Result";
    method.slots = {
        {.id = "reference", .label = "Reference", .main = true, .several = true, .weight = true},
        {.id = "control",
         .label = "Control",
         .needed = false,
         .several = true,
         .weight = true,
         .span = true,
         .kinds = {{"canny", "Edges"}, {"depth", "Depth"}, {"none", "Ready map"}},
         .maps = MapMaker {
             .tool = "annotate",
             .kind = "kind",
             .finished = "none",
             .values = {{"width", "width"}, {"folder", "annotators"}}}}};
    method.keeps = {{.folder = "inversions", .label = "Kept inversions", .usualLimit = 2048}};
    method.follows = [](const std::string& slot, const Image& picture, const ModelCard& model) {
        if (slot != "control")
            return Followed {};
        const double scale =
            std::min(1.0, double(model.size) / std::min(picture.width, picture.height));
        const auto side = [scale](int pixels) {
            return std::clamp(int(pixels * scale) / 64 * 64, 64, 1536);
        };
        return Followed {
            .values = {{"width", side(picture.width)}, {"height", side(picture.height)}},
            .said = "The size follows."};
    };
    for (const char* side : {"width", "height"})
        method.parameters.push_back(
            {.id = side,
             .label = side,
             .initial = 512,
             .minimum = 64,
             .maximum = 1536,
             .step = 64});
    method.parameters.push_back(
        {.id = "annotators", .label = "Annotators", .initial = std::string(), .file = true});
    method.presets = {};
    method.notes = [](const Request& request, Models&) {
        if (std::get<std::string>(request.values.at("prompt")) == "error")
            throw Error("The prompt says error.");
        return std::vector<Sentence> {
            {"%1 slots are filled.", request.images.size()},
            {"Steps: %1", std::get<int>(request.values.at("steps"))},
            {"%1 bytes are kept.", bytesIn(keptFolder({.folder = "inversions"}))}};
    };
    return method;
}

/// The tool that makes maps: grey for edges; it fails where a depth is asked for.
inline Method annotateMethod()
{
    Method method {.id = "annotate", .name = "Annotate", .toolOf = "prompt-free"};
    method.slots = {{.id = "picture", .label = "Picture", .main = true}};
    method.parameters = {
        {.id = "kind",
         .label = "Kind",
         .initial = std::string("canny"),
         .choices = {{"canny", "Edges"}, {"depth", "Depth"}}},
        {.id = "width", .label = "Width", .initial = 0, .maximum = 4096},
        {.id = "folder", .label = "Folder", .initial = std::string()}};
    method.run = [](const Request& request, Models&, const Report&) {
        if (std::get<std::string>(request.values.at("kind")) == "depth")
            throw Error(
                "The file " + std::get<std::string>(request.values.at("folder"))
                + "/dpt_hybrid.pt is needed for depth.");
        const int width = std::get<int>(request.values.at("width"));
        return Result {.candidates = {{.image = filled(width, 1, {128, 128, 128})}}};
    };
    return method;
}
