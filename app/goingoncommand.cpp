// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/commandrun.h"
#include "app/commands.h"
#include "app/commandsession.h"
#include "app/delivery.h"
#include "app/devices.h"
#include "app/methodlist.h"
#include "core/branch.h"
#include "core/errors.h"
#include "core/picture/imagefile.h"

namespace {

struct Meant
{
    KeptRun run = {};
    int number = 0; ///< from 1 in the order of `simile runs`
};

/// The run that is meant by its number; 0: the last one that is not done.
Meant runOf(const SessionFile& file, int number)
{
    const auto runs = listedRuns(file);
    if (number > int(runs.size()))
        throw CommandError(
            ExitBadArguments, "There is no run %1: the session has %2.", number, runs.size());
    if (number > 0)
        return {runs[std::size_t(number) - 1], number};
    for (auto run = runs.rbegin(); run != runs.rend(); ++run)
        if (run->state != Run::Done && run->state != Run::Failed)
            return {*run, int(runs.rend() - run)};
    throw CommandError(
        ExitInputRefused, "No run of %1 is unfinished: give the number of one.",
        file.path().string());
}

PictureOf picturesIn(const SessionFile& file)
{
    return [&file](const std::string& hash) {
        const auto png = file.picture(hash);
        return png.empty() ? SharedImage() : SharedImage(decodeImage(png, hash).image);
    };
}

Record readable(const SessionFile& file, int number, const KeptRun& run)
{
    try {
        return recordOf(run, picturesIn(file));
    } catch (const Error& error) {
        throw damagedRun(file, number, error.sentence());
    }
}

/// As the command that makes pictures.
MakeCommand making(const GoOnCommand& command)
{
    return {
        .out = command.out,
        .session = command.session,
        .embed = command.out.empty() ? Embed::Settings : Embed::Full,
        .json = command.json};
}

int deliver(
    const GoOnCommand& command, const Method& method, const RunFacts& facts, const Outcome& outcome,
    Progress& progress)
{
    const MakeCommand made = making(command);
    const Result& result = *outcome.result;
    Delivery delivery {
        .method = method,
        .command = made,
        .result = result,
        .record = recordOf(facts, 0, facts.steps, result.latents, made.embed),
        .seconds = outcome.seconds};
    if (!command.out.empty())
        for (const auto& file : candidateFiles(command.out, int(result.candidates.size())))
            delivery.files.push_back(file.string());
    return deliver(delivery, progress);
}

/// Before anything is computed. Throws CommandError.
void checkSame(
    const ModelMark& mark, const ModelCard& chosen, const Request& request, Progress& progress)
{
    try {
        checkSameModel(mark, chosen, request, [&](const StageEvent& event) {
            progress.stage(event);
            return true; // an interrupt ends the program here
        });
    } catch (const Error& error) {
        throw CommandError(ExitModelMissing, error.sentence());
    }
}

int goOnOrThrow(const GoOnCommand& command, const MethodList& methods, Progress& progress)
{
    Interrupt interrupt;
    if (!command.out.empty())
        outputFiles(making(command), 1); // told before the work
    const SessionFile file(command.session, SessionFile::Foreign);
    const auto [kept, number] = runOf(file, command.run);
    Record record = readable(file, number, kept);
    const Method* method = methods.find(record.request.method);
    if (!method)
        throw CommandError(
            ExitInputRefused, "The run was made with \"%1\", which this program does not have.",
            record.request.method);
    addUnrecorded(*method, record.request, record.resolved);
    record.request = changedWithAncestors(record.request, [](Request& each) {
        each.device = presentDevice(QString::fromStdString(each.device)).toStdString();
    });
    const CommandModel model = findModel(record.request, interrupt, progress);
    try {
        checkModel(record.request, record.model, model.card);
    } catch (const Error& error) {
        throw CommandError(ExitModelMissing, error.sentence());
    }
    ModelCard chosen = model.chosen;
    if (const auto place = kept.places.find("model"); place != kept.places.end())
        chosen.path = place->second; // of a checkpoint, what was converted is loaded
    const ModelMark mark = goingOn(markOf(kept, record));
    checkSame(mark, chosen, record.request, progress);
    record.request.model = model.file;
    const Prepared prepared = prepare(*method, record.request, model.card);
    const DoneSteps done = file.doneSteps(kept.id);
    CommandSession session(command.session);
    session.begin(*method, prepared, model, mark, kept);
    Engine engine;
    const Outcome outcome = runToTheEnd(
        engine, *method, prepared, interrupt, progress,
        {.goOn =
             [&](const StepEvent& event) {
                 // What was done already is told again.
                 if (event.step == 0 || event.step > int(done.predictions.size()))
                     session.step(event);
                 return true;
             },
         .done = done});
    session.end(outcome);
    const bool made = !interrupt.happened() && outcome.result && !outcome.result->stopped;
    const int status = made ? deliver(
                           command, *method,
                           {.prepared = prepared,
                            .card = model.chosen,
                            .modelMark = mark,
                            .steps = int(outcome.result->latents.size()) - 1,
                            .computed = computedHere(prepared.request)},
                           outcome, progress)
                            : int(ExitStopped);
    for (const Sentence& failure : session.finish())
        progress.note(failure);
    if (interrupt.happened() || (outcome.result && outcome.result->stopped))
        throw CommandError(ExitStopped, "Stopped: the session has what was done.");
    if (!outcome.result) {
        progress.error(outcome.failure.sentence, outcome.failure.details);
        return exitStatus(outcome.failure);
    }
    return status;
}

} // namespace

int goOn(const GoOnCommand& command, const MethodList& methods)
{
    Progress progress(command.json);
    return statusOf(progress, [&] { return goOnOrThrow(command, methods, progress); });
}
