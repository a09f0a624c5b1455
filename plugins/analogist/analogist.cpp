// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/analogist/analogist.h"

#include "core/diffusion/samplingrun.h"
#include "core/nn/pixels.h"
#include "plugins/analogist/inpainting.h"
#include "plugins/analogist/parameters.h"

#include <algorithm>

namespace {

/// The opaque picture of a slot.
Image picture(const Request& request, const AnalogistSettings& settings, const char* slot)
{
    const Image& image = request.images.at(slot).front().image;
    return settings.dropAlpha ? opaque(image) : flattened(image, settings.ground);
}

/// The results of decoded canvases.
std::vector<Candidate> candidatesOf(
    const Request& request, const AnalogistSettings& settings, std::vector<Image> canvases)
{
    std::vector<Candidate> candidates;
    const Image b = picture(request, settings, "b");
    for (Image& canvas : canvases) {
        Image image = settings.keepFrame ? quadrant(canvas)
                                         : answer(settings.geometry, canvas, b, settings.fit);
        candidates.push_back(
            {.image = std::move(image),
             .canvas = std::move(canvas),
             .seed = request.seed + candidates.size()});
    }
    return candidates;
}

} // namespace

Image gridOf(const Request& request, const AnalogistSettings& settings)
{
    const auto cell = [&](const char* slot) {
        return fitted(
            picture(request, settings, slot), settings.geometry.content(), settings.fit,
            settings.ground);
    };
    const bool swapped = settings.layout == Layout::Swapped;
    return makeGrid(
        settings.geometry, cell("a"), cell(swapped ? "b" : "a_prime"),
        cell(swapped ? "a_prime" : "b"));
}

Result runAnalogist(const StableDiffusion& model, const Request& request, const Report& report)
{
    const AnalogistSettings settings = analogistSettings(request.values);
    SamplingRun run {.report = report};
    run.decode = [&](const Tensor& x, const StageReport& progress, Notes* notes) {
        return candidatesOf(
            request, settings, picturesOf(model, x, Rounding::Nearest, progress, notes));
    };
    Sampler sampler = analogistSampler(model, settings);

    const auto prepared =
        prepare(model, pasted(gridOf(request, settings)), settings, request, run.progress());
    if (!prepared)
        return {.stopped = true};
    const Conditions& conditions = *prepared;
    run.map = previewMapOf(model, conditions.z);
    const Taps taps = analogistTaps(settings.edits, settings.plain);
    const Tensor x = start(sampler, conditions, settings.strength);
    const auto guided = [&](const Tensor& input, const Step& step) {
        return predict(model, conditions, input, step, taps).guided(settings.guidance);
    };
    return sample(run, sampler, x, {.predict = guided, .draws = drawsOf(request.seed, x)});
}

namespace {

Result execute(const Request& request, Models& models, const Report& report)
{
    const auto model = loadModel(request, models, report);
    return model ? runAnalogist(*model, request, report) : Result {.stopped = true};
}

std::vector<Candidate> decodeLatent(const Request& request, Models& models, const Latent& latent)
{
    const auto model = loadModel(request, models);
    return candidatesOf(
        request, analogistSettings(request.values), picturesOf(*model, toTensor(latent)));
}

Sentence refusal(const ModelCard& card)
{
    if (card.channels == inpaintingChannels)
        return {};
    return {
        "Analogy needs an inpainting model (a UNet with 9 input channels); %1 has %2: choose an "
        "inpainting model.",
        card.name, card.channels};
}

/// The paper's two injections.
std::vector<ActiveSpan> activeSpans(const Values& values, const Pictures&)
{
    const AttentionEdits edits = attentionEditsOf(values);
    return {
        activeIn("Cloning", edits.cloning, edits.cloningSteps),
        activeIn("Masking", edits.masking, edits.maskingSteps)};
}

} // namespace

Method analogist()
{
    return {
        .id = "analogy",
        .name = "Analogy",
        .description = "Make B′ from A, A′ and B, so that A is to A′ as B is to B′.",
        .order = 1,
        .onGrid = true,
        .resultLabel = "B′",
        .slots =
            {{.id = "a", .label = "A", .help = "The example before"},
             {.id = "a_prime", .label = "A′", .help = "The example after"},
             {.id = "b", .label = "B", .help = "The picture to treat likewise", .main = true}},
        .parameters = analogistParameters(),
        .refuses = refusal,
        .needs = {.channels = {inpaintingChannels}},
        .run = execute,
        .decode = decodeLatent,
        .spans = activeSpans};
}
