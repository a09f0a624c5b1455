// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/errors.h"
#include "core/models.h"
#include "core/picturenotes.h"
#include "plugins/plugandplay/plugandplay.h"
#include "plugins/plugandplay/structure.h"

#include <cmath>
#include <sstream>

namespace {

/// The network that a request names; null where the caller stopped.
std::shared_ptr<const Dino> network(
    const std::filesystem::path& path, const Request& request, Models& models,
    const StageReport& progress)
{
    if (path.empty())
        throw Error(
            "The structure distance needs the weights of DINO's ViT-B/8: please get "
            "model.safetensors (or pytorch_model.bin) of facebook/dino-vitb8 from huggingface.co "
            "and give its path as dino.");
    if (!std::filesystem::exists(path))
        throw Error("There is no file %1 to load DINO from.", path.string());
    const std::string key = request.device + "\n" + fileStamp(path);
    return models.kept<const Dino>("structure network", key, [&] {
        if (!progress("Loading DINO"))
            return std::shared_ptr<const Dino>();
        const std::filesystem::path file = models.readable(path, progress);
        return file.empty()
            ? nullptr
            : std::make_shared<const Dino>(
                loadDino(file, path.parent_path() / "config.json", at::Device(request.device)));
    });
}

Result runStructure(const Request& request, Models& models, const Report& report)
{
    const StageReport progress = report;
    const std::filesystem::path path = std::get<std::string>(request.values.at("dino"));
    const auto dino = network(path, request, models, progress);
    if (!dino || !progress("Comparing the structures"))
        return {.stopped = true};
    const double distance = structureDistance(
        *dino, request.images.at("source").front().image,
        request.images.at("result").front().image);
    if (!std::isfinite(distance))
        throw Error(
            "The file %1 is damaged: what the network gives is no number. Please get it again.",
            path.string());
    std::ostringstream text;
    text << distance;
    Result result;
    result.notes = {{"The structure distance is %1 (0: the same).", text.str()}};
    result.arrays["distance"] = {{1}, {float(distance)}};
    return result;
}

std::vector<Slot> structureSlots()
{
    return {
        {.id = "source", .label = "Source", .help = "The picture whose structure is kept"},
        {.id = "result", .label = "Result", .help = "The picture made of it"}};
}

} // namespace

Method structureTool()
{
    return {
        .id = "structure",
        .name = "Structure",
        .description =
            "Measure how far a picture's structure is from another's (DINO's self-similarity).",
        .toolOf = "translate",
        .slots = structureSlots(),
        .parameters =
            {{.id = "dino",
              .label = "DINO",
              .help = "File of the network's weights: facebook/dino-vitb8's model.safetensors or "
                      "pytorch_model.bin, its config.json beside it.",
              .initial = std::string(),
              .file = true}},
        .run = runStructure,
        .notes = [](const Request& request, Models&) {
            return transparencyNotes(request, structureSlots());
        }};
}
