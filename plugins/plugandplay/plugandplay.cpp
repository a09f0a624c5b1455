// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/plugandplay/plugandplay.h"

#include "core/diffusion/apart.h"
#include "core/diffusion/leastwork.h"
#include "core/diffusion/promptnotes.h"
#include "core/picturenotes.h"
#include "core/stopping.h"
#include "plugins/plugandplay/inversioncache.h"
#include "plugins/plugandplay/keptsource.h"
#include "plugins/plugandplay/parameters.h"
#include "plugins/plugandplay/picture.h"
#include "plugins/plugandplay/recording.h"

#include <iomanip>
#include <sstream>

namespace {

/// The results of decoded @p pictures.
std::vector<Candidate> candidatesOf(const Request& request, std::vector<Image> pictures)
{
    std::vector<Candidate> candidates;
    for (Image& made : pictures) {
        const SharedImage picture = std::move(made);
        candidates.push_back({.image = picture, .canvas = picture, .seed = request.seed});
    }
    return candidates;
}

Sentence memoryNote(double needed, double allowed)
{
    const auto gibibytes = [](double number) {
        std::ostringstream text;
        text << std::fixed << std::setprecision(1) << number;
        return text.str();
    };
    return {
        "The source's features would take %1 GiB and may take %2, so they were not kept for the "
        "next edit: it computes them again. Raise \"Memory for features\" to keep them.",
        gibibytes(needed), gibibytes(allowed)};
}

/// What a source shows that was made from a prompt, decoded once.
const Image& madePicture(
    const StableDiffusion& model, Rounding rounding, KeptSource& kept, Notes& notes)
{
    Image& picture = kept.pictures[rounding];
    if (picture.empty())
        for (Image& made : picturesOf(model, kept.source.clean, rounding, {}, &notes))
            picture = std::move(made);
    return picture;
}

/// The source that was made stands beside what became of it.
void showSource(const Image& made, Result& result)
{
    if (made.empty())
        return; // not even that is wanted
    for (Candidate& c : result.candidates) {
        Image canvas = filled(made.width + c.image->width, c.image->height, {});
        paste(canvas, made, 0, 0);
        paste(canvas, c.image, made.width, 0);
        c.canvas = std::move(canvas);
    }
}

} // namespace

/// Algorithm 1 of the paper, after the inversion.
Result runTranslate(
    const StableDiffusion& model, const Request& request, Models& models, const Report& report)
{
    const TranslateSettings settings = translateSettings(request.values);
    SamplingRun run {.report = report};
    run.decode = [&](const Tensor& x, const StageReport& progress, Notes* notes) {
        return candidatesOf(request, picturesOf(model, x, settings.rounding, progress, notes));
    };
    const StageReport progress = run.progress();
    if (!progress("Preparing the source"))
        return {.stopped = true};
    const LatentSize cells = latentSize(request, settings);
    checkWork(model, int64_t(settings.prompts.size()), cells.height, cells.width);
    const auto kept =
        preparedSource({model, request, settings, models}, progress, run.result.notes);
    if (!kept)
        return {.stopped = true, .notes = run.result.notes};
    std::vector<std::string> prompts = settings.prompts;
    prompts.push_back(settings.negative);
    for (const Sentence& note : cutNotes(model, prompts, settings.inversion.prompts))
        run.result.notes.push_back(note);
    const Source& source = kept->source;
    const Network network(model, source.start);
    Translation translation(
        network, source, contextsOf(model, settings, !pictureOf(request)), settings.guidance,
        settings.injection, settings.plain);
    if (settings.halvesApart)
        translation.takeApart();
    const double size = featureSize(model, settings, source);
    SourcePasses passes = settings.halvesApart ? SourcePasses::OneByOne : SourcePasses::Together;
    if (size > settings.memory) {
        passes = SourcePasses::NotKept;
        if (!settings.plain && settings.memory > 0)
            run.result.notes.push_back(memoryNote(size, settings.memory));
    }
    run.map = previewMapOf(model, source.start);
    describe(run.recorder.setting(), model, settings, source);
    translation.touchWith(touchesOf(request, model, source, run.recorder.setting()));
    translation.recordWith(run.recorder);

    const std::vector<int>& times = source.times;
    const int count = int(times.size());
    Tensor x = source.start.to(model.device)
                   .expand({int64_t(settings.prompts.size()), -1, -1, -1})
                   .contiguous();
    bool goOn = run.step(0, count, times.front(), x, x);
    for (int i = 0; i < count && goOn; ++i) {
        Tensor noise = run.done(i, x);
        if (!noise.defined()) {
            const SourceFeatures features = settings.plain
                ? SourceFeatures {}
                : sourceFeatures(network, *kept, settings.injection, i, passes, &run.recorder);
            noise = stopAsked() ? Tensor() : translation.noise(x, i, features);
        }
        if (!noise.defined())
            break;
        const Level from = network.level(times[i]);
        const Tensor clean = ddimStep(x, noise, from, {});
        x = ddimStep(x, noise, from, network.level(i + 1 < count ? times[i + 1] : 0));
        goOn = run.step(i + 1, count, times[i], x, clean, noise);
    }
    Result result = run.finish(count, x);
    const Keeping keeping;
    if (!pictureOf(request) && !result.candidates.empty())
        showSource(madePicture(model, settings.rounding, *kept, result.notes), result);
    return result;
}

namespace {

Result execute(const Request& request, Models& models, const Report& report)
{
    const TranslateSettings settings = translateSettings(request.values);
    if (pictureOf(request)) // what does not fit is said before anything is loaded
        checkInversion(settings.inversion);
    const auto model = loadModel(request, models, report);
    return model ? runTranslate(*model, request, models, report) : Result {.stopped = true};
}

std::vector<Candidate> decodeLatent(const Request& request, Models& models, const Latent& latent)
{
    const auto model = loadModel(request, models);
    const TranslateSettings settings = translateSettings(request.values);
    return candidatesOf(
        request,
        picturesOf(*model, keptLatent(*model, request, settings, latent), settings.rounding));
}

std::vector<DeepCandidate> decodeDeep(const Request& request, Models& models, const Latent& latent)
{
    const auto model = loadModel(request, models);
    const Tensor x = keptLatent(*model, request, translateSettings(request.values), latent);
    std::vector<DeepCandidate> candidates;
    for (const DeepImage& made : deepPicturesOf(*model, x))
        candidates.push_back({.image = made, .canvas = made});
    return candidates;
}

std::vector<Slot> translateSlots()
{
    return {
        {.id = "source",
         .label = "Source",
         .help = "The picture whose structure is kept",
         .main = true,
         .unless = "source_prompt"}};
}

std::vector<Sentence> notesOf(const Request& request, Models& models)
{
    const TranslateSettings all = translateSettings(request.values);
    const InversionSettings& settings = all.inversion;
    checkUnderstands(request);
    std::vector<std::string> prompts = all.prompts;
    prompts.insert(prompts.end(), {all.negative, all.sourcePrompt, settings.prompt});
    std::vector<Sentence> notes = readingNotes(prompts, settings.prompts);
    if (const Sentence note = negativeNote(all.negative, all.guidance.scale); !note.empty())
        notes.push_back(note);
    else if (
        !all.negative.empty() && all.guidance.alpha == 1
        && all.guidance.schedule == AlphaSchedule::Constant)
        notes.emplace_back(
            "The negative prompt has no effect where the share of the empty prompt is 1: choose "
            "less, or take it out.");
    if (describeModel(modelPath(request)).channels == inpaintingChannels)
        notes.emplace_back(
            "This is an inpainting model: the whole picture is given to it as the part to fill, "
            "with a grey picture beside it. A plain Stable Diffusion model translates better.");
    for (const Sentence& note : transparencyNotes(request, translateSlots()))
        notes.push_back(note);
    if (const Image* picture = pictureOf(request)) {
        checkInversion(settings);
        const auto ofInversion =
            inversionNotes(request, fittedPicture(*picture, settings), settings, models);
        notes.insert(notes.end(), ofInversion.begin(), ofInversion.end());
    }
    return notes;
}

std::vector<ActiveSpan> activeSpans(const Values& values, const Pictures&)
{
    const Injection injection = injectedBy(values);
    return {
        activeIn("Features", injection.features, injection.featureSteps, "feature_until"),
        activeIn("Attention", injection.attention, injection.attentionSteps, "attention_until")};
}

} // namespace

Method translate()
{
    return {
        .id = "translate",
        .name = "Translate",
        .description = "Repaint a picture by a prompt and keep its structure.",
        .order = 2,
        .icon = "mode-repaint",
        .slots = translateSlots(),
        .parameters = translateParameters(),
        .keeps =
            {{.folder = "inversions",
              .label = "Kept inversions",
              .help = "The inversions of pictures that were translated, so that the next edit of "
                      "the same picture begins at once.",
              .usualLimit = 2048}},
        .run = execute,
        .decode = decodeLatent,
        .decodeDeep = decodeDeep,
        .notes = notesOf,
        .trace = traceTranslate,
        .without =
            {{"injection", {{"feature_layers", Layers()}, {"attention_layers", Layers()}}},
             {"feature injection", {{"feature_layers", Layers()}}},
             {"attention injection", {{"attention_layers", Layers()}}}},
        .spans = activeSpans};
}
