// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/runrecord.h"

#include "app/ending.h"
#include "app/runs.h"
#include "app/settings.h"
#include "core/errors.h"
#include "core/file/resources.h"
#include "core/models.h"
#include "core/picture/imagefile.h"
#include "core/stopping.h"

#include <algorithm>

namespace {

bool isLast(const Run& run, int step)
{
    return step < 0 || step + 1 >= int(run.steps.size());
}

} // namespace

const std::vector<Candidate>& candidatesAt(const Run& run, int step)
{
    return isLast(run, step) && !run.candidates.empty() ? run.candidates
                                                        : run.steps.at(std::size_t(step)).decoded;
}

Record recordOf(
    const RunFacts& facts, int candidate, int step,
    const std::vector<std::shared_ptr<const Latent>>& latents, Embed embed)
{
    Record record {
        .resolved = facts.prepared.values,
        .model = facts.card.name,
        .modelHash = facts.modelMark.hash,
        .candidate = candidate,
        .step = step,
        .steps = facts.steps,
        .clean = facts.clean,
        .version = PROGRAM_VERSION,
        .computed = facts.computed};
    record.request = facts.prepared.request;
    if (embed != Embed::None)
        record.stepHashes = latentHashes(latents);
    if (!latents.empty() && latents.back())
        record.latentHash = latentHash(*latents.back());
    if (embed != Embed::None)
        record.modelHash = modelHashOf(facts.modelMark, facts.card);
    return record;
}

static std::function<std::vector<TextChunk>()> textsOf(
    const Runs& runs, const Run& run, int candidate, int step, Embed embed)
{
    if (step >= int(run.steps.size()) || (step < 0 && run.candidates.empty()))
        throw Error("There is no picture to save.");
    const auto& candidates = candidatesAt(run, step);
    if (candidate < 0 || candidate >= int(candidates.size()))
        throw Error("Step %1 has no picture yet: decode it first.", step);
    if (!runs.methodOf(run))
        throw Error(
            "The run was made with \"%1\", which this program does not have.",
            run.request().method);
    if (run.opened)
        return [record = *run.opened, method = *runs.methodOf(run), embed] {
            return toText(record, embed, method);
        };
    const int number = isLast(run, step) ? std::max(int(run.steps.size()) - 1, 0) : step;
    std::vector<std::shared_ptr<const Latent>> latents;
    for (int i = 0; i <= number && i < int(run.steps.size()); ++i)
        latents.push_back(run.steps[std::size_t(i)].latent);
    const auto latent = latents.empty() ? nullptr : latents.back();
    const bool atEnd = isLast(run, step) && !run.candidates.empty();
    const RunFacts facts {
        .prepared = run.prepared,
        .card = run.card,
        .modelMark = run.modelMark,
        .steps = run.stepCount,
        .clean = atEnd ? run.state == Run::Stopped : seenAt(run.steps[std::size_t(step)]) != latent,
        .computed = run.computed};
    return [facts, method = *runs.methodOf(run), candidate, number, latents, embed] {
        return toText(recordOf(facts, candidate, number, latents, embed), embed, method);
    };
}

static const Run& shownRun(const Runs& runs)
{
    if (!runs.current())
        throw Error("There is no picture to save.");
    return *runs.current();
}

std::function<std::vector<TextChunk>()> texts(
    const Runs& runs, int candidate, int step, Embed embed)
{
    return textsOf(runs, shownRun(runs), candidate, step, embed);
}

std::function<std::vector<std::byte>()> encoder(
    const Runs& runs, const Run& run, int candidate, int step, Embed embed)
{
    const auto said = textsOf(runs, run, candidate, step, embed); // which looks whether it is there
    const SharedImage image = candidatesAt(run, step)[std::size_t(candidate)].image;
    return [said, image] { return encodePng(image, said()); };
}

std::function<std::vector<std::byte>()> encoder(
    const Runs& runs, int candidate, int step, Embed embed)
{
    return encoder(runs, shownRun(runs), candidate, step, embed);
}

std::optional<QString> modelOfHash(const QStringList& paths, const std::string& hash)
{
    const Stopping stopping([ends = programEnds()] { return ends.stop_requested(); });
    for (const QString& path : paths) {
        try {
            const ModelCard card {
                .path =
                    path.isEmpty() ? defaultModel() : std::filesystem::path(path.toStdString())};
            if (modelHash(card, Settings::cacheFolder().toStdString()) == hash)
                return path;
        } catch (const std::exception&) {
            continue; // not readable now, so it cannot be the one
        }
    }
    return {};
}
