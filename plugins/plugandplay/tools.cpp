// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/errors.h"
#include "plugins/plugandplay/look.h"
#include "plugins/plugandplay/plugandplay.h"
#include "plugins/plugandplay/prepare.h"

#include <algorithm>

namespace {

template<typename T>
const T& get(const Values& values, const char* id)
{
    return std::get<T>(values.at(id));
}

Result runInvert(const Request& request, Models& models, const Report& report)
{
    const InversionSettings settings = inversionSettings(request.values);
    checkInversion(settings);
    const StableDiffusion* model = loadModel(request, models, report);
    if (!model)
        return {.stopped = true};
    const Image source = sourceImage(request.images.at("source").front().image, settings);
    const Inverted in = inverted(*model, request, source, settings, models, report);
    Result result {.stopped = in.stopped};
    if (in.stopped) {
        result.notes = {stoppedNote(in, settings)};
        return result;
    }
    const std::string steps = std::to_string(settings.steps);
    result.notes = {
        in.fromCache ? "The inversion was ready: its " + steps + " steps were taken before."
                     : "The inversion is ready: " + steps + " steps."};
    const Tensor last = in.trajectory.latents.rbegin()->second.contiguous();
    const auto values = toLatent(last)->values;
    result.arrays["latent"] = {last.sizes().vec(), values};
    if (get<bool>(request.values, "reconstruct")) {
        const Image back = reconstruction(in, settings, report);
        result.stopped = back.empty();
        if (!back.empty()) {
            result.notes.push_back(reconstructionNote(source, back));
            result.candidates = {{.image = back, .canvas = back, .seed = request.seed}};
        }
    }
    return result;
}

/// A pixel per cell, so that cells stay visible: nearest neighbour.
Image enlarged(const Image& image, int width, int height)
{
    Image large = filled(width, height, {});
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            std::copy_n(
                image.pixel(
                    int(int64_t(x) * image.width / width), int(int64_t(y) * image.height / height)),
                3, large.pixel(x, y));
    return large;
}

Result runFeatures(const Request& request, Models& models, const Report& report)
{
    const InversionSettings settings = inversionSettings(request.values);
    checkInversion(settings);
    const std::string kind = get<std::string>(request.values, "kind");
    const int layer = get<int>(request.values, "layer");
    const int step = get<int>(request.values, "step");
    checkLayer(kind, layer);
    if (step >= settings.samplingSteps)
        throw Error(
            "There is no step " + std::to_string(step) + " of "
            + std::to_string(settings.samplingSteps) + ": steps count from 0, the noisiest.");
    const StableDiffusion* model = loadModel(request, models, report);
    if (!model)
        return {.stopped = true};
    const std::vector<int> times = samplingGrid(settings.samplingSteps);
    const Tensor context = encodePrompts(*model, {""}, settings.longPrompts);
    const bool mean = get<std::string>(request.values, "heads") == "mean";

    std::vector<FeatureMap> maps;
    std::vector<std::string> labels;
    std::vector<Image> sources;
    for (const Input& input : request.images.at("pictures")) {
        sources.push_back(sourceImage(input.image, settings));
        const Inverted in = inverted(*model, request, sources.back(), settings, models, report);
        if (in.stopped)
            return {.stopped = true, .notes = {stoppedNote(in, settings)}};
        const Source source = settings.forward
            ? forwardSource(in.trajectory, times, context)
            : reverseSource(
                *in.network, in.trajectory.latents.rbegin()->second, settings.reverseSteps, times,
                context, counting(report, "Sampling the source back"));
        if (!source.start.defined() || !report(StageEvent {"Looking at the features"}).goOn)
            return {.stopped = true};
        maps.push_back(featureMap(
            *in.network, source.latents[step].to(model->device),
            {.time = double(times[step]), .context = context, .step = step}, {}, kind, layer,
            mean));
        labels.push_back(
            std::to_string(labels.size() + 1) + (input.name.empty() ? "" : " " + input.name));
    }
    Inspection seen = componentPictures(maps, labels, kind != "attention");
    Result result {.arrays = std::move(seen.arrays)};
    for (size_t i = 0; i < sources.size(); ++i) {
        const Image& map = seen.pictures[i].image;
        const bool cells = get<std::string>(request.values, "picture") == "cells";
        Image image = cells ? map : enlarged(map, sources[i].width, sources[i].height);
        result.candidates.push_back({.image = image, .canvas = image, .seed = request.seed});
    }
    return result;
}

std::vector<Parameter> featuresParameters()
{
    std::vector<Choice> kinds;
    for (const LookKind& kind : featureKinds())
        kinds.push_back({kind.value, kind.label});
    std::vector<Parameter> all = {
        {.id = "kind",
         .label = "Of",
         .help = "What of the network is shown.",
         .initial = std::string("features"),
         .choices = kinds},
        {.id = "layer",
         .label = "Layer",
         .help = "Residual blocks count from 0 to 21, self-attention layers from 0 to 15.\nThe "
                 "paper shows the blocks 11, 14, 17 and 21; low ones tell figure and ground apart, "
                 "high ones show edges and texture.",
         .initial = 14,
         .minimum = 0,
         .maximum = 21,
         .step = 1},
        {.id = "step",
         .label = "Step",
         .help = "At which step of the sampling; 0 is the noisiest.",
         .initial = 22,
         .minimum = 0,
         .maximum = 998,
         .step = 1},
        {.id = "heads",
         .label = "Heads of attention",
         .help = "Of self-attention: all heads side by side as in the original, or their mean, "
                 "which takes an eighth of the memory.",
         .initial = std::string("all"),
         .choices = {{"all", "All, side by side"}, {"mean", "Their mean"}}},
        {.id = "picture",
         .label = "Picture",
         .help = "As large as the source, or a pixel for each cell of the feature map.",
         .initial = std::string("large"),
         .choices = {{"large", "As large as the source"}, {"cells", "A pixel per cell"}}},
    };
    const std::vector<Parameter> inversion = inversionParameters();
    all.insert(all.end(), inversion.begin(), inversion.end());
    return all;
}

} // namespace

Method invertTool()
{
    std::vector<Parameter> parameters = inversionParameters();
    const std::vector<Parameter> all = translateParameters();
    parameters.push_back(*std::ranges::find(all, "reconstruct", &Parameter::id));
    return {
        .id = "invert",
        .name = "Invert",
        .description = "Bring a picture to noise ahead of Translate; it is kept for the edits.",
        .slots = {{.id = "source", .label = "Source", .help = "The picture"}},
        .parameters = parameters,
        .run = runInvert,
        .tool = true};
}

Method featuresTool()
{
    return {
        .id = "features",
        .name = "Features",
        .description =
            "Show what the network holds of pictures: principal components, in the same colours "
            "for all of them.",
        .slots =
            {{.id = "pictures",
              .label = "Pictures",
              .help = "The components are fitted to all of them together",
              .several = true}},
        .parameters = featuresParameters(),
        .run = runFeatures,
        .tool = true};
}
