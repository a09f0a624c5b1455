// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/analogist/analogist.h"

#include "core/diffusion/apart.h"
#include "core/diffusion/leastwork.h"
#include "core/diffusion/promptnotes.h"
#include "core/diffusion/samplingrun.h"
#include "core/diffusion/touches.h"
#include "core/nn/pixels.h"
#include "core/picturenotes.h"
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

/// What is asked for of a decoded canvas, an Image or a DeepImage.
template<typename Picture>
Picture resultOf(const AnalogistSettings& settings, const Picture& canvas, const Image& b)
{
    return settings.keepFrame ? quadrant(canvas)
                              : answer(settings.geometry, canvas, b, settings.fit);
}

/// The results of decoded canvases.
std::vector<Candidate> candidatesOf(
    const Request& request, const AnalogistSettings& settings, std::vector<Image> canvases)
{
    std::vector<Candidate> candidates;
    const Image b = picture(request, settings, "b");
    for (Image& canvas : canvases) {
        Image image = resultOf(settings, canvas, b);
        candidates.push_back(
            {.image = std::move(image),
             .canvas = std::move(canvas),
             .seed = request.seed + candidates.size()});
    }
    return candidates;
}

/// Whose the items of a batch are: the negative half first, if there are two.
std::vector<Subject> itemsOf(int halves, int candidates)
{
    std::vector<Subject> items;
    for (int half = 0; half < halves; ++half)
        for (int i = 0; i < candidates; ++i)
            items.push_back({.candidate = i, .negative = halves == 2 && half == 0});
    return items;
}

void describe(
    TraceSetting& setting, const StableDiffusion& model, const AnalogistSettings& settings,
    const Conditions& conditions)
{
    setting.latentHeight = int(conditions.z.size(2));
    setting.latentWidth = int(conditions.z.size(3));
    setting.grid = true;
    for (const Subject& item : itemsOf(int(conditions.context.size(0)), settings.candidates))
        setting.tokens[item] = contextTokens(
            model, item.negative ? settings.negative : settings.prompt, conditions.context.size(1),
            settings.prompts);
}

/// What acts in the network, and what looks on. @p touches and @p recorder must outlive it.
Taps tapsOf(
    const AnalogistSettings& settings, const std::vector<Subject>& items, const Touches& touches,
    Recorder& recorder)
{
    Taps taps = analogistTaps(settings.edits, settings.plain, touches.edited());
    touches.act(taps, items);
    recorder.watch(
        taps, items, [edits = settings.edits, &touches](const Site& site, const Subject& subject) {
            return touches.rule(site, subject, ruleAt(edits, site));
        });
    return taps;
}

/// How the network is asked in a step: for all items in one batch, or for the halves of guidance
/// one after the other. What it is made of must outlive it.
class Passes
{
public:
    Passes(
        const StableDiffusion& model, const Conditions& conditions,
        const AnalogistSettings& settings, const Touches& touches, Recorder& recorder)
        : m_model(model)
    {
        const int halves = int(conditions.context.size(0)),
                  batches = settings.halvesApart ? halves : 1;
        const std::vector<Subject> items = itemsOf(halves, settings.candidates);
        const auto each = ptrdiff_t(items.size()) / batches;
        for (int i = 0; i < batches; ++i) {
            Conditions part = conditions;
            part.context = conditions.context.narrow(0, i * halves / batches, halves / batches);
            const auto begin = items.begin() + i * each;
            m_batches.push_back(
                {std::move(part), tapsOf(settings, {begin, begin + each}, touches, recorder),
                 keptPasses(model)});
        }
    }

    Predictions at(const Tensor& x, const Step& step)
    {
        Predictions made;
        for (auto& [conditions, taps, kept] : m_batches) {
            Predictions next = predict(m_model, conditions, x, step, taps, kept);
            if (!next.positive.defined())
                return {};
            if (made.positive.defined()) // that of the half before
                next.negative = made.positive;
            made = next;
        }
        return made;
    }

    /// Gives the memory back that only further passes would need.
    void forget()
    {
        for (Batch& batch : m_batches)
            batch.kept = {};
    }

private:
    struct Batch
    {
        Conditions conditions;
        Taps taps;
        KeptPasses kept;
    };

    const StableDiffusion& m_model;
    std::vector<Batch> m_batches;
};

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

    const int cells = settings.geometry.side() / 8;
    checkWork(model, settings.candidates, cells, cells);
    const auto prepared =
        prepare(model, pasted(gridOf(request, settings)), settings, request, run.progress());
    if (!prepared)
        return {.stopped = true};
    const Conditions& conditions = *prepared;
    run.map = previewMapOf(model, conditions.z);
    run.result.notes = conditions.notes;
    for (const Sentence& note :
         cutNotes(model, {settings.prompt, settings.negative}, settings.prompts))
        run.result.notes.push_back(note);
    TraceSetting& setting = run.recorder.setting();
    describe(setting, model, settings, conditions);
    const Touches touches(
        request.touches, int(sampler.steps().size()), model.unetConfig, setting.tokens);
    Passes passes(model, conditions, settings, touches, run.recorder);
    const Tensor x = start(sampler, conditions, settings.strength);
    const auto guided = [&](const Tensor& input, const Step& step) {
        const Predictions predictions = passes.at(input, step);
        if (predictions.negative.defined())
            run.recorder.guidance(predictions.positive - predictions.negative);
        return predictions.guided(settings.guidance);
    };
    return sample(run, sampler, x, {.predict = guided, .draws = drawsOf(request, x), .ended = [&] {
                                        passes.forget();
                                    }});
}

namespace {

Result execute(const Request& request, Models& models, const Report& report)
{
    const auto model = loadModel(request, models, report);
    return model ? runAnalogist(*model, request, report) : Result {.stopped = true};
}

/// A latent of the request's run, at its own size.
Tensor latentOf(
    const StableDiffusion& model, const AnalogistSettings& settings, const Latent& latent)
{
    const int side = settings.geometry.side() / 8;
    return keptLatent(model, latent, size_t(settings.candidates), side, side);
}

std::vector<Candidate> decodeLatent(const Request& request, Models& models, const Latent& latent)
{
    const auto model = loadModel(request, models);
    const AnalogistSettings settings = analogistSettings(request.values);
    return candidatesOf(request, settings, picturesOf(*model, latentOf(*model, settings, latent)));
}

std::vector<DeepCandidate> decodeDeep(const Request& request, Models& models, const Latent& latent)
{
    const auto model = loadModel(request, models);
    const AnalogistSettings settings = analogistSettings(request.values);
    const Image b = picture(request, settings, "b");
    std::vector<DeepCandidate> candidates;
    for (DeepImage& canvas : deepPicturesOf(*model, latentOf(*model, settings, latent))) {
        DeepImage image = resultOf(settings, canvas, b);
        candidates.push_back({.image = std::move(image), .canvas = std::move(canvas)});
    }
    return candidates;
}

/// The pass of a step, recorded.
std::shared_ptr<const StepTrace> traceOf(
    const Request& request, Models& models, const Recording& recording, int step,
    const Latent& before, const StageReport& progress)
{
    const auto model = loadModel(request, models, progress);
    if (!model)
        return nullptr;
    const AnalogistSettings settings = analogistSettings(request.values);
    const Sampler sampler = analogistSampler(*model, settings);
    const auto conditions =
        prepare(*model, pasted(gridOf(request, settings)), settings, request, progress);
    if (!conditions || !progress("Looking into the network"))
        return nullptr;
    Recorder recorder(recording);
    TraceSetting& setting = recorder.setting();
    describe(setting, *model, settings, *conditions);
    const Touches touches(
        request.touches, int(sampler.steps().size()), model->unetConfig, setting.tokens);
    Passes passes(*model, *conditions, settings, touches, recorder);
    const Step& at = keptStep(sampler, step);
    const Tensor x = latentOf(*model, settings, before).to(model->device);
    const Predictions predictions = passes.at(sampler.modelInput(x, at), at);
    if (predictions.negative.defined())
        recorder.guidance(predictions.positive - predictions.negative);
    return predictions.positive.defined() ? recorder.take(step) : nullptr;
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

std::vector<Slot> analogySlots()
{
    return {
        {.id = "a", .label = "A", .help = "The example before"},
        {.id = "a_prime", .label = "A′", .help = "The example after"},
        {.id = "b", .label = "B", .help = "The picture to treat likewise", .main = true}};
}

std::vector<Sentence> notesOf(const Request& request, Models&)
{
    const AnalogistSettings settings = analogistSettings(request.values);
    checkUnderstands(request);
    std::vector<Sentence> notes =
        readingNotes({settings.prompt, settings.negative}, settings.prompts);
    if (const Sentence note = negativeNote(settings.negative, settings.guidance); !note.empty())
        notes.push_back(note);
    if (!settings.dropAlpha)
        for (const Sentence& note : transparencyNotes(
                 request, analogySlots(), std::get<std::string>(request.values.at("ground"))))
            notes.push_back(note);
    return notes;
}

/// The paper's two injections.
std::vector<ActiveSpan> activeSpans(const Values& values, const Pictures&)
{
    const AttentionEdits edits = attentionEditsOf(values);
    return {
        activeIn("Cloning", edits.cloning, edits.cloningSteps, "sac_steps"),
        activeIn("Masking", edits.masking, edits.maskingSteps, "cam_steps")};
}

} // namespace

Method analogist()
{
    return {
        .id = "analogy",
        .name = "Analogy",
        .description = "Make B′ from A, A′ and B, so that A is to A′ as B is to B′.",
        .order = 1,
        .icon = "mode-grid",
        .onGrid = true,
        .resultLabel = "B′",
        .slots = analogySlots(),
        .parameters = analogistParameters(),
        .refuses = refusal,
        .needs = {.channels = {inpaintingChannels}},
        .run = execute,
        .decode = decodeLatent,
        .decodeDeep = decodeDeep,
        .notes = notesOf,
        .trace = traceOf,
        .without = {{"cloning", {{"sac", Layers()}}}, {"masking", {{"cam", Layers()}}}},
        .spans = activeSpans};
}
