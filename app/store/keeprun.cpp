// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/store/keeprun.h"

#include "app/methodlist.h"
#include "app/translated.h"
#include "core/branch.h"
#include "core/errors.h"
#include "core/picture/imagefile.h"
#include "core/picture/resample.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace {

constexpr int thumbnailSide = 144; ///< twice what a list shows, for sharp screens

Image thumbnail(const Image& image)
{
    const double scale =
        std::min(1.0, double(thumbnailSide) / std::max({image.width, image.height, 1}));
    const auto side = [scale](int length) { return std::max(1, int(std::lround(length * scale))); };
    return resize(flattened(image, {}), side(image.width), side(image.height), Filter::Bicubic);
}

/// That of a run that is there already stays where nothing else is known.
int64_t parentOf(const RunToKeep& run, const SessionFile& file)
{
    if (run.parent != 0 || !run.facts.prepared.request.branch)
        return run.parent;
    const auto before = file.run(run.id);
    return before ? parentIn(before->record) : 0;
}

Run::State stateOf(int kept, bool& interrupted)
{
    if (kept == Run::Paused)
        return Run::Stopped;
    interrupted = kept == Run::Waiting || kept == Run::Running || kept == Run::Stopping;
    if (interrupted)
        return Run::Stopped;
    return kept == Run::Done || kept == Run::Stopped ? Run::State(kept) : Run::Failed;
}

/// What the list needs of it. Throws Error where it is damaged; then the run is as it was.
void take(Run& run, const KeptRun& kept)
{
    const Record record = recordOf(kept, [](const std::string&) { return SharedImage(); });
    const int64_t parent = record.request.branch ? parentIn(kept.record) : 0;
    const SharedImage thumbnail = kept.thumbnail.empty()
        ? SharedImage()
        : SharedImage(decodeImage(kept.thumbnail, "thumbnail").image);
    bool interrupted = false;
    run.state = stateOf(kept.state, interrupted);
    run.prepared = {.request = record.request, .values = record.resolved};
    if (record.request.branch)
        run.from = BranchPoint {parent, record.request.branch->step};
    if (const auto model = kept.places.find("model"); model != kept.places.end())
        run.card.path = model->second;
    run.card.name = record.model;
    run.prepared.card = run.card;
    run.model = QString::fromStdString(record.model);
    run.modelMark = markOf(kept, record);
    run.computed = record.computed;
    run.stepCount = kept.stepCount;
    run.stepsKept = kept.stepsKept;
    if (!kept.notes.empty())
        run.notes = QString::fromStdString(kept.notes).split(QLatin1Char('\n'));
    if (interrupted)
        run.notes.prepend(Run::tr("It was interrupted after step %1 of %2.")
                              .arg(std::max(0, kept.stepsKept - 1))
                              .arg(kept.stepCount));
    run.error = QString::fromStdString(kept.error);
    run.errorDetails = QString::fromStdString(kept.details);
    run.seconds = kept.seconds;
    run.thumbnail = thumbnail;
}

} // namespace

std::vector<std::string> putPictures(
    SessionFile& file, const std::vector<std::pair<std::string, SharedImage>>& pictures)
{
    std::vector<std::string> hashes;
    for (const auto& [hash, image] : pictures) {
        if (!file.hasPicture(hash))
            file.putPicture(hash, encodePng(image));
        hashes.push_back(hash);
    }
    return hashes;
}

void keep(SessionFile& file, const RunToKeep& run)
{
    KeptRun kept = keptRun(run.facts, run.method);
    kept.id = run.id;
    if (const int64_t parent = parentOf(run, file))
        kept.record = withParent(kept.record, parent);
    kept.state = run.state;
    kept.stepCount = run.facts.steps;
    kept.notes = run.notes;
    kept.error = run.error;
    kept.details = run.details;
    kept.started = run.started;
    kept.seconds = run.seconds;
    kept.star = run.star;
    kept.name = run.name;
    if (!run.candidates.empty())
        kept.thumbnail = encodePng(thumbnail(run.candidates.front().image));
    // The pictures first: a run whose pictures are not there yet would be one without them.
    const auto hashes = putPictures(file, picturesOf(run.facts.prepared.request));
    file.putRun(kept, hashes);
    if (!run.candidates.empty())
        file.putCandidates(run.id, -1, run.candidates);
}

void keepSource(SessionFile& file, const SharedImage& image, const SourceFile& source)
{
    const std::string hash = hashOf(image);
    if (file.hasPictureFile(hash))
        return;
    useBytes(source, [&](std::span<const std::byte> bytes) {
        file.putPicture(
            hash, file.hasPicture(hash) ? std::vector<std::byte>() : encodePng(image), bytes);
    });
}

KeptStep keptStep(const StepEvent& event)
{
    return {
        .number = event.step,
        .time = event.time,
        .latent = event.latent,
        .prediction = event.prediction,
        .clean = event.clean,
        .previews = event.previews,
        .noisy = event.noisy};
}

Error damagedRun(const SessionFile& file, int number, const Sentence& why)
{
    return Error(
        "Run %1 of the session %2 is damaged and cannot be read, so it is left as it is: %3 The "
        "other runs are not concerned.",
        number, file.path().string(), why);
}

std::shared_ptr<Run> runOf(const KeptRun& kept)
{
    const auto run = std::make_shared<Run>();
    run->id = kept.id;
    run->away = true;
    run->started = QDateTime::fromMSecsSinceEpoch(kept.started);
    run->marks = {
        .starred = kept.star, .name = QString::fromStdString(kept.name), .binned = kept.binned};
    try {
        take(*run, kept);
    } catch (const Error& error) {
        run->state = Run::Failed;
        run->cause = Failure::Input;
        run->error = Run::tr("This run is damaged in the session and cannot be read, so it is left "
                             "there as it is: %1 The other runs are not concerned.")
                         .arg(translated(error.sentence()));
    }
    return run;
}

std::vector<KeptRun> listedRuns(const SessionFile& file)
{
    auto runs = file.runs();
    std::erase_if(runs, [](const KeptRun& run) { return run.binned; });
    return runs;
}

ModelMark markOf(const KeptRun& kept, const Record& record)
{
    const auto stamp = kept.places.find("stamp");
    return {
        .hash = record.modelHash,
        .stamp = stamp == kept.places.end() ? std::string() : stamp->second};
}

void checkModel(const Request& request, const std::string& model, const ModelCard& card)
{
    if (request.model.empty() && !model.empty() && model != card.name)
        throw Error(
            "The run is of the model %1, and where that lies is not known here: choose the model, "
            "and restore the run.",
            model);
}

void fetch(Run& run, const SessionFile& file, const MethodList& methods, const PictureOf& pictures)
{
    const auto kept = file.run(run.id);
    if (!kept)
        throw Error("The run is not in the session any more.");
    Record record = recordOf(*kept, pictures);
    if (const Method* method = methods.find(record.request.method))
        addUnrecorded(*method, record.request, record.resolved);
    run.prepared.request = record.request;
    auto candidates = file.candidates(run.id);
    std::vector<RunStep> steps;
    for (KeptStep& step : file.steps(run.id)) {
        if (step.number != int(steps.size()))
            break; // behind a gap nothing can be gone on from
        steps.push_back(
            {.time = step.time,
             .latent = std::move(step.latent),
             .prediction = std::move(step.prediction),
             .clean = std::move(step.clean),
             .previews = std::move(step.previews),
             .noisy = std::move(step.noisy),
             .decoded = std::move(candidates[step.number])});
    }
    run.steps = std::move(steps);
    run.candidates = std::move(candidates[-1]);
    run.away = false;
}
