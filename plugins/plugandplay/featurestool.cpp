// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/samplingrun.h"
#include "core/errors.h"
#include "core/inspect/colours.h"
#include "core/picturenotes.h"
#include "plugins/plugandplay/inversioncache.h"
#include "plugins/plugandplay/look.h"
#include "plugins/plugandplay/parameters.h"
#include "plugins/plugandplay/picture.h"
#include "plugins/plugandplay/plugandplay.h"

#include <algorithm>

namespace {

template<typename T>
const T& get(const Values& values, const char* id)
{
    return std::get<T>(values.at(id));
}

/// The view of a request: one layer.
View viewOf(const Request& request)
{
    const auto& name = get<std::string>(request.values, "kind");
    const int layer = get<int>(request.values, "layer");
    const ViewKind kind = std::ranges::find(viewKinds(), name, &ViewKindName::name)->kind;
    return {.kind = kind, .step = get<int>(request.values, "step"), .layers = {{layer, layer + 1}}};
}

/// What the network holds of a picture; null where the caller stopped, which is noted.
std::shared_ptr<const StepTrace> traceOfPicture(
    const InversionRequest& wanted, const View& view, const StageReport& progress, Result& result)
{
    const Inverted made = inverted(wanted, progress);
    result.notes = made.notes;
    result.stopped = !made.stopped.empty();
    if (result.stopped) {
        result.notes = {made.stopped};
        return nullptr;
    }
    result.stopped = !progress("Looking at the features");
    if (result.stopped)
        return nullptr;
    const Source& source = made.source;
    const auto step = size_t(view.step);
    return tracedLayer(
        Network(wanted.model, source.start), source.latents[step].to(wanted.model.device),
        {.time = double(source.times[step]), .context = source.context, .step = view.step}, view);
}

/// Throws ValueError where the inversion does not fit, or what is to be seen is not there.
void check(const InversionSettings& settings, const View& view, const Request& request)
{
    checkInversion(settings);
    checkLayer(view.kind, view.layers.front().begin);
    if (view.step >= settings.samplingSteps)
        throw ValueError(
            "There is no step %1 of %2: steps count from 0, the noisiest.", view.step,
            settings.samplingSteps);
    if (standsAlone(view.kind) && request.images.contains("fitted_on"))
        throw ValueError(
            "The components of self-attention's rows are fitted to each picture alone, as in the "
            "paper: leave away the pictures to fit to.");
}

/// Adds the numbers that are seen of a picture; those of components once, unless they are its own.
void addNumbers(Result& result, const Seen& seen, const std::string& picture, bool alone)
{
    const std::string map = english(seen.maps.at(0).label);
    for (const auto& [name, numbers] : seen.numbers)
        if (name == map)
            result.arrays["scores of " + picture] = numbers;
        else
            result.arrays[alone ? name + ", " + picture : name] = numbers;
}

Result runFeatures(const Request& request, Models& models, const Report& report)
{
    const InversionSettings settings = inversionSettings(request.values);
    const View view = viewOf(request);
    check(settings, view, request);
    std::vector<Input> inputs = request.images.at("pictures");
    const size_t count = inputs.size(); // of those that are shown
    if (const auto found = request.images.find("fitted_on"); found != request.images.end())
        inputs.insert(inputs.end(), found->second.begin(), found->second.end());
    const size_t first = inputs.size() > count ? count : 0; // of those that the fit is of
    std::vector<Image> pictures;
    for (const Input& input : inputs)
        pictures.push_back(fittedPicture(input.image, settings));
    const auto model = loadModel(request, models, report);
    if (!model)
        return {.stopped = true};
    for (const Image& picture : pictures) // before the first is inverted
        checkAttention(model->unetConfig, view, picture.height / 8, picture.width / 8);

    Result result;
    std::vector<std::shared_ptr<const StepTrace>> traces;
    for (const Image& picture : pictures) {
        traces.push_back(
            traceOfPicture({*model, request, picture, settings, models}, view, report, result));
        if (result.stopped)
            return result;
    }
    const Fits fits = fitted(
        view, {int(inputs.size() - first), [&](int i) { return traces[first + size_t(i)]; }});
    const bool cells = get<std::string>(request.values, "picture") == "cells";
    for (size_t i = 0; i < count; ++i) {
        const Seen seen = see(view, {.trace = traces[i]}, fits);
        const std::string& name = inputs[i].name;
        addNumbers(
            result, seen, std::to_string(i + 1) + (name.empty() ? "" : " " + name),
            standsAlone(view.kind));
        const Image map = toImage(seen.maps.at(0), {}, ColourMap::Automatic);
        const SharedImage image =
            cells ? map : enlarged(map, pictures[i].width, pictures[i].height);
        result.candidates.push_back({.image = image, .canvas = image, .seed = request.seed});
    }
    return result;
}

std::vector<Parameter> featuresParameters()
{
    std::vector<Choice> kinds;
    for (const ViewKindName& kind : componentKinds())
        kinds.push_back({kind.name, english(kind.label)});
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

std::vector<Slot> featuresSlots()
{
    return {
        {.id = "pictures",
         .label = "Pictures",
         .help = "Whose features are shown",
         .main = true,
         .several = true},
        {.id = "fitted_on",
         .label = "Fitted on",
         .help = "Pictures that the components are fitted to, in place of those that are shown",
         .needed = false,
         .several = true}};
}

} // namespace

Method featuresTool()
{
    return {
        .id = "features",
        .name = "Features",
        .description =
            "Show what the network holds of pictures: principal components, in the same colours "
            "for all of them.",
        .toolOf = "translate",
        .slots = featuresSlots(),
        .parameters = featuresParameters(),
        .run = runFeatures,
        .notes = [](const Request& request, Models&) {
            return transparencyNotes(request, featuresSlots());
        }};
}
