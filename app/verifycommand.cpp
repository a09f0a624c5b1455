// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/commandrun.h"
#include "app/commands.h"
#include "app/commandwords.h"
#include "app/loras.h"
#include "app/methodlist.h"
#include "app/settings.h"
#include "app/verify.h"
#include "core/arrayfile.h"
#include "core/branch.h"
#include "core/file/files.h"
#include "core/file/hash.h"
#include "core/picture/imagefile.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <filesystem>

namespace fs = std::filesystem;

namespace {

constexpr uint64_t largestRead = uint64_t(1) << 30;

/// The record of the picture, with what was given besides for what is not in it.
Record readGiven(const VerifyCommand& command)
{
    std::map<std::string, SharedImage> given;
    for (const std::string& file : command.inputs) {
        const SharedImage image = loadImage(file, Settings().imageLimits()).image;
        given[pixelHash(image)] = image;
    }
    const auto bytes = readFile(command.file, largestRead);
    auto record = readRecord(bytes, {}, {}, [&](const std::string& hash) {
        const auto found = given.find(hash);
        return found == given.end() ? SharedImage() : found->second;
    });
    if (!record)
        throw CommandError(
            ExitInputRefused, "%1 carries no run of this program, so there is nothing to verify.",
            command.file);
    return *record;
}

const Method& methodOf(const Record& record, const MethodList& methods)
{
    const Method* method = methods.find(record.request.method);
    if (!method)
        throw CommandError(
            ExitInputRefused, "The picture was made with \"%1\", which this program does not have.",
            record.request.method);
    return *method;
}

/// Throws CommandError where an input is neither in the picture nor was given.
void checkPictures(const Record& record, const Method& method)
{
    for (const AbsentInput& absent : record.absent) {
        const Slot* of = slot(method, absent.slot);
        throw CommandError(
            ExitInputRefused,
            "The picture for %1 (%2) is not in the file: give it with --input FILE.",
            inWords(of ? of->label : absent.slot), absent.name);
    }
}

/// What was given for a file that is a value, by the parameter's id.
std::map<std::string, std::string> filesOf(const VerifyCommand& command)
{
    std::map<std::string, std::string> files;
    for (const std::string& text : command.files) {
        const auto equals = text.find('=');
        if (equals == text.npos)
            throw CommandError(
                ExitBadArguments, "--file %1 says nothing: write it as --file SETTING=FILE.", text);
        files[text.substr(0, equals)] = text.substr(equals + 1);
    }
    return files;
}

/// Only the names of files stand in a record: puts those that were given in their place.
void takeFiles(
    Values& values, const Values& used, const Method& method,
    const std::map<std::string, std::string>& files)
{
    for (const Parameter& p : method.parameters) {
        const auto was = used.find(p.id);
        if (!p.file || was == used.end() || toText(was->second).empty())
            continue;
        const auto given = files.find(p.id);
        if (given == files.end())
            throw CommandError(
                ExitInputRefused,
                "The file %1 for %2 is not in the picture: give it with --file %3=FILE.",
                toText(was->second), inWords(p.label), p.id);
        values[p.id] = given->second;
    }
}

/// Throws CommandError where the run took noise that was not given.
void takeNoise(Request& request, const Record& record, const VerifyCommand& command)
{
    if (!command.noise.empty())
        request.noise = readNoise(command.noise);
    for (const auto& [name, hash] : record.noiseHashes) {
        const auto given = request.noise.find(name);
        if (given == request.noise.end())
            throw CommandError(
                ExitInputRefused,
                "The run took stored noise \"%1\", which is not in the picture: give its file with "
                "--noise FILE.",
                name);
        if (sha256(std::as_bytes(std::span(given->second))) != hash)
            throw CommandError(
                ExitInputRefused, "The noise \"%1\" in %2 is not that of the run.", name,
                command.noise);
    }
}

/// The model that was given, else one of those that are known which has the record's hash.
std::string modelFor(const VerifyCommand& command, const Record& record)
{
    if (!command.model.empty() || record.modelHash.empty())
        return command.model;
    std::vector<std::string> known {std::string()};
    for (const QString& path : Settings().recentModels())
        known.push_back(path.toStdString());
    for (const std::string& path : known) {
        try {
            const ModelCard card = describeModel(modelPath({.model = path}));
            if (modelHash(card, Settings::cacheFolder().toStdString()) == record.modelHash)
                return path;
        } catch (const std::exception&) {
            continue; // not readable now, so it cannot be the one
        }
    }
    throw CommandError(
        ExitModelMissing,
        "The picture was made with the model %1, which is not among the known ones: give it with "
        "--model PATH.",
        record.model);
}

/// The run of a record, to be made again here.
Request again(const VerifyCommand& command, const Record& record, const Method& method)
{
    const auto files = filesOf(command);
    Request first = record.request;
    first.values = record.resolved; // what was used, whatever is recommended now
    std::erase_if(first.values, [&](const auto& value) {
        return std::ranges::find(method.parameters, value.first, &Parameter::id)
            == method.parameters.end();
    });
    const std::string model = modelFor(command, record);
    findLorasOrThrow(first, command.loras);
    return changedWithAncestors(first, [&](Request& request) {
        request.model = model;
        if (!command.device.empty())
            request.device = command.device;
        if (!record.computed.precision.empty())
            request.precision = record.computed.precision;
        takeFiles(request.values, request.values, method, files);
        takeNoise(request, record, command);
    });
}

void tell(const VerifyCommand& command, const Verdict& verdict, const Record& record)
{
    const auto said = inSentences(verdict, record);
    if (!command.json) {
        for (const Sentence& sentence : said)
            print(sentence);
        return;
    }
    const nlohmann::json object {
        {"equal", verdict.found == Verdict::Equal},
        {"step",
         verdict.found == Verdict::Parted ? nlohmann::json(verdict.step) : nlohmann::json()},
        {"steps", record.steps},
        {"said", english(said)},
        {"causes", english(verdict.causes)}};
    std::printf(
        "%s\n", object.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace).c_str());
}

int verifyOrThrow(const VerifyCommand& command, const MethodList& methods, Progress& progress)
{
    Interrupt interrupt;
    Record record = readGiven(command);
    const Method& method = methodOf(record, methods);
    addUnrecorded(method, record.request, record.resolved);
    checkPictures(record, method);
    Request request = again(command, record, method);
    checkWhere(request);
    const CommandModel model = findModel(request, interrupt, progress);
    request = changedWithAncestors(request, [&](Request& each) { each.model = model.file; });
    const Prepared prepared = prepare(method, request, model.card);
    std::vector<std::shared_ptr<const Latent>> latents;
    Engine engine;
    const Outcome outcome = runToTheEnd(
        engine, method, prepared, interrupt, progress, {.goOn = [&](const StepEvent& event) {
            latents.resize(std::max(latents.size(), std::size_t(event.step) + 1));
            latents[std::size_t(event.step)] = event.latent;
            return event.step < record.step; // what came after the picture does not count
        }});
    if (interrupt.happened())
        throw CommandError(ExitStopped, "Stopped: nothing was verified.");
    if (!outcome.result) {
        progress.error(outcome.failure.sentence, outcome.failure.details);
        return exitStatus(outcome.failure);
    }
    const Verdict found = verdict(
        record, latentHashes(latents),
        {.version = PROGRAM_VERSION,
         .modelHash = modelHash(model.chosen, Settings::cacheFolder().toStdString()),
         .computed = computedHere(request)});
    tell(command, found, record);
    return found.found == Verdict::Equal ? ExitDone : ExitDifferent;
}

} // namespace

int verify(const VerifyCommand& command, const MethodList& methods)
{
    Progress progress(command.json);
    return statusOf(progress, [&] { return verifyOrThrow(command, methods, progress); });
}
