// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/store/keepedits.h"

#include "app/runrecord.h"
#include "app/store/keeprun.h"
#include "core/checkedjson.h"
#include "core/errors.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <limits>

using nlohmann::json;

namespace {

constexpr std::size_t mostMarks = 100'000, mostQueued = 10'000;

json toJson(const Marks& marks)
{
    return {{"star", marks.starred}, {"name", marks.name.toStdString()}, {"binned", marks.binned}};
}

Marks marksOf(const json& from)
{
    return {
        .starred = from.value("star", json()) == json(true),
        .name = QString::fromStdString(checked::text(from, "name")),
        .binned = from.value("binned", json()) == json(true)};
}

int64_t idOf(const json& from)
{
    return checked::asWhole(from, "run", 1, std::numeric_limits<int64_t>::max());
}

json idsOf(const std::vector<Queued>& runs)
{
    json ids = json::array();
    for (const Queued& run : runs)
        ids.push_back(run.key);
    return ids;
}

/// Without those that are gone.
std::vector<Queued> queueOf(const json& from, const char* entry, const std::vector<Queued>& queued)
{
    std::vector<Queued> runs;
    for (const json& id : checked::list(from, entry, mostQueued)) {
        const auto found = std::ranges::find(queued, idOf(id), &Queued::key);
        if (found != queued.end())
            runs.push_back(*found);
    }
    return runs;
}

bool sameOrder(const std::vector<Queued>& a, const std::vector<Queued>& b)
{
    return std::ranges::equal(a, b, {}, &Queued::key, &Queued::key);
}

std::string recordingText(const Recording& recording)
{
    return recording == everything()   ? "everything"
        : recording == attentionOnly() ? "attention"
                                       : "";
}

Recording recordingOf(const std::string& text)
{
    return text == "everything" ? everything()
        : text == "attention"   ? attentionOnly()
                                : Recording();
}

void takeAbout(
    HistoryStep& step, const std::string& about, const std::function<int(int64_t)>& runs,
    const std::vector<Queued>& queued)
{
    const json from = checked::parse(about);
    for (const json& mark : checked::list(from, "runs", mostMarks)) {
        if (!mark.is_object())
            checked::refuse("runs");
        if (const int number = runs(idOf(mark.value("run", json()))); number > 0)
            step.marks.push_back(
                {.run = number,
                 .before = marksOf(checked::object(mark, "before")),
                 .after = marksOf(checked::object(mark, "after"))});
    }
    step.untilClosing = from.value("untilClosing", json()) == json(true);
    if (!from.contains("queue"))
        return;
    const json queue = checked::object(from, "queue");
    step.queueBefore = queueOf(queue, "before", queued);
    step.queueAfter = queueOf(queue, "after", queued);
    step.queue = !sameOrder(step.queueBefore, step.queueAfter);
}

Queued queuedOf(const KeptWaiting& waiting, const PictureOf& pictures)
{
    const Record record = recordOf(waiting.run, pictures);
    Queued run {
        .key = waiting.run.id,
        .place = waiting.place,
        .away = true,
        .prepared = {.request = record.request, .values = record.resolved},
        .recording = recordingOf(waiting.recording)};
    run.card.name = record.model;
    if (record.request.branch)
        run.from = BranchPoint {parentIn(waiting.run.record), record.request.branch->step};
    if (const auto model = waiting.run.places.find("model"); model != waiting.run.places.end())
        run.card.path = model->second;
    return run;
}

/// The pictures before and behind it are mostly the same ones.
std::vector<std::pair<std::string, SharedImage>> picturesOf(const Edit& edit)
{
    auto all = picturesOf(edit.before.inputs);
    const auto after = picturesOf(edit.after.inputs);
    all.insert(all.end(), after.begin(), after.end());
    return all;
}

} // namespace

std::string aboutText(const HistoryStep& step, const RunIds& ids)
{
    json about = json::object();
    for (const HistoryStep::Mark& mark : step.marks)
        if (const int64_t id = ids(mark.run); id != 0)
            about["runs"].push_back(
                {{"run", id}, {"before", toJson(mark.before)}, {"after", toJson(mark.after)}});
    if (step.queue)
        about["queue"] = {{"before", idsOf(step.queueBefore)}, {"after", idsOf(step.queueAfter)}};
    if (step.untilClosing)
        about["untilClosing"] = true;
    return about.dump(-1, ' ', false, json::error_handler_t::replace);
}

void keep(SessionFile& file, const EditsToKeep& edits, const std::vector<Method>& methods)
{
    KeptEdits kept {
        .document = toText(edits.document, methods), .gone = edits.gone, .last = edits.last};
    // The pictures first: what is edited would be without them.
    kept.pictures = putPictures(file, picturesOf(edits.document.inputs));
    for (const auto& [step, about] : edits.steps) {
        const Edit& edit = step.document;
        KeptEdit one {.number = step.number, .label = edit.label.toStdString(), .about = about};
        if (edit.before != edit.after) {
            one.before = toText(edit.before, methods);
            one.after = toText(edit.after, methods);
            one.pictures = putPictures(file, picturesOf(edit));
        }
        kept.steps.push_back(std::move(one));
    }
    file.putEdits(kept);
}

void keep(SessionFile& file, const Queued& run, int place, const Method& method)
{
    KeptWaiting kept {
        .run = keptRun({.prepared = run.prepared, .card = run.card}, method),
        .place = place,
        .recording = recordingText(run.recording)};
    kept.run.id = run.key;
    if (run.from)
        kept.run.record = withParent(kept.run.record, run.from->run);
    file.putWaiting(kept, putPictures(file, picturesOf(run.prepared.request)));
}

std::vector<Queued> queuedOf(const std::vector<KeptWaiting>& waiting)
{
    std::vector<Queued> all;
    for (const KeptWaiting& kept : waiting)
        try {
            all.push_back(queuedOf(kept, [](const std::string&) { return SharedImage(); }));
        } catch (const Error&) { // fetch() says why
            all.push_back({.key = kept.run.id, .place = kept.place, .away = true});
        }
    return all;
}

void fetch(Queued& run, const SessionFile& file, const PictureOf& pictures)
{
    const auto kept = file.waiting(run.key);
    if (!kept)
        throw Error("The run is not in the session any more.");
    run.prepared = queuedOf(*kept, pictures).prepared;
    run.away = false;
}

std::vector<HistoryStep> stepsOf(
    const std::vector<KeptEdit>& edits, const std::function<int(int64_t)>& runs,
    const std::vector<Queued>& queued)
{
    std::vector<HistoryStep> steps;
    for (const KeptEdit& kept : edits) {
        HistoryStep step {.number = kept.number, .away = kept.document};
        step.document.label = QString::fromStdString(kept.label);
        takeAbout(step, kept.about, runs, queued);
        if (step.away || !step.marks.empty() || step.queue)
            steps.push_back(std::move(step));
    }
    return steps;
}

void fetch(HistoryStep& step, const SessionFile& file, const PictureOf& pictures)
{
    const auto kept = file.edit(step.number);
    if (!kept)
        throw Error("The step is not in the session any more.");
    step.document.before = parseDocument(kept->before, pictures);
    step.document.after = parseDocument(kept->after, pictures);
    step.away = false;
}
