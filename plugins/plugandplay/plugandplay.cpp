// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/plugandplay/plugandplay.h"

#include "plugins/plugandplay/keptsource.h"
#include "plugins/plugandplay/look.h"
#include "plugins/plugandplay/parameters.h"

namespace {

Result execute(const Request& request, Models& models, const Report& report)
{
    const TranslateSettings settings = translateSettings(request.values);
    if (sourcePicture(request)) // what does not fit is said before anything is loaded
        checkInversion(settings.inversion);
    const StableDiffusion* model = loadModel(request, models, report);
    return model ? runTranslate(*model, request, models, report) : Result {.stopped = true};
}

std::vector<Candidate> decodeLatent(const Request& request, Models& models, const Latent& latent)
{
    const StableDiffusion& model = *loadModel(request, models);
    const Rounding rounding = translateSettings(request.values).rounding;
    return candidatesOf(request, picturesOf(model, toTensor(latent), rounding));
}

std::vector<std::string> notesOf(const Request& request, Models& models)
{
    std::vector<std::string> notes;
    const TranslateSettings settings = translateSettings(request.values);
    if (describeModel(modelPath(request)).channels == inpaintingChannels)
        notes.emplace_back(
            "This is an inpainting model: the whole picture is given to it as the part to fill, "
            "with a grey picture beside it. A plain Stable Diffusion model translates better.");
    const Image* picture = sourcePicture(request);
    if (picture) {
        checkInversion(settings.inversion);
        const auto told = inversionNotes(
            request, sourceImage(*picture, settings.inversion), settings.inversion, models);
        notes.insert(notes.end(), told.begin(), told.end());
    }
    return notes;
}

std::vector<ActiveSpan> activeSpans(const Values& values, const Pictures&)
{
    const Injection injection = injectedBy(values);
    return {
        activeIn("Features", injection.features, injection.featureSteps),
        activeIn("Attention", injection.attention, injection.attentionSteps)};
}

} // namespace

Method translate()
{
    return {
        .id = "translate",
        .name = "Translate",
        .description = "Repaint a picture by a prompt and keep its structure.",
        .slots =
            {{.id = "source",
              .label = "Source",
              .help = "The picture whose structure is kept",
              .unless = "source_prompt"}},
        .parameters = translateParameters(),
        .run = execute,
        .decode = decodeLatent,
        .notes = notesOf,
        .looks = featureKinds(),
        .inspect = inspectTranslate,
        .spans = activeSpans,
        .offers = offeredCounts};
}
