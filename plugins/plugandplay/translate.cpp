// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/plugandplay/translate.h"

#include "core/errors.h"
#include "core/hash.h"

#include <algorithm>
#include <cmath>
#include <sstream>

namespace {

/// All that determines a source and what is recorded of it.
std::string sourceKey(
    const StableDiffusion& model, const Request& request, const TranslateSettings& settings)
{
    const InversionSettings& inversion = settings.inversion;
    const Injection& injection = settings.injection;
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
         << "\nway back " << inversion.reverseSteps << "\ninjected " << toText(injection.features)
         << " " << toText(injection.featureSteps) << " " << toText(injection.attention) << " "
         << toText(injection.attentionSteps);
    return text.str();
}

std::shared_ptr<PreparedSource> invertedSource(
    const StableDiffusion& model, const Request& request, const TranslateSettings& settings,
    const Models& models, const Report& report, std::vector<std::string>& notes)
{
    const InversionSettings& inversion = settings.inversion;
    const Image source = sourceImage(*sourcePicture(request), inversion);
    const Inverted in = inverted(model, request, source, inversion, models, report);
    if (in.stopped) {
        notes.push_back(stoppedNote(in, inversion));
        return nullptr;
    }
    auto prepared = std::make_shared<PreparedSource>();
    const std::vector<int> times = samplingGrid(inversion.samplingSteps);
    const Tensor empty = encodePrompts(model, {""}, inversion.longPrompts);
    if (inversion.forward) {
        prepared->source = forwardSource(in.trajectory, times, empty);
    } else {
        prepared->source = reverseSource(
            *in.network, in.trajectory.latents.rbegin()->second, inversion.reverseSteps, times,
            empty, counting(report, "Sampling the source back"));
        if (!prepared->source.start.defined())
            return nullptr;
    }
    if (settings.reconstruct) {
        const Image back = reconstruction(in, inversion, report);
        if (back.empty())
            return nullptr;
        prepared->notes.push_back(reconstructionNote(source, back));
    }
    return prepared;
}

std::shared_ptr<PreparedSource> madeSource(
    const StableDiffusion& model, const Request& request, const TranslateSettings& settings,
    const Report& report)
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
        settings.sourceGuidance, counting(report, "Making the source"));
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

/// Whether the source's features fit into the memory that they may take.
bool keepsFeatures(
    const StableDiffusion& model, const TranslateSettings& settings, const Source& source)
{
    const int64_t elements = recordedElements(
        settings.injection, settings.inversion.samplingSteps, model.unetConfig,
        source.start.size(2), source.start.size(3));
    const double bytes =
        double(elements) * double(source.context.size(0)) * double(c10::elementSize(model.type));
    return !settings.plain && bytes <= settings.memory * (1 << 30);
}

/// The source that was made stands beside what became of it.
void showSource(const StableDiffusion& model, const Source& source, Result& result)
{
    const Image made = picturesOf(model, source.clean).front();
    for (Candidate& c : result.candidates) {
        c.canvas = filled(made.width + c.image.width, c.image.height, {});
        paste(c.canvas, made, 0, 0);
        paste(c.canvas, c.image, made.width, 0);
    }
}

} // namespace

std::vector<Candidate> decoded(
    const StableDiffusion& model, const Request& request, const Tensor& x)
{
    std::vector<Candidate> candidates;
    for (const Image& picture : picturesOf(model, x))
        candidates.push_back({.image = picture, .canvas = picture, .seed = request.seed});
    return candidates;
}

const Image* sourcePicture(const Request& request)
{
    const auto found = request.images.find("source");
    return found == request.images.end() || found->second.empty() ? nullptr
                                                                  : &found->second.front().image;
}

std::shared_ptr<const PreparedSource> preparedSource(
    const StableDiffusion& model, const Request& request, const TranslateSettings& settings,
    Models& models, const Report& report, std::vector<std::string>& notes)
{
    if (!sourcePicture(request) && settings.sourcePrompt.empty())
        throw Error(
            "Translate needs a source: choose a picture, or say in \"Source from a prompt\" what "
            "is to be made.");
    // A measure that was asked for is made anew, so that it is told.
    const std::string key =
        sourceKey(model, request, settings) + (settings.reconstruct ? "\nmeasured" : "");
    auto prepared = models.kept<PreparedSource>(
        "translate source", key, [&]() -> std::shared_ptr<const PreparedSource> {
            if (sourcePicture(request))
                return invertedSource(model, request, settings, models, report, notes);
            return madeSource(model, request, settings, report);
        });
    if (prepared)
        notes.insert(notes.end(), prepared->notes.begin(), prepared->notes.end());
    return prepared;
}

SourceFeatures sourceFeatures(
    const Network& network, const PreparedSource& prepared, const Injection& injection, int step,
    double time, bool keeps)
{
    if (const auto found = prepared.features.find(step); found != prepared.features.end())
        return on(network.model.device, found->second);
    SourceFeatures features =
        featuresOf(network, prepared.source, injection, step, time, prepared.keys);
    if (keeps)
        prepared.features[step] = on(at::kCPU, features);
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
    for (int64_t i = 2; i < all.size(0); ++i)
        contexts.targets.push_back(all.narrow(0, i, 1));
    return contexts;
}

Result runTranslate(
    const StableDiffusion& model, const Request& request, Models& models, const Report& report)
{
    const TranslateSettings settings = translateSettings(request.values);
    SamplingRun run {
        .report = report, .decode = [&](const Tensor& x) { return decoded(model, request, x); }};
    if (!run.stage("Preparing the source"))
        return {.stopped = true};
    const auto prepared =
        preparedSource(model, request, settings, models, report, run.result.notes);
    if (!prepared)
        return {.stopped = true, .notes = run.result.notes};
    const Source& source = prepared->source;
    const Network network(model, source.start);
    Translation translation(
        network, source, contextsOf(model, request, settings), settings.guidance,
        settings.injection, settings.plain);
    const bool keeps = keepsFeatures(model, settings, source);
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
            : sourceFeatures(network, *prepared, settings.injection, i, times[i], keeps);
        const Tensor noise = translation.noise(x, i, times[i], count, features);
        const Tensor clean = moved(network.schedule, x, noise, times[i], cleanLevel);
        x = moved(network.schedule, x, noise, times[i], i + 1 < count ? times[i + 1] : 0);
        goOn = run.step(i + 1, count, times[i], x, clean);
    }
    Result result = run.finish(count, x);
    if (source.clean.defined() && !sourcePicture(request))
        showSource(model, source, result);
    return result;
}
