// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/commandrun.h"
#include "app/commands.h"
#include "app/commandsession.h"
#include "app/methodlist.h"
#include "core/branch.h"
#include "core/errors.h"
#include "core/file/files.h"
#include "core/picture/imagefile.h"

#include <nlohmann/json.hpp>

#include <cstdio>

namespace {

/// The run that is meant, counted from 1 in the order of `simile runs`; 0: the last one that is not
/// done.
KeptRun runOf(const SessionFile& file, int number)
{
    const auto runs = listedRuns(file);
    if (number > int(runs.size()))
        throw CommandError(
            ExitBadArguments, "There is no run %1: the session has %2.", number, runs.size());
    if (number > 0)
        return runs[std::size_t(number) - 1];
    for (auto run = runs.rbegin(); run != runs.rend(); ++run)
        if (run->state != Run::Done && run->state != Run::Failed)
            return *run;
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

void deliver(
    const GoOnCommand& command, const Method& method, const RunFacts& facts, const Result& result)
{
    const Record record = recordOf(
        facts, 0, facts.steps, result.latents, command.out.empty() ? Embed::Settings : Embed::Full);
    if (!command.out.empty() && !result.candidates.empty())
        writeFileAtomically(
            command.out,
            encodePng(result.candidates.front().image, toText(record, Embed::Full, method)));
    if (!command.json) {
        std::printf("%s\n", command.out.c_str());
        return;
    }
    const nlohmann::json object {{"steps", facts.steps}, {"latent", record.latentHash}};
    std::printf("%s\n", object.dump().c_str());
}

int goOnOrThrow(const GoOnCommand& command, const MethodList& methods, Progress& progress)
{
    Interrupt interrupt;
    const SessionFile file(command.session, SessionFile::Foreign);
    const KeptRun kept = runOf(file, command.run);
    Record record = recordOf(kept, picturesIn(file));
    const Method* method = methods.find(record.request.method);
    if (!method)
        throw CommandError(
            ExitInputRefused, "The run was made with \"%1\", which this program does not have.",
            record.request.method);
    addUnrecorded(*method, record.request, record.resolved);
    const CommandModel model = findModel(record.request, interrupt, progress);
    try {
        checkModel(record.request, record.model, model.card);
    } catch (const Error& error) {
        throw CommandError(ExitModelMissing, error.sentence());
    }
    record.request.model = model.file;
    const Prepared prepared = prepare(*method, record.request, model.card);
    const DoneSteps done = file.doneSteps(kept.id);
    CommandSession session(command.session);
    session.begin(*method, prepared, model, kept);
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
    for (const Sentence& failure : session.finish())
        progress.note(failure);
    if (interrupt.happened() || (outcome.result && outcome.result->stopped))
        throw CommandError(ExitStopped, "Stopped: the session has what was done.");
    if (!outcome.result) {
        progress.error(outcome.failure.sentence, outcome.failure.details);
        return exitStatus(outcome.failure);
    }
    deliver(
        command, *method,
        {.prepared = prepared,
         .card = model.chosen,
         .steps = int(outcome.result->latents.size()) - 1,
         .computed = computedHere(prepared.request)},
        *outcome.result);
    return ExitDone;
}

} // namespace

int goOn(const GoOnCommand& command, const MethodList& methods)
{
    Progress progress(command.json);
    return statusOf(progress, [&] { return goOnOrThrow(command, methods, progress); });
}
