// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/errors.h"
#include "plugins/plugandplay/inversioncache.h"
#include "plugins/plugandplay/look.h"
#include "plugins/plugandplay/parameters.h"
#include "plugins/plugandplay/plugandplay.h"

#include <algorithm>

namespace {

template<typename T>
const T& get(const Values& values, const char* id)
{
    return std::get<T>(values.at(id));
}

Rounding roundingOf(const Values& values)
{
    return get<std::string>(values, "rounding") == "down" ? Rounding::Down : Rounding::Nearest;
}

std::string readyNote(const Inverted& in, const InversionSettings& settings)
{
    const std::string steps = std::to_string(settings.steps)
        + (settings.forward ? "" : " and " + std::to_string(settings.reverseSteps)) + " steps";
    if (settings.forward)
        return in.computed ? "The inversion is ready: " + steps + "."
                           : "The inversion was ready: its " + steps + " were taken before.";
    return in.computed
        ? "The inversion and the way back are ready: " + steps + "."
        : "The inversion and the way back were ready: their " + steps + " were taken before.";
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
    Result result;
    if (in.noise.defined()) {
        const auto latent = toLatent(in.noise);
        result.arrays["latent"] = {in.noise.sizes().vec(), latent->values};
    }
    result.stopped = !in.stopped.empty();
    if (result.stopped) {
        result.notes = {in.stopped};
        return result;
    }
    result.notes = {readyNote(in, settings)};
    if (!get<bool>(request.values, "reconstruct"))
        return result;
    const Tensor back = settings.forward
        ? sampledBack(*in.network, in.noise, in.caption, settings, report)
        : in.trajectory.latents.at(0);
    result.stopped = !back.defined();
    if (result.stopped)
        return result;
    const Image image =
        picturesOf(*model, back, roundingOf(request.values), {}, &result.notes).front();
    result.notes.push_back(reconstructionNote(source, image));
    result.candidates = {{.image = image, .canvas = image, .seed = request.seed}};
    return result;
}

std::vector<std::string> invertNotes(const Request& request, Models& models)
{
    const InversionSettings settings = inversionSettings(request.values);
    checkInversion(settings);
    const auto found = request.images.find("source");
    if (found == request.images.end() || found->second.empty())
        return {};
    return inversionNotes(
        request, sourceImage(found->second.front().image, settings), settings, models);
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

/// What is asked of the network.
struct Asked
{
    std::string kind = {};
    int layer = 0, step = 0;
};

/// The network's state of a picture; without rows where the caller stopped, which is noted.
FeatureMap featuresOfPicture(
    const StableDiffusion& model, const Request& request, const Image& picture, const Asked& asked,
    const Models& models, const StageReport& progress, Result& result)
{
    const InversionSettings settings = inversionSettings(request.values);
    const Inverted in = inverted(model, request, picture, settings, models, progress);
    result.stopped = !in.stopped.empty();
    if (result.stopped) {
        result.notes = {in.stopped};
        return {};
    }
    result.stopped = !progress("Looking at the features");
    if (result.stopped)
        return {};
    const Source source = sourceOf(in, settings);
    const double time = samplingGrid(settings.samplingSteps)[asked.step];
    return featureMap(
        *in.network, source.latents[asked.step].to(model.device),
        {.time = time, .context = in.empty, .step = asked.step}, {}, asked.kind, asked.layer);
}

Asked askedOf(const Values& values, const InversionSettings& settings)
{
    const Asked asked {
        .kind = get<std::string>(values, "kind"),
        .layer = get<int>(values, "layer"),
        .step = get<int>(values, "step")};
    checkLayer(asked.kind, asked.layer);
    if (asked.step >= settings.samplingSteps)
        throw ValueError(
            "There is no step " + std::to_string(asked.step) + " of "
            + std::to_string(settings.samplingSteps) + ": steps count from 0, the noisiest.");
    return asked;
}

Result runFeatures(const Request& request, Models& models, const Report& report)
{
    const InversionSettings settings = inversionSettings(request.values);
    checkInversion(settings);
    const Asked asked = askedOf(request.values, settings);
    std::vector<Input> inputs = request.images.at("pictures");
    const size_t shown = inputs.size();
    if (const auto found = request.images.find("fitted_on"); found != request.images.end())
        inputs.insert(inputs.end(), found->second.begin(), found->second.end());
    const bool alone = standsAlone(asked.kind) && inputs.size() == shown;
    std::vector<Image> sources;
    for (const Input& input : inputs)
        sources.push_back(sourceImage(input.image, settings));
    const StableDiffusion* model = loadModel(request, models, report);
    if (!model)
        return {.stopped = true};
    for (const Image& source : sources) // before the first is inverted
        checkAttention(
            model->unetConfig, asked.kind, asked.layer, source.height / 8, source.width / 8, 1,
            alone ? 1 : int64_t(sources.size()));

    Result result;
    Inspection seen;
    std::vector<FeatureMap> maps;
    std::vector<std::string> labels;
    for (size_t i = 0; i < inputs.size(); ++i) {
        const FeatureMap map =
            featuresOfPicture(*model, request, sources[i], asked, models, report, result);
        if (result.stopped)
            return result;
        const std::string& name = inputs[i].name;
        labels.push_back(std::to_string(i + 1) + (name.empty() ? "" : " " + name));
        if (alone) // at once: a map of attention is large
            addAlone(seen, map, labels.back());
        else
            maps.push_back(map);
    }
    if (!alone) {
        const std::vector<FeatureMap> others(maps.begin() + ptrdiff_t(shown), maps.end());
        maps.resize(shown);
        labels.resize(shown);
        seen = componentPictures(maps, labels, others);
    }
    result.arrays = std::move(seen.arrays);
    const bool cells = get<std::string>(request.values, "picture") == "cells";
    for (size_t i = 0; i < shown; ++i) {
        const Image& map = seen.pictures[i].image;
        const Image image = cells ? map : enlarged(map, sources[i].width, sources[i].height);
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
         .help = "What of the network is shown.\nOf self-attention, all heads side by side as in "
                 "the original, or their mean, which takes a fraction of the memory.",
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
    for (const char* id : {"reconstruct", "rounding"})
        parameters.push_back(*std::ranges::find(all, id, &Parameter::id));
    return {
        .id = "invert",
        .name = "Invert",
        .description = "Bring a picture to noise ahead of Translate; it is kept for the edits.",
        .slots = {{.id = "source", .label = "Source", .help = "The picture"}},
        .parameters = parameters,
        .run = runInvert,
        .notes = invertNotes,
        .offers = offeredCounts,
        .tool = true,
        .presetsOf = "translate"};
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
              .help = "Whose features are shown",
              .several = true},
             {.id = "fitted_on",
              .label = "Fitted on",
              .help = "Pictures that the components are fitted to, in place of those that are "
                      "shown",
              .needed = false,
              .several = true}},
        .parameters = featuresParameters(),
        .run = runFeatures,
        .offers = offeredCounts,
        .tool = true,
        .presetsOf = "translate"};
}
