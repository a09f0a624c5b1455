// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/samplingrun.h"
#include "core/errors.h"
#include "core/inspect/colours.h"
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

/// The network's state of a picture at a step; without rows where the caller stopped, which is
/// noted.
FeatureMap featuresOfPicture(
    const InversionRequest& wanted, const Shown& shown, int step, const StageReport& progress,
    Result& result)
{
    const Inverted made = inverted(wanted, progress);
    result.stopped = !made.stopped.empty();
    if (result.stopped) {
        result.notes = {made.stopped};
        return {};
    }
    result.stopped = !progress("Looking at the features");
    if (result.stopped)
        return {};
    const Source& source = made.source;
    return featureMap(
        Network(wanted.model, source.start), source.latents[step].to(wanted.model.device),
        {.time = double(source.times[step]), .context = source.context, .step = step}, {}, shown);
}

/// Throws ValueError where the inversion does not fit or there is no such layer or step.
void check(const InversionSettings& settings, const Shown& shown, int step)
{
    checkInversion(settings);
    checkLayer(shown.kind, shown.layer);
    if (step >= settings.samplingSteps)
        throw ValueError(
            "There is no step %1 of %2: steps count from 0, the noisiest.", step,
            settings.samplingSteps);
}

Result runFeatures(const Request& request, Models& models, const Report& report)
{
    const InversionSettings settings = inversionSettings(request.values);
    const Shown shown {get<std::string>(request.values, "kind"), get<int>(request.values, "layer")};
    const int step = get<int>(request.values, "step");
    check(settings, shown, step);
    std::vector<Input> inputs = request.images.at("pictures");
    const size_t count = inputs.size(); // of those that are shown
    if (const auto found = request.images.find("fitted_on"); found != request.images.end())
        inputs.insert(inputs.end(), found->second.begin(), found->second.end());
    const bool alone = standsAlone(shown.kind) && inputs.size() == count;
    std::vector<Image> pictures;
    for (const Input& input : inputs)
        pictures.push_back(fittedPicture(input.image, settings));
    const auto model = loadModel(request, models, report);
    if (!model)
        return {.stopped = true};
    for (const Image& picture : pictures) // before the first is inverted
        checkAttention(
            model->unetConfig, shown,
            {.height = picture.height / 8,
             .width = picture.width / 8,
             .maps = alone ? 1 : int64_t(pictures.size())});

    Result result;
    Inspection components;
    std::vector<FeatureMap> maps;
    std::vector<std::string> labels;
    for (size_t i = 0; i < inputs.size(); ++i) {
        const FeatureMap map = featuresOfPicture(
            {*model, request, pictures[i], settings, models}, shown, step, report, result);
        if (result.stopped)
            return result;
        const std::string& name = inputs[i].name;
        labels.push_back(std::to_string(i + 1) + (name.empty() ? "" : " " + name));
        if (alone) // at once: a map of attention is large
            addAlone(components, map, labels.back());
        else
            maps.push_back(map);
    }
    if (!alone) {
        const std::vector<FeatureMap> others(maps.begin() + ptrdiff_t(count), maps.end());
        maps.resize(count);
        labels.resize(count);
        components = componentPictures(maps, labels, others);
    }
    result.arrays = std::move(components.arrays);
    const bool cells = get<std::string>(request.values, "picture") == "cells";
    for (size_t i = 0; i < count; ++i) {
        const Image& map = components.pictures[i].image;
        const SharedImage image =
            cells ? map : enlarged(map, pictures[i].width, pictures[i].height);
        result.candidates.push_back({.image = image, .canvas = image, .seed = request.seed});
    }
    return result;
}

std::vector<Parameter> featuresParameters()
{
    std::vector<Choice> kinds;
    for (const FeatureKind& kind : featureKinds())
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

Method featuresTool()
{
    return {
        .id = "features",
        .name = "Features",
        .description =
            "Show what the network holds of pictures: principal components, in the same colours "
            "for all of them.",
        .toolOf = "translate",
        .slots =
            {{.id = "pictures",
              .label = "Pictures",
              .help = "Whose features are shown",
              .main = true,
              .several = true},
             {.id = "fitted_on",
              .label = "Fitted on",
              .help = "Pictures that the components are fitted to, in place of those that are "
                      "shown",
              .needed = false,
              .several = true}},
        .parameters = featuresParameters(),
        .run = runFeatures};
}
