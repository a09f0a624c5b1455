// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cachefolder.h"
#include "app/commandrun.h"
#include "app/commands.h"
#include "app/commandsession.h"
#include "app/delivery.h"
#include "app/fewsteps.h"
#include "app/followed.h"
#include "app/loras.h"
#include "app/maker.h"
#include "app/methodlist.h"
#include "app/runrecord.h"
#include "app/settings.h"
#include "core/arrayfile.h"
#include "core/file/resources.h"
#include "core/picture/imagefile.h"
#include "core/picture/pictureformat.h"

#include <filesystem>
#include <optional>
#include <sstream>
#include <utility>

namespace fs = std::filesystem;

namespace {

/// A command that was checked, ready to run.
struct Job
{
    const Method& method;
    const MakeCommand& command;
    Request request = {};
    CommandModel model = {};
    Prepared prepared = {};
    std::vector<std::string> files = {};
    std::vector<std::pair<SharedImage, SourceFile>> sources = {}; ///< of the pictures
};

/// What a command reads: pictures, noise, the session, the model and whatever a value names.
std::vector<std::string> givenTo(const MakeCommand& command)
{
    std::vector<std::string> given = {command.noise, command.session, command.request.model};
    for (const auto& [slot, pictures] : command.pictures)
        for (const PictureFile& picture : pictures)
            given.push_back(picture.file);
    for (const Lora& lora : command.request.loras)
        given.push_back(lora.file);
    for (const auto& [id, value] : command.request.values)
        if (const auto* text = std::get_if<std::string>(&value)) {
            std::istringstream places(*text);
            std::error_code none; // it may be a prompt, too
            for (std::string place; std::getline(places, place, ';');)
                if (place.find('/') != place.npos || !fs::is_directory(place, none))
                    given.push_back(place);
        }
    return given;
}

/// Throws CommandError where a file could not be written or is one of the inputs.
void checkOutput(const MakeCommand& command, const fs::path& file)
{
    std::error_code ignored;
    if (!fs::is_directory(folderOf(file), ignored))
        throw CommandError(
            ExitBadArguments, "There is no folder %1 to write into.", folderOf(file).string());
    if (fs::exists(file, ignored) && !fs::is_regular_file(file, ignored))
        throw CommandError(ExitBadArguments, "%1 exists and is no file.", file.string());
    checkIsNotGiven(file, givenTo(command));
    constexpr uint64_t small = 1 << 20; // of a picture; that the run is lost for lack of it
    tryOutput(file, small);
}

void checkData(const MakeCommand& command)
{
    if (command.data.empty())
        return;
    const fs::path file = command.data;
    if (file.extension() != ".safetensors")
        throw CommandError(
            ExitBadArguments,
            "Numbers are written as a safetensors file: end the name %1 with .safetensors.",
            file.string());
    checkOutput(command, file);
}

void loadInputs(Job& job, Progress& progress)
{
    try {
        for (const auto& [slot, pictures] : job.command.pictures)
            for (const PictureFile& picture : pictures) {
                const SourceFile source = sourceAt(QString::fromStdString(picture.file));
                LoadedImage loaded = loadImage(picture.file, Settings().imageLimits());
                for (const Sentence& note : loaded.notes)
                    progress.note({"%1: %2", fs::path(picture.file).filename().string(), note});
                job.request.images[slot].push_back(
                    {.image = std::move(loaded.image),
                     .name = fs::path(picture.file).filename().string(),
                     .weight = picture.weight,
                     .kind = picture.kind,
                     .begin = picture.begin,
                     .end = picture.end});
                job.sources.emplace_back(job.request.images[slot].back().image, source);
            }
        if (!job.command.noise.empty())
            job.request.noise = readNoise(job.command.noise);
    } catch (const Error& error) {
        throw CommandError(ExitInputRefused, error.sentence());
    }
}

/// What is to be known before the run, such as how long it will prepare.
void tellNotes(const Job& job, Progress& progress)
{
    if (!job.method.notes)
        return;
    try {
        Models models(Settings::cacheFolder().toStdString());
        for (const Sentence& note : job.method.notes(job.prepared.whole(), models))
            progress.note(note);
    } catch (const Error&) {
        // The run will end with the same sentence.
    }
}

/// How many pictures will be made; throws ValueError where a value is refused.
int candidatesOf(const Job& job)
{
    const Parameter* count = parameter(job.method, Role::Candidates);
    const Values values = resolve(job.method, job.request, job.model.card);
    return count ? std::get<int>(values.at(count->id)) : 1;
}

/// The order is that of what takes long: what was typed, then the pictures.
void prepareJob(Job& job, Interrupt& interrupt, Progress& progress)
{
    checkWhere(job.request);
    job.model = findModel(job.request, interrupt, progress);
    job.request.model = job.model.file;
    readLoras(job.request.loras, job.model.card, progress);
    if (const Sentence said = followLoras(job.method, job.request); !said.empty())
        progress.note(said);
    job.files = outputFiles(job.command, candidatesOf(job));
    checkData(job.command);
    loadInputs(job, progress);
    if (const Sentence said = followPictures(job.method, job.model.card, job.request);
        !said.empty())
        progress.note(said);
    job.prepared = prepare(job.method, job.request, job.model.card);
    tellNotes(job, progress);
    if (interrupt.happened()) // between two of several
        throw CommandError(ExitStopped, "Stopped: nothing was written.");
}

/// Without the model's hash, which is said, where its file is not the one that the run took.
Record recordOf(const Job& job, const Result& result, Progress& progress)
{
    const int steps = std::max(int(result.latents.size()) - 1, 0);
    Record record = recordOf(
        {.prepared = job.prepared,
         .card = job.model.chosen,
         .steps = steps,
         .computed = computedHere(job.prepared.request)},
        0, steps, result.latents, job.command.embed);
    const bool wanted = !result.candidates.empty() && job.command.embed != Embed::None;
    if (wanted && record.modelHash.empty())
        progress.note("The model's file cannot be read any more, so the record has no hash of it.");
    else if (wanted && stampOf(job.model.chosen.path) != job.model.stamp) {
        record.modelHash.clear();
        progress.note(
            "The model's file was replaced during the run, so the record has no hash of it.");
    }
    return record;
}

std::vector<std::string> namesOf(const MakeCommand& command, int candidates)
{
    std::vector<std::string> names;
    for (const fs::path& file : candidateFiles(command.out, candidates))
        names.push_back(file.string());
    return names;
}

/// What a run ended with, decoded once more with 16 bits a channel; none where that fails, which
/// goes into @p failure.
std::vector<DeepCandidate> decodedAgain(
    Engine& engine, const Job& job, const Result& result, const Interrupt& interrupt,
    Failure& failure)
{
    QEventLoop loop;
    std::vector<DeepCandidate> made;
    QObject::connect(&interrupt, &Interrupt::interrupted, &loop, &QEventLoop::quit);
    engine.ask<std::vector<DeepCandidate>>(
        &loop,
        [&job, latent = result.latents.back()](Models& models) {
            return decodedDeep(job.method, job.prepared.whole(), models, *latent);
        },
        [&](const std::vector<DeepCandidate>& candidates) {
            made = candidates;
            loop.quit();
        },
        [&](const Failure& told) {
            failure = told;
            loop.quit();
        });
    loop.exec();
    if (interrupt.happened())
        throw CommandError(ExitStopped, "Stopped: nothing was written.");
    return made;
}

/// Writes what a run made; of a picture that cannot be decoded with 16 bits the one that there is,
/// and @p failure says why.
int deliver(
    Engine& engine, const Job& job, const Outcome& outcome, const Interrupt& interrupt,
    Progress& progress, Failure& failure, Written& elsewhere)
{
    const Result& result = *outcome.result;
    Delivery delivery {
        .method = job.method,
        .command = job.command,
        .result = result,
        .files = job.files,
        .seconds = outcome.seconds};
    if (job.command.deep && !result.candidates.empty())
        delivery.deep = decodedAgain(engine, job, result, interrupt, failure);
    // How many they are is known before the run where the method has candidates.
    if (result.candidates.size() != job.files.size())
        delivery.files = namesOf(job.command, int(result.candidates.size()));
    if (job.command.json || !result.candidates.empty())
        delivery.record = recordOf(job, result, progress);
    const int status = deliver(delivery, progress, &elsewhere);
    if (failure.sentence.isEmpty())
        return status;
    progress.note("It was written with 8 bits a channel, since 16 could not be decoded.");
    return exitStatus(failure);
}

} // namespace

std::vector<std::string> outputFiles(const MakeCommand& command, int candidates)
{
    const fs::path out = command.out;
    if (!formatOfSuffix(out.extension().string()))
        throw CommandError(
            ExitBadArguments,
            "The result is a PNG, JPEG, WebP or TIFF file: end its name %1 with .png, .jpg, .webp "
            "or .tif.",
            out.string());
    if (command.deep && !isDeep(*formatOfSuffix(out.extension().string())))
        throw CommandError(
            ExitBadArguments,
            "16 bits a channel need a PNG or TIFF file: end the name %1 with .png or .tif.",
            out.string());
    const std::vector<std::string> files = namesOf(command, candidates);
    for (const std::string& file : files)
        checkOutput(command, file);
    return files;
}

Maker::Maker(const MethodList& methods)
    : m_methods(methods)
{
}

Prepared Maker::prepared(const Method& method, const MakeCommand& command, Progress& progress)
{
    Job job {.method = method, .command = command, .request = command.request};
    prepareJob(job, m_interrupt, progress);
    return job.prepared;
}

int Maker::make(const Method& method, const MakeCommand& command, Progress& progress)
{
    Job job {.method = method, .command = command, .request = command.request};
    prepareJob(job, m_interrupt, progress);
    std::optional<CommandSession> session;
    if (!job.command.session.empty()) {
        session.emplace(job.command.session)
            .begin(job.method, job.prepared, job.model, {.stamp = job.model.stamp});
        for (const auto& [image, source] : job.sources)
            session->source(image, source);
    }
    const Outcome outcome = runToTheEnd(
        m_engine, job.method, job.prepared, m_interrupt, progress,
        {.goOn = [&](const StepEvent& event) {
            if (session)
                session->step(event);
            return true;
        }});
    if (session)
        session->end(outcome);
    const bool stopped = m_interrupt.happened() || (outcome.result && outcome.result->stopped);
    m_failure = outcome.failure;
    m_elsewhere = {};
    // Before all that may fail as well.
    const int status = stopped ? ExitStopped
        : outcome.result
        ? deliver(m_engine, job, outcome, m_interrupt, progress, m_failure, m_elsewhere)
        : exitStatus(m_failure);
    if (session)
        for (const Sentence& failure : session->finish())
            progress.note(failure);
    trimKept(m_methods, Settings());
    if (stopped) {
        if (outcome.result) // what is kept of the work, for example
            for (const Sentence& note : outcome.result->notes)
                progress.note(note);
        throw CommandError(ExitStopped, "Stopped: nothing was written.");
    }
    if (!m_failure.sentence.isEmpty())
        progress.error(m_failure.sentence, m_failure.details);
    return status;
}

int make(const Method& method, const MakeCommand& command, const MethodList& methods)
{
    Progress progress(command.json);
    return statusOf(progress, [&] {
        Maker maker(methods);
        return maker.make(method, command, progress);
    });
}
