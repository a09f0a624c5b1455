// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/samplingrun.h"
#include "plugins/plugandplay/inversioncache.h"
#include "plugins/plugandplay/parameters.h"
#include "plugins/plugandplay/picture.h"
#include "plugins/plugandplay/plugandplay.h"

#include <algorithm>

namespace {

std::string readyNote(const Inverted& inverted, const InversionSettings& settings)
{
    const std::string steps = std::to_string(settings.steps)
        + (settings.forward ? "" : " and " + std::to_string(settings.reverseSteps)) + " steps";
    if (settings.forward)
        return inverted.computed ? "The inversion is ready: " + steps + "."
                                 : "The inversion was ready: its " + steps + " were taken before.";
    return inverted.computed
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
    const Image picture = fittedPicture(*pictureOf(request), settings);
    const Inverted made = inverted({*model, request, picture, settings, models}, report);
    Result result;
    if (made.noise.defined()) {
        const auto latent = toLatent(made.noise);
        result.arrays["latent"] = {made.noise.sizes().vec(), latent->values};
    }
    result.stopped = !made.stopped.empty();
    if (result.stopped) {
        result.notes = {made.stopped};
        return result;
    }
    result.notes = {readyNote(made, settings)};
    if (!std::get<bool>(request.values.at("reconstruct")))
        return result;
    const Tensor back = settings.forward
        ? sampledBack(Network(*model, made.noise), made.noise, made.caption, settings.steps, report)
        : made.source.clean;
    result.stopped = !back.defined();
    if (result.stopped)
        return result;
    const Image image =
        picturesOf(*model, back, roundingOf(request.values), {}, &result.notes).front();
    result.notes.push_back(reconstructionNote(picture, image));
    result.candidates = {{.image = image, .canvas = image, .seed = request.seed}};
    return result;
}

std::vector<std::string> invertNotes(const Request& request, Models& models)
{
    const InversionSettings settings = inversionSettings(request.values);
    checkInversion(settings);
    const Image* picture = pictureOf(request);
    return picture ? inversionNotes(request, fittedPicture(*picture, settings), settings, models)
                   : std::vector<std::string>();
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
