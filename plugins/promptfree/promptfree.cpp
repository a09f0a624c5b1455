// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/promptfree/promptfree.h"

#include "core/diffusion/leastwork.h"
#include "core/diffusion/promptnotes.h"
#include "core/diffusion/samplingrun.h"
#include "core/errors.h"
#include "core/mask.h"
#include "core/picturenotes.h"
#include "core/stopping.h"
#include "plugins/promptfree/canvas.h"
#include "plugins/promptfree/controls.h"
#include "plugins/promptfree/ddim.h"
#include "plugins/promptfree/followedsize.h"
#include "plugins/promptfree/parameters.h"
#include "plugins/promptfree/references.h"

#include <optional>

namespace {

/// How much of the way is gone, of 1.
double strengthOf(const Pictures& images, const PromptFreeSettings& settings)
{
    return images.contains("init") ? settings.strength : 1;
}

/// Throws Error where the request cannot be run with any model.
void check(const Request& request, const PromptFreeSettings& settings)
{
    checkMask(request);
    checkControls(request, settings);
    seeCoderFile(settings, modelPath(request));
    if (settings.isAnime() && settings.guidance != 1)
        animeFile(settings);
    promptFreeSampler(
        {}, settings.steps, strengthOf(request.images, settings), false, settings.sampler);
}

/// What a run is made of, besides its sampler.
struct Parts
{
    Guides guides = {};
    Canvas canvas = {};
    ReferenceContext references = {}; ///< whose context is the guides'
};

Sampler samplerOf(
    const StableDiffusion& model, const Request& request, const PromptFreeSettings& settings)
{
    return promptFreeSampler(
        model.schedule, settings.steps, strengthOf(request.images, settings), settings.halfSchedule,
        settings.sampler);
}

/// Nothing where the caller stopped. @p steps is how many the sampler takes.
std::optional<Parts> partsOf(
    const StableDiffusion& model, const Request& request, const PromptFreeSettings& settings,
    int steps, Models& models, const StageReport& progress, Notes* notes = nullptr)
{
    Parts parts = {.guides = {.guessMode = settings.guessMode}};
    Guides& guides = parts.guides;
    parts.references = referenceContext(model, request, settings, models, progress);
    guides.context = parts.references.context;
    if (!guides.context.defined())
        return {};
    if (notes)
        notes->insert(notes->end(), parts.references.notes.begin(), parts.references.notes.end());
    guides.unconditional = unconditionalContext(model, settings, models, progress);
    auto controls = controlsOf(model, request, settings, steps, models, progress, notes);
    if (!controls || !progress("Encoding the pictures"))
        return {};
    guides.controls = std::move(*controls);
    parts.canvas = canvasOf(model, request, settings);
    if (notes)
        notes->insert(notes->end(), parts.canvas.notes.begin(), parts.canvas.notes.end());
    if (stopAsked()) // between what it encodes
        return {};
    guides.hole = parts.canvas.hole;
    return parts;
}

void describe(TraceSetting& setting, const Parts& parts)
{
    const Tensor& noise = parts.canvas.noise;
    setting.latentHeight = int(noise.size(2));
    setting.latentWidth = int(noise.size(3));
    setting.references = parts.references.references;
    for (int i = 0; i < int(noise.size(0)); ++i)
        setting.tokens[{.candidate = i}] = parts.references.tokens;
}

/// Lets the touches act, and the recorder look on.
void tap(
    Recorder& recorder, const StableDiffusion& model, const Request& request,
    const Sampler& sampler, Parts& parts)
{
    TraceSetting& setting = recorder.setting();
    describe(setting, parts);
    parts.guides.touches =
        Touches(request.touches, int(sampler.steps().size()), model.unetConfig, setting.tokens);
    parts.guides.recorder = &recorder;
}

} // namespace

Result runPromptFree(
    const StableDiffusion& model, const Request& request, Models& models, const Report& report)
{
    const PromptFreeSettings settings = promptFreeSettings(request.values);
    check(request, settings);
    SamplingRun run {.report = report};
    run.decode = [&](const Tensor& x, const StageReport& progress, Notes* notes) {
        return candidatesOf(
            request, settings, picturesOf(model, x, settings.rounding, progress, notes));
    };
    Sampler sampler = samplerOf(model, request, settings);
    checkWork(model, settings.candidates, settings.height / 8, settings.width / 8);
    auto parts = partsOf(
        model, request, settings, int(sampler.steps().size()), models, run.progress(),
        &run.result.notes);
    if (!parts)
        return {.stopped = true};
    const Canvas& canvas = parts->canvas;
    run.map = previewMapOf(model, canvas.init.defined() ? canvas.init : canvas.noise);
    tap(run.recorder, model, request, sampler, *parts);

    std::array kept = {keptPasses(model), keptPasses(model)};
    parts->guides.kept = {&kept[0], &kept[1]};
    const auto predict = [&](const Tensor& x, const Step& step) {
        return guided(model.unetConfig, unetOf(model), parts->guides, x, step, settings.guidance);
    };
    const auto after = [&](const Tensor& x, const Step& step) {
        return restored(parts->canvas, sampler, x, step);
    };
    const Tensor start = strengthOf(request.images, settings) < 1
        ? sampler.noised(canvas.init, canvas.noise)
        : canvas.noise;
    return sample(
        run, sampler, start,
        {.predict = predict, .draws = drawsOf(request, start), .after = after, .ended = [&] {
             kept = {};
         }});
}

namespace {

constexpr int published = 768; // features of the context that the published SeeCoders give

Result execute(const Request& request, Models& models, const Report& report)
{
    const PromptFreeSettings settings = promptFreeSettings(request.values);
    check(request, settings); // before the model is loaded
    const auto model = loadModel(request, models, report);
    return model ? runPromptFree(*model, request, models, report) : Result {.stopped = true};
}

/// A latent of the request's run, at its own size.
Tensor latentOf(
    const StableDiffusion& model, const PromptFreeSettings& settings, const Latent& latent)
{
    return keptLatent(
        model, latent, size_t(settings.candidates), settings.height / 8, settings.width / 8);
}

std::vector<Candidate> decodeLatent(const Request& request, Models& models, const Latent& latent)
{
    const PromptFreeSettings settings = promptFreeSettings(request.values);
    const auto model = loadModel(request, models);
    return candidatesOf(
        request, settings,
        picturesOf(*model, latentOf(*model, settings, latent), settings.rounding));
}

std::vector<DeepCandidate> decodeDeep(const Request& request, Models& models, const Latent& latent)
{
    const PromptFreeSettings settings = promptFreeSettings(request.values);
    const auto model = loadModel(request, models);
    return candidatesOf(
        request, settings, deepPicturesOf(*model, latentOf(*model, settings, latent)));
}

/// The passes of a step, recorded.
std::shared_ptr<const StepTrace> traceOf(
    const Request& request, Models& models, const Recording& recording, int step,
    const Latent& before, const StageReport& progress)
{
    const PromptFreeSettings settings = promptFreeSettings(request.values);
    const auto model = loadModel(request, models, progress);
    if (!model)
        return nullptr;
    const Sampler sampler = samplerOf(*model, request, settings);
    auto parts = partsOf(*model, request, settings, int(sampler.steps().size()), models, progress);
    if (!parts || !progress("Looking into the network"))
        return nullptr;
    Recorder recorder(recording);
    tap(recorder, *model, request, sampler, *parts);
    const Step& at = keptStep(sampler, step);
    const Tensor x = sampler.modelInput(latentOf(*model, settings, before).to(model->device), at);
    const Tensor prediction =
        guided(model->unetConfig, unetOf(*model), parts->guides, x, at, settings.guidance);
    return prediction.defined() ? recorder.take(step) : nullptr;
}

Sentence refusal(const ModelCard& card)
{
    if (card.channels != 4 && card.channels != inpaintingChannels)
        return {
            "Prompt-free needs a model with 4 or 9 input channels; %1 has %2. Please choose "
            "another model.",
            card.name, card.channels};
    if (card.contextWidth == published || std::filesystem::is_directory(card.path / "seecoder"))
        return {};
    return {
        "Prompt-free needs a Stable Diffusion 1.x model, because SeeCoder speaks its language "
        "(768 features); %1 takes %2. Please choose another model.",
        card.name, card.contextWidth};
}

/// What is to be known of the pictures: a mask without a shape, sides in another proportion than
/// the result's.
void notePictures(const Request& request, const PromptFreeSettings& settings, Notes& notes)
{
    for (const Slot& slot : promptFreeSlots()) {
        const auto found = request.images.find(slot.id);
        if (found == request.images.end())
            continue;
        for (const Input& input : found->second) {
            const Image& picture = input.image;
            if (slot.id == "mask")
                if (const Sentence note = uniformNote(maskOf(picture)); !note.empty())
                    notes.push_back(note);
            const double stretched =
                double(picture.width) * settings.height / (double(picture.height) * settings.width);
            constexpr double visible = 1.15; // a side floored to whole cells is less than that
            if (slot.id != "reference" && (stretched > visible || stretched < 1 / visible))
                notes.emplace_back(
                    "The picture for %1 (%2 x %3) is stretched to the result's %4 x %5.",
                    inWords(slot.label), picture.width, picture.height, settings.width,
                    settings.height);
        }
    }
}

std::vector<Sentence> notesOf(const Request& request, Models&)
{
    const PromptFreeSettings settings = promptFreeSettings(request.values);
    check(request, settings); // what is wrong is told as a note
    std::vector<Sentence> notes = controlNotes(request);
    for (const Sentence& note : readingNotes({settings.prompt}, settings.prompts))
        notes.push_back(note);
    if (!settings.dropAlpha)
        for (const Sentence& note : transparencyNotes(request, promptFreeSlots()))
            notes.push_back(note);
    notePictures(request, settings, notes);
    const std::string encoder = std::filesystem::path(settings.encoderFile).filename().string();
    if (encoder.find("anime") != encoder.npos && !settings.isAnime())
        notes.emplace_back(
            "The file %1 looks like a SeeCoder-Anime: choose that as the encoder, so that guidance "
            "leads away from what anime_ug.pth holds.",
            encoder);
    const size_t steps =
        promptFreeSampler({}, settings.steps, 1, false, settings.sampler).steps().size();
    if (steps != size_t(settings.steps))
        notes.emplace_back(
            "The original's grid of time steps makes %1 steps of %2.", steps, settings.steps);
    return notes;
}

/// A row for each control picture.
std::vector<ActiveSpan> activeSpans(const Values& values, const Pictures& images)
{
    const PromptFreeSettings settings = promptFreeSettings(values);
    std::vector<ActiveSpan> spans;
    const auto controls = images.find("control");
    if (controls == images.end())
        return spans;
    const std::vector<Input>& inputs = controls->second;
    try {
        const double strength = strengthOf(images, settings);
        const int steps =
            int(promptFreeSampler({}, settings.steps, strength, false, settings.sampler)
                    .steps()
                    .size());
        for (size_t i = 0; i < inputs.size(); ++i) {
            const std::string number = inputs.size() > 1 ? " " + std::to_string(i + 1) : "";
            if (acts(inputs[i]))
                spans.push_back(
                    {"Control" + number, stepsOf(inputs[i], steps), {}, "control", int(i)});
        }
    } catch (const ValueError&) {
        return {}; // no run is made of these values
    }
    return spans;
}

} // namespace

Method promptFree()
{
    return {
        .id = "prompt-free",
        .name = "Prompt-free",
        .description = "Make a picture from a reference picture in place of a prompt.",
        .order = 3,
        .icon = "mode-reference",
        .byReference = true,
        .slots = promptFreeSlots(),
        .parameters = promptFreeParameters(),
        .refuses = refusal,
        .needs = {.contextWidths = {published}},
        .run = execute,
        .decode = decodeLatent,
        .decodeDeep = decodeDeep,
        .notes = notesOf,
        .trace = traceOf,
        .spans = activeSpans,
        .follows = followedSize};
}
