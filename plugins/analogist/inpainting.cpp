// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/analogist/inpainting.h"

#include "core/branch.h"
#include "core/diffusion/samplingrun.h"
#include "core/errors.h"
#include "core/nn/pixels.h"
#include "core/picture/resample.h"
#include "core/stopping.h"

#include <algorithm>

namespace {

/// The latent of a picture; @p stream is of the noise for its posterior, unless there is stored
/// noise called @p noiseName.
Tensor conditionOf(
    const StableDiffusion& model, const Tensor& image, const AnalogistSettings& settings,
    const Request& request, const std::string& noiseName, uint32_t stream, Notes& notes)
{
    if (!settings.posteriorSample)
        return latentOf(model, image, {}, &notes);
    const int64_t channels = model.vaeConfig.latentChannels;
    const int64_t h = image.size(2) / 8, w = image.size(3) / 8;
    const Tensor stored = storedNoise(request, noiseName, {1, channels, h, w});
    return latentOf(
        model, image,
        stored.defined()
            ? stored
            : candidateNoise(startSeed(request), settings.candidates, stream, {1, channels, h, w}),
        &notes);
}

} // namespace

std::optional<Conditions> prepare(
    const StableDiffusion& model, const Image& pastedGrid, const AnalogistSettings& settings,
    const Request& request, const StageReport& progress)
{
    const SharedImage small = resize(
        pastedGrid, std::max(1, pastedGrid.width / 8), std::max(1, pastedGrid.height / 8),
        Filter::Bilinear);
    const auto stopped = [&] { return !progress("Encoding the pictures", 0, 0, small); };
    if (stopped())
        return {};
    Conditions c;
    // The text encoder comes first, so that a staged model loads each network once before the
    // steps.
    std::vector<std::string> prompts = {settings.negative, settings.prompt};
    if (settings.guidance == 1)
        prompts.erase(prompts.begin());
    c.context = encodePrompts(model, prompts, settings.prompts);
    const Tensor image = toTensor(pastedGrid).to(model.device);
    const Image mask = inpaintingMask(pastedGrid.width);
    const Tensor hole = latentMask(mask, mask.height, mask.width).to(model.device);

    c.z = conditionOf(model, image, settings, request, "noise_z", 1, c.notes);
    if (stopped() || !c.z.defined())
        return {};
    c.zMasked =
        conditionOf(model, image * (1 - hole), settings, request, "noise_z_masked", 2, c.notes);
    if (!c.zMasked.defined())
        return {};
    c.mask = latentMask(mask, c.z.size(2), c.z.size(3)).to(model.device);
    c.noise = startNoise(request, settings.candidates, {1, c.z.size(1), c.z.size(2), c.z.size(3)})
                  .to(model.device);
    return c;
}

Tensor Predictions::guided(double guidance) const
{
    return negative.defined() ? negative + guidance * (positive - negative) : positive;
}

Predictions predict(
    const StableDiffusion& model, const Conditions& conditions, const Tensor& x, const Step& step,
    const Taps& taps, KeptPasses& kept)
{
    const Weights weights = unetOf(model);
    if (weights.empty() && stopAsked()) // while it was loaded
        return {};
    const int64_t n = x.size(0), halves = conditions.context.size(0);
    // One latent is one for both halves: what comes before the contexts is computed once then.
    const int64_t copies = n == 1 ? 1 : halves;
    const auto repeated = [&](const Tensor& t) {
        return t.expand({n, -1, -1, -1}).repeat({copies, 1, 1, 1});
    };
    const Tensor input =
        at::cat({repeated(x), repeated(conditions.mask), repeated(conditions.zMasked)}, 1);
    const Tensor context = conditions.context.repeat_interleave(n, 0);
    const Tensor output = unet(
        model.unetConfig, weights, input,
        {.time = step.time,
         .context = context,
         .step = step.index,
         .contextKeys = &kept.keys,
         .graph = &kept.graph},
        taps);
    if (halves == 1 || !output.defined())
        return {.positive = output};
    return {.negative = output.narrow(0, 0, n), .positive = output.narrow(0, n, n)};
}

Sampler analogistSampler(const StableDiffusion& model, const AnalogistSettings& settings)
{
    SamplerOptions options = samplerOptions(settings.sampler, model.schedule, settings.steps);
    const int remaining = std::min(int(settings.steps * settings.strength), settings.steps);
    if (remaining < 1)
        throw ValueError(
            "Strength times steps leaves no step to take: choose a higher strength or more steps.");
    options.skip = settings.steps - remaining;
    return Sampler(model.schedule, options);
}

Tensor start(const Sampler& sampler, const Conditions& conditions, double strength)
{
    if (strength >= 1)
        return conditions.noise * sampler.initialScale();
    return sampler.noised(conditions.z, conditions.noise);
}
