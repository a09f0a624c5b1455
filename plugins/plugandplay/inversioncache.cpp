// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/plugandplay/inversioncache.h"

#include "core/errors.h"
#include "core/hash.h"
#include "core/nn/pixels.h"
#include "core/record.h"
#include "core/resample.h"

#include <algorithm>
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
    // What the word means here, so that "auto" and the type that it stands for are the same.
    const at::ScalarType type =
        floatingType(request.precision, request.device == "cpu" ? at::kCPU : at::kCUDA);
    std::ostringstream text;
    text << "picture " << source.width << "x" << source.height << " " << pixelHash(source)
         << "\nmodel " << fileStamp(modelPath(request)) << "\ndevice " << request.device
         << "\nprecision " << c10::toString(type) << "\nprediction " << request.prediction
         << "\nrule " << (settings.rule == InversionRule::NextLevel ? "next" : "current")
         << "\nsteps " << settings.steps << "\nlevels " << (settings.forward ? "all" : "last")
         << "\nprompt " << settings.prompt << "\nlong prompts " << int(settings.longPrompts)
         << "\nposterior ";
    if (!settings.posteriorSample)
        text << "mean";
    else if (const auto noise = request.noise.find("noise_source"); noise != request.noise.end())
        text << sha256(std::as_bytes(std::span(noise->second)));
    else
        text << request.seed;
    return text.str();
}

std::string wayBackIdentity(
    const Request& request, const Image& source, const InversionSettings& settings)
{
    return inversionIdentity(request, source, settings) + "\nway back "
        + std::to_string(settings.reverseSteps) + "\nsampling "
        + std::to_string(settings.samplingSteps);
}

namespace {

/// A long work of many steps that is kept.
struct Work
{
    const char* stage = ""; ///< "Inverting the picture"
    std::string name = {};  ///< "the inversion"
    std::string identity = {};
    std::filesystem::path file = {}; ///< empty: it is not kept
    std::vector<InversionStep> grid = {};
    std::function<bool(const Network&, Trajectory&, const StageReport&)> take = {};
};

Work workOf(const Models& models, const std::string& identity)
{
    Work work {.identity = identity};
    if (!models.cacheFolder().empty())
        work.file = inversionFile(models.cacheFolder(), identity);
    return work;
}

Work inversionWork(
    const Request& request, const Image& source, const InversionSettings& settings,
    const Models& models)
{
    Work work = workOf(models, inversionIdentity(request, source, settings));
    work.stage = "Inverting the picture";
    work.name = "the inversion";
    work.grid = inversionGrid(settings.rule, settings.steps);
    return work;
}

Work wayBackWork(
    const Request& request, const Image& source, const InversionSettings& settings,
    const Models& models)
{
    Work work = workOf(models, wayBackIdentity(request, source, settings));
    work.stage = "Sampling the source back";
    work.name = "the way back";
    work.grid = wayBackGrid(settings.reverseSteps);
    return work;
}

/// What is kept of a work; nothing where it would be of no use.
Trajectory keptOf(const Work& work)
{
    if (work.file.empty())
        return {};
    Trajectory kept = loadInversion(work.file, work.identity);
    const bool usable = kept.done > 0 && kept.done <= int(work.grid.size())
        && kept.latents.contains(work.grid.front().from)
        && kept.latents.contains(work.grid[kept.done - 1].to);
    return usable ? kept : Trajectory {};
}

/// Steps of a work that were taken before, as the file's header says.
int stepsOf(const Work& work)
{
    const int done = work.file.empty() ? 0 : inversionSteps(work.file, work.identity);
    return std::min(done, int(work.grid.size()));
}

/// "Stopped after 7 of 50 steps of the inversion; the next run goes on there."
std::string stoppedNote(const Work& work, int done, bool kept)
{
    return "Stopped after " + std::to_string(done) + " of " + std::to_string(work.grid.size())
        + " steps of " + work.name + (kept ? "; the next run goes on there." : ".");
}

/// Asks whether to go on where steps are missing, before what else must be computed for them.
bool goesOn(const Work& work, const Trajectory& kept, const StageReport& progress, Inverted& result)
{
    const int of = int(work.grid.size());
    if (kept.done < of && !progress(work.stage, kept.done, of))
        result.stopped = stoppedNote(work, kept.done, kept.done > 0);
    return result.stopped.empty();
}

/// Takes the steps that are missing and keeps them, also those before a stop.
void finish(const Work& work, Trajectory& trajectory, const StageReport& progress, Inverted& result)
{
    const int before = trajectory.done;
    bool kept = before > 0;
    const auto save = [&] {
        kept = !work.file.empty() && saveInversion(work.file, work.identity, trajectory);
    };
    auto saved = std::chrono::steady_clock::now();
    const bool done = work.take(*result.network, trajectory, [&](const StageEvent& event) {
        const auto now = std::chrono::steady_clock::now();
        if (now - saved > savingInterval) {
            save();
            saved = now;
        }
        return progress(event);
    });
    if (trajectory.done > before)
        save();
    if (!done)
        result.stopped = stoppedNote(work, trajectory.done, kept);
}

/// The inversion, whole unless result.stopped says otherwise.
Trajectory inversionOf(
    const StableDiffusion& model, const Request& request, const Image& source,
    const InversionSettings& settings, const Models& models, const StageReport& progress,
    Inverted& result)
{
    Work work = inversionWork(request, source, settings, models);
    Trajectory trajectory = keptOf(work);
    if (!goesOn(work, trajectory, progress, result))
        return trajectory;
    if (trajectory.latents.empty())
        trajectory.latents[0] =
            sourceLatent(model, request, source, settings.posteriorSample).to(at::kCPU);
    result.network = std::make_shared<const Network>(model, trajectory.latents.at(0));
    if (trajectory.done == int(work.grid.size()))
        return trajectory;
    result.computed = true;
    work.take = [&](const Network& network, Trajectory& t, const StageReport& told) {
        return invert(network, work.grid, result.caption, settings.forward, t, told);
    };
    finish(work, trajectory, progress, result);
    return trajectory;
}

} // namespace

std::vector<std::string> inversionNotes(
    const Request& request, const Image& source, const InversionSettings& settings,
    const Models& models)
{
    const auto count = [](int n) { return std::to_string(n); };
    const int of = settings.steps, back = settings.reverseSteps;
    const int done = stepsOf(inversionWork(request, source, settings, models));
    const int returned =
        settings.forward ? 0 : stepsOf(wayBackWork(request, source, settings, models));

    std::vector<std::string> notes;
    if (returned > 0) { // which needs the inversion no more
        notes.push_back("Inversion ready: its way back was begun.");
    } else if (done == of) {
        notes.push_back("Inversion ready: the " + count(of) + " steps were taken before.");
    } else {
        notes.push_back(
            done > 0
                ? "Inversion: " + count(done) + " of " + count(of) + " steps were taken before."
                : "Inversion: " + count(of) + " steps to take, once for this source.");
        if (of < 500)
            notes.back() += " 999 bring small details back better.";
    }
    if (settings.forward)
        return notes;
    if (returned == back)
        return {
            "Inversion and way back ready: their steps, " + count(of) + " and " + count(back)
            + ", were taken before."};
    notes.push_back(
        returned > 0
            ? "Way back: " + count(returned) + " of " + count(back) + " steps were taken before."
            : "Way back: " + count(back) + " steps to take, once for this source.");
    return notes;
}

namespace {

Inverted withContexts(const StableDiffusion& model, const InversionSettings& settings)
{
    Inverted result;
    result.empty = encodePrompts(model, {""}, settings.longPrompts);
    result.caption = settings.prompt.empty()
        ? result.empty
        : encodePrompts(model, {settings.prompt}, settings.longPrompts);
    return result;
}

} // namespace

Inverted inverted(
    const StableDiffusion& model, const Request& request, const Image& source,
    const InversionSettings& settings, const Models& models, const StageReport& progress)
{
    Inverted result = withContexts(model, settings);
    Trajectory& trajectory = result.trajectory;
    if (settings.forward) {
        trajectory = inversionOf(model, request, source, settings, models, progress, result);
        if (result.stopped.empty())
            result.noise = trajectory.latents.rbegin()->second;
        return result;
    }
    Work work = wayBackWork(request, source, settings, models);
    trajectory = keptOf(work);
    if (trajectory.done == 0) {
        const Trajectory there =
            inversionOf(model, request, source, settings, models, progress, result);
        if (!result.stopped.empty())
            return result;
        trajectory.latents[work.grid.front().from] = there.latents.rbegin()->second;
    }
    result.noise = trajectory.latents.rbegin()->second;
    if (!goesOn(work, trajectory, progress, result))
        return result;
    if (!result.network)
        result.network = std::make_shared<const Network>(model, result.noise);
    if (trajectory.done == int(work.grid.size()))
        return result;
    result.computed = true;
    work.take = [&](const Network& network, Trajectory& t, const StageReport& told) {
        return sampleBack(
            network, work.grid, samplingGrid(settings.samplingSteps), result.empty, t, told);
    };
    finish(work, trajectory, progress, result);
    return result;
}

std::optional<Inverted> keptInversion(
    const StableDiffusion& model, const Request& request, const Image& source,
    const InversionSettings& settings, const Models& models)
{
    const Work last = settings.forward ? inversionWork(request, source, settings, models)
                                       : wayBackWork(request, source, settings, models);
    Trajectory trajectory = keptOf(last);
    if (trajectory.done < int(last.grid.size()))
        return {};
    Inverted result = withContexts(model, settings);
    result.noise = trajectory.latents.rbegin()->second;
    result.trajectory = std::move(trajectory);
    return result;
}

Source sourceOf(const Inverted& inverted, const InversionSettings& settings)
{
    const std::vector<int> times = samplingGrid(settings.samplingSteps);
    return settings.forward ? forwardSource(inverted.trajectory, times, inverted.empty)
                            : reverseSource(inverted.trajectory, times, inverted.empty);
}

Tensor sampledBack(
    const Network& network, const Tensor& noise, const Tensor& context,
    const InversionSettings& settings, const StageReport& progress)
{
    const std::vector<InversionStep> grid = wayBackGrid(settings.steps);
    Trajectory back {.latents = {{grid.front().from, noise}}};
    const bool done = sampleBack(network, grid, {}, context, back, progress);
    return done ? back.latents.at(0) : Tensor();
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
