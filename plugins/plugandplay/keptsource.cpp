// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/plugandplay/keptsource.h"

#include "core/errors.h"
#include "core/hash.h"

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <sstream>

namespace {

/// All that determines a source.
std::string sourceKey(
    const StableDiffusion& model, const Request& request, const TranslateSettings& settings)
{
    const InversionSettings& inversion = settings.inversion;
    const Image* picture = sourcePicture(request);
    std::ostringstream text;
    text << inversionIdentity(
        request,
        picture ? sourceImage(*picture, inversion) : filled(inversion.size, inversion.size, {}),
        inversion);
    if (!picture) {
        text << "\nmade of " << settings.sourcePrompt << "\nguidance " << settings.sourceGuidance
             << "\nshape " << settings.sourceShape;
        if (const auto noise = request.noise.find("noise"); noise != request.noise.end())
            text << "\nnoise " << sha256(std::as_bytes(std::span(noise->second)));
        else
            text << "\nseed " << request.seed;
    }
    text << "\ntype " << c10::toString(model.type) << "\nsampling " << inversion.samplingSteps
         << "\nway back " << inversion.reverseSteps;
    return text.str();
}

/// What determines which of a source's tensors are recorded.
std::string injectionKey(const Injection& injection)
{
    return toText(injection.features) + " " + toText(injection.featureSteps) + " "
        + toText(injection.attention) + " " + toText(injection.attentionSteps);
}

/// The source that an inverted picture is.
std::shared_ptr<PreparedSource> preparedOf(
    const Inverted& inverted, const InversionSettings& settings)
{
    auto prepared = std::make_shared<PreparedSource>();
    prepared->source = sourceOf(inverted, settings);
    prepared->noise = inverted.noise;
    prepared->caption = inverted.caption;
    return prepared;
}

std::shared_ptr<PreparedSource> invertedSource(
    const StableDiffusion& model, const Request& request, const InversionSettings& settings,
    const Models& models, const StageReport& progress, Notes& notes)
{
    const Image source = sourceImage(*sourcePicture(request), settings);
    const Inverted in = inverted(model, request, source, settings, models, progress);
    if (in.stopped.empty())
        return preparedOf(in, settings);
    notes.push_back(in.stopped);
    return nullptr;
}

/// Tells how near the inversion brings the source back. False where the caller stopped.
bool measure(
    const StableDiffusion& model, const Request& request, const TranslateSettings& settings,
    const StageReport& progress, Notes& notes, PreparedSource& prepared)
{
    Tensor back = prepared.source.clean; // of the way back
    if (!back.defined())
        back = sampledBack(
            Network(model, prepared.noise), prepared.noise, prepared.caption, settings.inversion,
            progress);
    if (!back.defined())
        return false;
    prepared.measured = reconstructionNote(
        sourceImage(*sourcePicture(request), settings.inversion),
        picturesOf(model, back, settings.rounding, {}, &notes).front());
    return true;
}

std::shared_ptr<PreparedSource> madeSource(
    const StableDiffusion& model, const Request& request, const TranslateSettings& settings,
    const StageReport& progress)
{
    const InversionSettings& inversion = settings.inversion;
    const std::string& shape = settings.sourceShape;
    const double wide = std::stod(shape), high = std::stod(shape.substr(shape.find(':') + 1));
    const auto side = [&](double length) {
        return int64_t(std::lround(inversion.size * length / std::min(wide, high) / 8));
    };
    const Tensor noise =
        startNoise(request, 1, {1, model.vaeConfig.latentChannels, side(high), side(wide)})
            .to(model.device);
    const Network network(model, noise);
    auto prepared = std::make_shared<PreparedSource>();
    prepared->source = generatedSource(
        network, noise, samplingGrid(inversion.samplingSteps),
        encodePrompts(model, {"", settings.sourcePrompt}, inversion.longPrompts),
        settings.sourceGuidance, progress);
    return prepared->source.start.defined() ? prepared : nullptr;
}

/// The recorded tensors on another device.
SourceFeatures on(const at::Device& device, const SourceFeatures& features)
{
    SourceFeatures there;
    for (const auto& [layer, pair] : features.attention)
        there.attention[layer] = {pair.query.to(device), pair.key.to(device)};
    for (const auto& [layer, h] : features.residual)
        there.residual[layer] = h.to(device);
    return there;
}

/// What the source's features of all steps take, in GiB.
double featureSize(
    const StableDiffusion& model, const TranslateSettings& settings, const Source& source)
{
    const int64_t elements = recordedElements(
        settings.injection, settings.inversion.samplingSteps, model.unetConfig,
        source.start.size(2), source.start.size(3));
    const double bytes =
        double(elements) * double(source.context.size(0)) * double(c10::elementSize(model.type));
    return bytes / (1 << 30);
}

/// Whether they fit into the memory that they may take.
bool keepsFeatures(
    const StableDiffusion& model, const TranslateSettings& settings, const Source& source)
{
    return !settings.plain && featureSize(model, settings, source) <= settings.memory;
}

std::string memoryNote(
    const StableDiffusion& model, const TranslateSettings& settings, const Source& source)
{
    std::ostringstream text;
    text << std::fixed << std::setprecision(1) << "The source's features would take "
         << featureSize(model, settings, source) << " GiB and may take " << settings.memory
         << ", so they were not kept for the next edit: it computes them again. Raise \"Memory for "
            "features\" to keep them.";
    return text.str();
}

/// What is kept between edits. It has no key in Models: to ask whether a source is kept is not to
/// lose another.
std::shared_ptr<KeptSource> lastSource(Models& models)
{
    return models.kept<KeptSource>("translate source");
}

/// Keeps another source.
void take(KeptSource& kept, const std::string& key, std::shared_ptr<PreparedSource> source)
{
    kept = {.key = key, .prepared = std::move(source)};
}

/// Drops the features of another injection.
void injectedAs(KeptSource& kept, const Injection& injection)
{
    const std::string key = injectionKey(injection);
    if (kept.injected != key)
        kept.features.clear();
    kept.injected = key;
}

/// The source that was made stands beside what became of it.
void showSource(
    const StableDiffusion& model, const Source& source, Rounding rounding, Result& result)
{
    const Image made = picturesOf(model, source.clean, rounding, {}, &result.notes).front();
    for (Candidate& c : result.candidates) {
        c.canvas = filled(made.width + c.image.width, c.image.height, {});
        paste(c.canvas, made, 0, 0);
        paste(c.canvas, c.image, made.width, 0);
    }
}

} // namespace

std::vector<Candidate> candidatesOf(const Request& request, const std::vector<Image>& pictures)
{
    std::vector<Candidate> candidates;
    for (const Image& picture : pictures)
        candidates.push_back({.image = picture, .canvas = picture, .seed = request.seed});
    return candidates;
}

const Image* sourcePicture(const Request& request)
{
    const auto found = request.images.find("source");
    return found == request.images.end() || found->second.empty() ? nullptr
                                                                  : &found->second.front().image;
}

std::shared_ptr<KeptSource> preparedSource(
    const StableDiffusion& model, const Request& request, const TranslateSettings& settings,
    Models& models, const StageReport& progress, Notes& notes)
{
    const bool picture = sourcePicture(request);
    if (!picture && settings.sourcePrompt.empty())
        throw ValueError(
            "Translate needs a source: choose a picture, or say in \"Source from a prompt\" what "
            "is to be made.");
    const auto kept = lastSource(models);
    const std::string key = sourceKey(model, request, settings);
    if (kept->key != key) {
        kept->features.clear(); // before the other source takes its memory
        const auto made = picture
            ? invertedSource(model, request, settings.inversion, models, progress, notes)
            : madeSource(model, request, settings, progress);
        if (!made)
            return nullptr;
        take(*kept, key, made);
    }
    injectedAs(*kept, settings.injection);
    PreparedSource& prepared = *kept->prepared;
    if (picture && settings.reconstruct) {
        if (prepared.measured.empty()
            && !measure(model, request, settings, progress, notes, prepared))
            return nullptr;
        notes.push_back(prepared.measured);
    }
    return kept;
}

std::shared_ptr<KeptSource> keptSource(
    const StableDiffusion& model, const Request& request, const TranslateSettings& settings,
    Models& models)
{
    const auto kept = lastSource(models);
    const std::string key = sourceKey(model, request, settings);
    const Image* picture = sourcePicture(request);
    if (kept->key != key) {
        if (!picture) // what was made is never on disk
            return nullptr;
        const auto inversion = keptInversion(
            model, request, sourceImage(*picture, settings.inversion), settings.inversion, models);
        if (!inversion)
            return nullptr;
        take(*kept, key, preparedOf(*inversion, settings.inversion));
    }
    injectedAs(*kept, settings.injection);
    return kept;
}

SourceFeatures sourceFeatures(
    const Network& network, KeptSource& kept, const Injection& injection, int step, double time,
    bool keeps)
{
    if (const auto found = kept.features.find(step); found != kept.features.end())
        return on(network.model.device, found->second);
    SourceFeatures features =
        featuresOf(network, kept.prepared->source, injection, step, time, kept.prepared->keys);
    if (keeps)
        kept.features[step] = on(at::kCPU, features);
    return features;
}

Contexts contextsOf(
    const StableDiffusion& model, const Request& request, const TranslateSettings& settings)
{
    // The first program leads away from what a made source shows, unless something else is said.
    const bool made = !sourcePicture(request) && settings.negative.empty();
    std::vector<std::string> prompts = {"", made ? settings.sourcePrompt : settings.negative};
    prompts.insert(prompts.end(), settings.prompts.begin(), settings.prompts.end());
    const Tensor all = encodePrompts(model, prompts, settings.inversion.longPrompts);
    Contexts contexts {.empty = all.narrow(0, 0, 1), .negative = all.narrow(0, 1, 1)};
    if (contexts.negative.equal(contexts.empty))
        contexts.negative = Tensor(); // computed once
    for (int64_t i = 2; i < all.size(0); ++i)
        contexts.targets.push_back(all.narrow(0, i, 1));
    return contexts;
}

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
    const auto kept = preparedSource(model, request, settings, models, progress, run.result.notes);
    if (!kept)
        return {.stopped = true, .notes = run.result.notes};
    const Source& source = kept->prepared->source;
    const Network network(model, source.start);
    Translation translation(
        network, source, contextsOf(model, request, settings), settings.guidance,
        settings.injection, settings.plain);
    const bool keeps = keepsFeatures(model, settings, source);
    if (!keeps && !settings.plain && settings.memory > 0)
        run.result.notes.push_back(memoryNote(model, settings, source));
    run.map = previewMapOf(model, source.start);

    const std::vector<int> times = samplingGrid(settings.inversion.samplingSteps);
    const int count = int(times.size());
    Tensor x = source.start.to(model.device)
                   .expand({int64_t(settings.prompts.size()), -1, -1, -1})
                   .contiguous();
    bool goOn = run.step(0, count, times.front(), x, x);
    for (int i = 0; i < count && goOn; ++i) {
        const SourceFeatures features = settings.plain
            ? SourceFeatures {}
            : sourceFeatures(network, *kept, settings.injection, i, times[i], keeps);
        const Tensor noise = translation.noise(x, i, times[i], count, features);
        const Tensor clean = moved(network.schedule, x, noise, times[i], cleanLevel);
        x = moved(network.schedule, x, noise, times[i], i + 1 < count ? times[i + 1] : 0);
        goOn = run.step(i + 1, count, times[i], x, clean);
    }
    Result result = run.finish(count, x);
    if (source.clean.defined() && !sourcePicture(request))
        showSource(model, source, settings.rounding, result);
    return result;
}
