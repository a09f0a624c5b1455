// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/plugandplay/inversioncache.h"

#include "core/branch.h"
#include "core/diffusion/apart.h"
#include "core/diffusion/autoencoderchoice.h"
#include "core/diffusion/samplingrun.h"
#include "core/file/hash.h"
#include "core/record.h"
#include "plugins/plugandplay/inversionstore.h"
#include "plugins/plugandplay/picture.h"

#include <algorithm>
#include <chrono>
#include <sstream>

namespace {

constexpr std::chrono::seconds savingInterval(30);

} // namespace

std::string inversionIdentity(
    const Request& request, const Image& picture, const InversionSettings& settings)
{
    // What the word means here, so that "auto" and the type that it stands for are the same.
    const at::ScalarType type =
        floatingType(request.precision, request.device == "cpu" ? at::kCPU : at::kCUDA);
    std::ostringstream text;
    text << "picture " << picture.width << "x" << picture.height << " " << pixelHash(picture)
         << "\nmodel " << fileStamp(modelPath(request)) << "\ndevice " << request.device
         << "\nprecision " << c10::toString(type) << "\nprediction " << request.prediction
         << "\nrule " << (settings.rule == InversionRule::NextLevel ? "next" : "current")
         << "\nsteps " << settings.steps << "\nlevels " << (settings.forward ? "all" : "last")
         << "\nprompt " << promptKey(settings.prompt, settings.prompts) << "\nposterior ";
    if (!settings.posteriorSample)
        text << "mean";
    else if (const auto noise = request.noise.find("noise_source"); noise != request.noise.end())
        text << sha256(std::as_bytes(std::span(noise->second)));
    else
        text << startSeed(request);
    if (const std::string file = autoencoderOf(request); !file.empty())
        text << "\nautoencoder " << fileStamp(file);
    if (!request.loras.empty())
        text << "\n" << loraKey(request.loras);
    text << partsKey(request, settings.prompt);
    return text.str();
}

std::string wayBackIdentity(
    const Request& request, const Image& picture, const InversionSettings& settings)
{
    return inversionIdentity(request, picture, settings) + "\nway back "
        + std::to_string(settings.reverseSteps) + "\nsampling "
        + std::to_string(settings.samplingSteps);
}

namespace {

/// A way that is kept in a file.
struct KeptWay
{
    Way way = {};
    Sentence name = {}; ///< within a sentence: "the inversion"
    std::string identity = {};
    std::filesystem::path file = {}; ///< empty: it is not kept
};

std::filesystem::path fileOf(const std::string& identity, const Models& models)
{
    return models.cacheFolder().empty() ? std::filesystem::path()
                                        : inversionFile(models.cacheFolder(), identity);
}

KeptWay inversionOf(
    const Request& request, const Image& picture, const InversionSettings& settings,
    const Models& models)
{
    const std::string identity = inversionIdentity(request, picture, settings);
    return {
        .way = inversion(settings.rule, settings.steps, settings.forward),
        .name = "the inversion",
        .identity = identity,
        .file = fileOf(identity, models)};
}

KeptWay wayBackOf(
    const Request& request, const Image& picture, const InversionSettings& settings,
    const Models& models)
{
    const std::string identity = wayBackIdentity(request, picture, settings);
    return {
        .way = wayBack(settings.reverseSteps, samplingTimes(settings.samplingSteps)),
        .name = "the way back",
        .identity = identity,
        .file = fileOf(identity, models)};
}

KeptWay inversionOf(const InversionRequest& wanted)
{
    return inversionOf(wanted.request, wanted.picture, wanted.settings, wanted.models);
}

KeptWay wayBackOf(const InversionRequest& wanted)
{
    return wayBackOf(wanted.request, wanted.picture, wanted.settings, wanted.models);
}

bool isDone(const KeptWay& kept, const Trajectory& trajectory)
{
    return trajectory.done == int(kept.way.steps.size());
}

/// What the file holds; nothing where it would be of no use.
Trajectory load(const KeptWay& kept)
{
    if (kept.file.empty())
        return {};
    Trajectory trajectory = loadInversion(kept.file, kept.identity);
    const std::vector<InversionStep>& steps = kept.way.steps;
    const bool usable = trajectory.done > 0 && trajectory.done <= int(steps.size())
        && trajectory.latents.contains(steps.front().from)
        && trajectory.latents.contains(steps[trajectory.done - 1].to);
    return usable ? trajectory : Trajectory {};
}

/// Steps that were taken before, as the file's header says.
int stepsTaken(const KeptWay& kept)
{
    const int done = kept.file.empty() ? 0 : keptSteps(kept.file, kept.identity);
    return std::min(done, int(kept.way.steps.size()));
}

/// "Stopped after 7 of 50 steps of the inversion; the next run goes on there."
Sentence stoppedNote(const KeptWay& kept, int done, bool saved)
{
    return {
        saved ? "Stopped after %1 of %2 steps of %3; the next run goes on there."
              : "Stopped after %1 of %2 steps of %3.",
        done, kept.way.steps.size(), kept.name};
}

/// The work on an inversion that is wanted.
struct Inverting
{
    const InversionRequest& wanted;
    const StageReport& progress;
    Inverted result = {};
    std::optional<Network> network = {}; ///< made once it is needed
    PreviewMap map = {};                 ///< likewise

    /// Asks whether to go on where steps are missing, before what else must be computed for them.
    bool goesOn(const KeptWay& kept, const Trajectory& trajectory)
    {
        const int of = int(kept.way.steps.size());
        if (!isDone(kept, trajectory) && !progress(kept.way.stage, trajectory.done, of))
            result.stopped = stoppedNote(kept, trajectory.done, trajectory.done > 0);
        return result.stopped.empty();
    }

    /// Takes the steps that are missing and keeps them, also those before a stop.
    void finish(const KeptWay& kept, const Tensor& context, Trajectory& trajectory)
    {
        if (isDone(kept, trajectory))
            return;
        result.computed = true;
        if (!network)
            network.emplace(wanted.model, trajectory.latents.begin()->second);
        const int before = trajectory.done;
        bool saved = before > 0;
        auto savedAt = std::chrono::steady_clock::now();
        const auto save = [&] {
            saved = !kept.file.empty() && saveInversion(kept.file, kept.identity, trajectory);
            savedAt = std::chrono::steady_clock::now();
        };
        const auto saving = [&](const StageEvent& event) {
            if (std::chrono::steady_clock::now() - savedAt > savingInterval)
                save();
            return progress(event);
        };
        if (!map.weight.defined())
            map = previewMapOf(wanted.model, trajectory.latents.begin()->second);
        const bool done = follow(kept.way, *network, context, trajectory, saving, map);
        if (trajectory.done > before)
            save();
        if (!done)
            result.stopped = stoppedNote(kept, trajectory.done, saved);
    }

    /// The inversion, whole unless it was stopped.
    Trajectory invert()
    {
        const KeptWay kept = inversionOf(wanted);
        Trajectory trajectory = load(kept);
        if (!goesOn(kept, trajectory))
            return trajectory;
        if (trajectory.latents.empty()) {
            const Tensor latent = pictureLatent(
                wanted.model, wanted.request, wanted.picture, wanted.settings.posteriorSample,
                result.notes);
            if (!latent.defined()) {
                result.stopped = stoppedNote(kept, 0, false);
                return trajectory;
            }
            trajectory.latents[0] = latent.to(at::kCPU);
        }
        finish(kept, result.caption, trajectory);
        if (result.stopped.empty())
            result.noise = trajectory.latents.rbegin()->second;
        return trajectory;
    }

    /// The way back, after the inversion where that is needed; whole unless it was stopped.
    Trajectory sampleBack()
    {
        const KeptWay kept = wayBackOf(wanted);
        Trajectory trajectory = load(kept);
        if (trajectory.done == 0) {
            invert();
            if (!result.stopped.empty())
                return trajectory;
            trajectory.latents[kept.way.steps.front().from] = result.noise;
        }
        result.noise = trajectory.latents.rbegin()->second;
        if (goesOn(kept, trajectory))
            finish(kept, result.empty, trajectory);
        return trajectory;
    }
};

/// The contexts, which every inversion has.
Inverted withContexts(const StableDiffusion& model, const InversionSettings& settings)
{
    Inverted result;
    result.empty = encodePrompts(model, {""}, settings.prompts);
    result.caption = settings.prompt.empty()
        ? result.empty
        : encodePrompts(model, {settings.prompt}, settings.prompts);
    return result;
}

Source sourceOn(
    const Trajectory& trajectory, const InversionSettings& settings, const Tensor& context)
{
    const std::vector<int> times = samplingTimes(settings.samplingSteps);
    return settings.forward ? sourceOnInversion(trajectory, times, context)
                            : sourceOnWayBack(trajectory, times, context);
}

} // namespace

std::vector<Sentence> inversionNotes(
    const Request& request, const Image& picture, const InversionSettings& settings,
    const Models& models)
{
    const int of = settings.steps, back = settings.reverseSteps;
    const int done = stepsTaken(inversionOf(request, picture, settings, models));
    const int returned =
        settings.forward ? 0 : stepsTaken(wayBackOf(request, picture, settings, models));

    std::vector<Sentence> notes;
    if (returned > 0) { // which needs the inversion no more
        notes.emplace_back("Inversion ready: its way back was begun.");
    } else if (done == of) {
        notes.emplace_back("Inversion ready: the %1 steps were taken before.", of);
    } else {
        const Sentence better =
            of < 500 ? Sentence(" 999 bring small details back better.") : Sentence();
        notes.push_back(
            done > 0
                ? Sentence("Inversion: %1 of %2 steps were taken before.%3", done, of, better)
                : Sentence("Inversion: %1 steps to take, once for this source.%2", of, better));
    }
    if (settings.forward)
        return notes;
    if (returned == back)
        return {
            {"Inversion and way back ready: their steps, %1 and %2, were taken before.", of, back}};
    notes.push_back(
        returned > 0 ? Sentence("Way back: %1 of %2 steps were taken before.", returned, back)
                     : Sentence("Way back: %1 steps to take, once for this source.", back));
    return notes;
}

Inverted inverted(const InversionRequest& wanted, const StageReport& progress)
{
    const InversionSettings& settings = wanted.settings;
    Inverting work {
        .wanted = wanted, .progress = progress, .result = withContexts(wanted.model, settings)};
    const Trajectory trajectory = settings.forward ? work.invert() : work.sampleBack();
    if (work.result.stopped.empty())
        work.result.source = sourceOn(trajectory, settings, work.result.empty);
    return std::move(work.result);
}
