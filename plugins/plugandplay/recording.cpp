// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/plugandplay/recording.h"

#include "plugins/plugandplay/network.h"
#include "plugins/plugandplay/picture.h"

std::vector<Subject> itemsOfSource(const Source& source)
{
    std::vector<Subject> items;
    const int64_t passes = source.context.size(0);
    for (int64_t i = 0; i < passes; ++i)
        items.push_back({.source = true, .negative = passes == 2 && i == 0});
    return items;
}

void describe(
    TraceSetting& setting, const StableDiffusion& model, const TranslateSettings& settings,
    const Source& source)
{
    setting.latentHeight = int(source.start.size(2));
    setting.latentWidth = int(source.start.size(3));
    const int64_t count = source.context.size(1);
    const auto tokens = [&](const std::string& prompt) {
        return contextTokens(model, prompt, count, settings.inversion.prompts);
    };
    for (int i = 0; i < int(settings.prompts.size()); ++i) {
        setting.tokens[{.candidate = i}] = tokens(settings.prompts[size_t(i)]);
        setting.tokens[{.candidate = i, .negative = true}] = tokens(settings.negative);
    }
    const std::string& caption =
        settings.sourcePrompt.empty() ? settings.inversion.prompt : settings.sourcePrompt;
    setting.tokens[{.source = true}] = tokens(caption);
}

Touches touchesOf(
    const Request& request, const StableDiffusion& model, const Source& source,
    const TraceSetting& setting)
{
    return {request.touches, int(source.times.size()), model.unetConfig, setting.tokens};
}

std::shared_ptr<const StepTrace> traceTranslate(
    const Request& request, Models& models, const Recording& recording, int step,
    const Latent& before, const StageReport& progress)
{
    const auto model = loadModel(request, models, progress);
    if (!model)
        return nullptr;
    const TranslateSettings settings = translateSettings(request.values);
    Notes notes;
    const auto kept = preparedSource({*model, request, settings, models}, progress, notes);
    if (!kept || !progress("Looking into the network"))
        return nullptr;
    const Source& source = kept->source;
    checkKeptStep(step, source.times.size());
    const Network network(*model, source.start);
    Recorder recorder(recording);
    describe(recorder.setting(), *model, settings, source);
    if (recording.source) { // all of its pass, not only what is injected
        Taps taps;
        recorder.watch(taps, itemsOfSource(source));
        network.noise(
            source.latents[size_t(step)].to(model->device),
            {.time = double(source.times[size_t(step)]), .context = source.context, .step = step},
            taps);
    }
    if (!progress("Looking into the network"))
        return nullptr;
    Translation translation(
        network, source, contextsOf(*model, settings, !pictureOf(request)), settings.guidance,
        settings.injection, false);
    if (settings.halvesApart)
        translation.takeApart();
    translation.touchWith(touchesOf(request, *model, source, recorder.setting()));
    translation.recordWith(recorder);
    const Tensor noise = translation.noise(
        keptLatent(*model, request, settings, before).to(model->device), step,
        sourceFeatures(network, *kept, settings.injection, step, SourcePasses::NotKept));
    return noise.defined() ? recorder.take(step) : nullptr;
}
