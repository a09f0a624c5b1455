// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/inversioncache.h"
#include "core/errors.h"
#include "tests/app/countingmethod.h"

/// A mode with all that a slot can ask for, which tells notes, spans and looks, and needs no
/// network.
inline Method promptFreeMethod()
{
    Method method = countingMethod();
    method.id = "prompt-free";
    method.name = "Prompt-free";
    method.slots = {
        {.id = "reference", .label = "Reference", .several = true, .takes = {"weight"}},
        {.id = "control",
         .label = "Control",
         .needed = false,
         .several = true,
         .kinds = {{"canny", "Edges"}, {"depth", "Depth"}, {"none", "Ready map"}},
         .takes = {"weight", "span"}}};
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
        return std::vector<std::string> {
            std::to_string(request.images.size()) + " slots are filled.",
            "Steps: " + std::to_string(std::get<int>(request.values.at("steps"))),
            std::to_string(bytesIn(inversionFolder())) + " bytes are kept."};
    };
    method.looks = {
        {.value = "feature", .label = "Features", .layers = 4, .usual = 2},
        {.value = "maps", .label = "Maps"}};
    method.inspect = [](const Request&, Models&, const Look& look, const Latent& latent) {
        if (look.kind == "maps")
            return Inspection {.pictures = {{"Edges", filled(256, 128, {9, 9, 9})}}};
        if (look.layer == 3)
            throw Error("Layer 3 cannot be shown.");
        const Color color {uint8_t(look.layer), uint8_t(look.step), uint8_t(latent.values.at(0))};
        return Inspection {
            .pictures = {{"Components 1 to 3", filled(8, 8, color)}},
            .arrays = {{"scores", {.shape = {2}, .values = {1, 2}}}}};
    };
    return method;
}

/// The tool that makes maps: grey for edges; it fails where a depth is asked for.
inline Method annotateMethod()
{
    Method method {.id = "annotate", .name = "Annotate", .tool = true};
    method.slots = {{.id = "picture", .label = "Picture"}};
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
