// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/plugandplay/keptsource.h"

#include "core/branch.h"
#include "core/diffusion/apart.h"
#include "core/errors.h"
#include "core/file/hash.h"
#include "core/stopping.h"
#include "plugins/plugandplay/inversioncache.h"
#include "plugins/plugandplay/picture.h"

#include <cmath>
#include <sstream>

namespace {

/// All that determines a source.
std::string sourceKey(const TranslateRequest& wanted)
{
    const auto& [model, request, settings, models] = wanted;
    const InversionSettings& inversion = settings.inversion;
    const Image* picture = pictureOf(request);
    std::ostringstream text;
    text << inversionIdentity(
        request,
        picture ? fittedPicture(*picture, inversion) : filled(inversion.size, inversion.size, {}),
        inversion);
    if (!picture) {
        text << "\nmade of " << promptKey(settings.sourcePrompt, inversion.prompts) << "\nguidance "
             << settings.sourceGuidance << "\nshape " << settings.sourceShape
             << partsKey(request, settings.sourcePrompt);
        if (const auto noise = request.noise.find("noise"); noise != request.noise.end())
            text << "\nnoise " << sha256(std::as_bytes(std::span(noise->second)));
        else
            text << "\nseed " << startSeed(request);
    }
    text << "\ntype " << c10::toString(model.type) << "\nsampling " << inversion.samplingSteps
         << "\nway back " << inversion.reverseSteps;
    return text.str();
}

/// What determines which of a source's tensors are recorded, and by which batches.
std::string injectionKey(const TranslateSettings& settings)
{
    const Injection& injection = settings.injection;
    return (settings.halvesApart ? "apart " : "") + toText(injection.features) + " "
        + toText(injection.featureSteps) + " " + toText(injection.attention) + " "
        + toText(injection.attentionSteps);
}

/// What is kept between edits. It has no key in Models: to ask whether a source is kept is not to
/// lose another.
std::shared_ptr<KeptSource> lastSource(Models& models)
{
    return models.kept<KeptSource>("translate source");
}

/// Drops the features of another injection.
void setInjection(KeptSource& kept, const TranslateSettings& settings)
{
    const std::string key = injectionKey(settings);
    if (kept.injected != key)
        kept.features.clear();
    kept.injected = key;
}

KeptSource keptOf(const std::string& key, const Inverted& inverted)
{
    return {
        .key = key,
        .source = inverted.source,
        .noise = inverted.noise,
        .caption = inverted.caption};
}

/// The source of a picture; nothing where the caller stopped.
std::optional<KeptSource> invertedSource(
    const TranslateRequest& wanted, const std::string& key, const StageReport& progress,
    Notes& notes)
{
    const InversionSettings& settings = wanted.settings.inversion;
    const Image picture = fittedPicture(*pictureOf(wanted.request), settings);
    const Inverted made =
        inverted({wanted.model, wanted.request, picture, settings, wanted.models}, progress);
    notes.insert(notes.end(), made.notes.begin(), made.notes.end());
    if (made.stopped.empty())
        return keptOf(key, made);
    notes.push_back(made.stopped);
    return {};
}

/// The source of a prompt; nothing where the caller stopped.
std::optional<KeptSource> generatedSource(
    const TranslateRequest& wanted, const std::string& key, const StageReport& progress)
{
    const auto& [model, request, settings, models] = wanted;
    const InversionSettings& inversion = settings.inversion;
    const LatentSize size = latentSize(request, settings);
    KeptSource made {.key = key};
    made.source = {
        .times = samplingTimes(inversion.samplingSteps),
        .start =
            startNoise(request, 1, {1, model.vaeConfig.latentChannels, size.height, size.width}),
        .context = encodePrompts(model, {"", settings.sourcePrompt}, inversion.prompts)};
    const Network network(model, made.source.start);
    if (!generate(network, made.source, settings.sourceGuidance, progress))
        return {};
    return made;
}

/// Tells how near the inversion brings the source back. False where the caller stopped.
bool measure(
    const TranslateRequest& wanted, const StageReport& progress, Notes& notes, KeptSource& kept)
{
    const auto& [model, request, settings, models] = wanted;
    Tensor back = kept.source.clean; // of the way back
    if (!back.defined())
        back = sampledBack(
            Network(model, kept.noise), kept.noise, kept.caption, settings.inversion.steps,
            progress);
    if (!back.defined())
        return false;
    const std::vector<Image> pictures = picturesOf(model, back, settings.rounding, {}, &notes);
    if (pictures.empty())
        return false;
    kept.measured = reconstructionNote(
        fittedPicture(*pictureOf(request), settings.inversion), pictures.front());
    return true;
}

/// The recorded tensors on another device.
SourceFeatures on(const at::Device& device, const SourceFeatures& features)
{
    SourceFeatures moved;
    for (const auto& [layer, pair] : features.attention)
        moved.attention[layer] = {pair.query.to(device), pair.key.to(device)};
    for (const auto& [layer, h] : features.residual)
        moved.residual[layer] = h.to(device);
    return moved;
}

} // namespace

std::shared_ptr<KeptSource> preparedSource(
    const TranslateRequest& wanted, const StageReport& progress, Notes& notes)
{
    const bool picture = pictureOf(wanted.request);
    if (!picture && wanted.settings.sourcePrompt.empty())
        throw ValueError(
            "Translate needs a source: choose a picture, or say in \"Source from a prompt\" what "
            "is to be made.");
    const auto kept = lastSource(wanted.models);
    if (const std::string key = sourceKey(wanted); kept->key != key) {
        kept->features.clear(); // before the other source takes its memory
        auto made = picture ? invertedSource(wanted, key, progress, notes)
                            : generatedSource(wanted, key, progress);
        if (!made)
            return nullptr;
        *kept = std::move(*made);
    }
    setInjection(*kept, wanted.settings);
    if (picture && wanted.settings.reconstruct) {
        if (kept->measured.empty() && !measure(wanted, progress, notes, *kept))
            return nullptr;
        notes.push_back(kept->measured);
    }
    return kept;
}

SourceFeatures sourceFeatures(
    const Network& network, KeptSource& kept, const Injection& injection, int step,
    SourcePasses passes, Recorder* recorder)
{
    if (const auto found = kept.features.find(step); found != kept.features.end())
        return on(network.model.device, found->second);
    Range steps {step, step + 1};
    if (passes == SourcePasses::Together && kept.source.context.size(0) == 1)
        steps = stepsAtOnce(injection, step, int(kept.source.times.size()));
    const std::vector<SourceFeatures> made =
        featuresOf(network, kept.source, injection, steps, kept.keys, recorder);
    if (passes != SourcePasses::NotKept && !stopAsked()) // of an ended pass some are missing
        for (int i = steps.begin; i < steps.end; ++i)
            kept.features[i] = on(at::kCPU, made[size_t(i - steps.begin)]);
    return made[size_t(step - steps.begin)];
}

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
