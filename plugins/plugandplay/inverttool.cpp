// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/samplingrun.h"
#include "core/picturenotes.h"
#include "plugins/plugandplay/inversioncache.h"
#include "plugins/plugandplay/parameters.h"
#include "plugins/plugandplay/picture.h"
#include "plugins/plugandplay/plugandplay.h"

#include <algorithm>

namespace {

Sentence readyNote(const Inverted& inverted, const InversionSettings& settings)
{
    if (settings.forward)
        return {
            inverted.computed ? "The inversion is ready: %1 steps."
                              : "The inversion was ready: its %1 steps were taken before.",
            settings.steps};
    return {
        inverted.computed ? "The inversion and the way back are ready: %1 and %2 steps."
                          : "The inversion and the way back were ready: their %1 and %2 steps were "
                            "taken before.",
        settings.steps, settings.reverseSteps};
}

Result runInvert(const Request& request, Models& models, const Report& report)
{
    const InversionSettings settings = inversionSettings(request.values);
    checkInversion(settings);
    const auto model = loadModel(request, models, report);
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
    result.notes = made.notes;
    result.notes.push_back(readyNote(made, settings));
    if (!std::get<bool>(request.values.at("reconstruct")))
        return result;
    const Tensor back = settings.forward
        ? sampledBack(Network(*model, made.noise), made.noise, made.caption, settings.steps, report)
        : made.source.clean;
    result.stopped = !back.defined();
    if (result.stopped)
        return result;
    std::vector<Image> pictures =
        picturesOf(*model, back, roundingOf(request.values), {}, &result.notes);
    result.stopped = pictures.empty();
    if (result.stopped)
        return result;
    const SharedImage image = std::move(pictures.front());
    result.notes.push_back(reconstructionNote(picture, image));
    result.candidates = {{.image = image, .canvas = image, .seed = request.seed}};
    return result;
}

std::vector<Slot> invertSlots()
{
    return {{.id = "source", .label = "Source", .help = "The picture", .main = true}};
}

std::vector<Sentence> invertNotes(const Request& request, Models& models)
{
    const InversionSettings settings = inversionSettings(request.values);
    checkInversion(settings);
    std::vector<Sentence> notes = transparencyNotes(request, invertSlots());
    if (const Image* picture = pictureOf(request))
        for (const Sentence& note :
             inversionNotes(request, fittedPicture(*picture, settings), settings, models))
            notes.push_back(note);
    return notes;
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
        .toolOf = "translate",
        .slots = invertSlots(),
        .parameters = parameters,
        .run = runInvert,
        .notes = invertNotes};
}
