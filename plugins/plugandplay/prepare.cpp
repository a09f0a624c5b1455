// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/plugandplay/prepare.h"

#include "core/errors.h"
#include "core/hash.h"
#include "core/nn/pixels.h"
#include "core/record.h"
#include "core/resample.h"

#include <chrono>
#include <cmath>
#include <iomanip>
#include <sstream>

namespace {

constexpr int mostPerSide = 4; ///< long side to short side
constexpr std::chrono::seconds savingInterval(30);

/// The picture's latent. Its posterior is sampled with the stored noise "noise_source", or with the
/// seed's.
Tensor sourceLatent(
    const StableDiffusion& model, const Request& request, const Image& source, bool sample)
{
    const Tensor image = toTensor(source);
    if (!sample)
        return latentOf(model, image);
    const int64_t channels = model.vaeConfig.latentChannels;
    const int64_t h = source.height / 8, w = source.width / 8;
    const Tensor stored = storedNoise(request, "noise_source", {1, channels, h, w});
    return latentOf(
        model, image,
        stored.defined() ? stored : candidateNoise(request.seed, 1, 1, {1, channels, h, w}));
}

} // namespace

Counted counting(const Report& report, const std::string& stage)
{
    return [&report, stage](int done, int of) { return report(StageEvent {stage, done, of}).goOn; };
}

std::string inversionNote(
    const Request& request, const Image& source, const InversionSettings& settings,
    const Models& models)
{
    const std::string identity = inversionIdentity(request, source, settings);
    const int done = models.cacheFolder().empty()
        ? 0
        : inversionSteps(inversionFile(models.cacheFolder(), identity), identity);
    const std::string of = std::to_string(settings.steps);
    if (done == settings.steps)
        return "Inversion ready: the " + of + " steps were taken before.";
    std::string note = done > 0
        ? "Inversion: " + std::to_string(done) + " of " + of + " steps were taken before."
        : "Inversion: " + of + " steps come before the run, once for this source.";
    if (settings.steps < 500)
        note += " 999 bring small details back better.";
    return note;
}

Image sourceImage(const Image& picture, const InversionSettings& settings)
{
    const Image whole = flattened(picture, {});
    const int size = settings.size, shorter = std::min(whole.width, whole.height);
    if (settings.fit == SourceFit::Square) {
        const Image square = crop(
            whole, (whole.width - shorter) / 2, (whole.height - shorter) / 2, shorter, shorter);
        return resize(square, size, size, Filter::Lanczos);
    }
    if (std::max(whole.width, whole.height) > mostPerSide * shorter)
        throw Error(
            "The source is more than " + std::to_string(mostPerSide)
            + " times as long as it is wide. Please crop it, or set Fit to the middle square.");
    const bool eights = settings.fit == SourceFit::Eights;
    const auto side = [&](int length) {
        const double scaled = double(size) * length / shorter;
        return eights ? int(std::lround(scaled / 8)) * 8 : int(int64_t(size) * length / shorter);
    };
    return resize(
        whole, side(whole.width), side(whole.height), eights ? Filter::Lanczos : Filter::Bilinear);
}

std::string inversionIdentity(
    const Request& request, const Image& source, const InversionSettings& settings)
{
    std::ostringstream text;
    text << "picture " << source.width << "x" << source.height << " " << pixelHash(source)
         << "\nmodel " << fileStamp(modelPath(request)) << "\ndevice " << request.device
         << "\nprecision " << request.precision << "\nrule "
         << (settings.rule == InversionRule::NextLevel ? "next" : "current") << "\nsteps "
         << settings.steps << "\nlevels " << (settings.forward ? "all" : "last") << "\nprompt "
         << settings.prompt << "\nlong prompts " << int(settings.longPrompts) << "\nposterior ";
    if (!settings.posteriorSample)
        text << "mean";
    else if (const auto noise = request.noise.find("noise_source"); noise != request.noise.end())
        text << sha256(std::as_bytes(std::span(noise->second)));
    else
        text << request.seed;
    return text.str();
}

Inverted inverted(
    const StableDiffusion& model, const Request& request, const Image& source,
    const InversionSettings& settings, const Models& models, const Report& report)
{
    const std::string identity = inversionIdentity(request, source, settings);
    const bool keeps = !models.cacheFolder().empty();
    const auto file = inversionFile(models.cacheFolder(), identity);
    const std::vector<InversionStep> grid = inversionGrid(settings.rule, settings.steps);

    Inverted result;
    if (keeps)
        result.trajectory = loadInversion(file, identity);
    result.fromCache = result.trajectory.done == int(grid.size());
    if (result.trajectory.latents.empty())
        result.trajectory.latents[0] =
            sourceLatent(model, request, source, settings.posteriorSample).to(at::kCPU);
    result.network = std::make_shared<const Network>(model, result.trajectory.latents.at(0));
    result.context = encodePrompts(model, {settings.prompt}, settings.longPrompts);
    if (result.fromCache)
        return result;

    auto saved = std::chrono::steady_clock::now();
    const auto counted = counting(report, "Inverting the picture");
    const bool done = invert(
        *result.network, grid, result.context, settings.forward, result.trajectory,
        [&](int step, int of) {
            const auto now = std::chrono::steady_clock::now();
            if (keeps && now - saved > savingInterval) {
                saveInversion(file, identity, result.trajectory);
                saved = now;
            }
            return counted(step, of);
        });
    result.stopped = !done;
    if (keeps && result.trajectory.done > 0)
        saveInversion(file, identity, result.trajectory);
    return result;
}

std::string stoppedNote(const Inverted& inverted, const InversionSettings& settings)
{
    return "Stopped after " + std::to_string(inverted.trajectory.done) + " of "
        + std::to_string(settings.steps) + " steps of the inversion; the next run goes on there.";
}

Image reconstruction(
    const Inverted& inverted, const InversionSettings& settings, const Report& report)
{
    const Network& network = *inverted.network;
    // The way back has the times of the grid up; CompVis' goes one by one.
    const int steps = settings.forward ? settings.steps : settings.reverseSteps;
    const Source back = reverseSource(
        network, inverted.trajectory.latents.rbegin()->second, steps, {}, inverted.context,
        counting(report, "Sampling the source back"));
    if (!back.start.defined())
        return {};
    return picturesOf(network.model, back.clean).front();
}

std::string reconstructionNote(const Image& source, const Image& back)
{
    const int width = std::min(source.width, back.width);
    const int height = std::min(source.height, back.height);
    double sum = 0;
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            for (int c = 0; c < 3; ++c) {
                const double d = double(source.pixel(x, y)[c]) - back.pixel(x, y)[c];
                sum += d * d;
            }
    std::ostringstream text;
    text << "The inversion brings the source back with " << std::fixed << std::setprecision(1)
         << 10 * std::log10(255. * 255 * 3 * width * height / std::max(sum, 1.)) << " dB (PSNR).";
    return text.str();
}
