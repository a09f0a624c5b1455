// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cachefolder.h"
#include "app/commandrun.h"
#include "app/commands.h"
#include "app/delivery.h"
#include "app/inspectgathered.h"
#include "app/inspectoutput.h"
#include "app/loras.h"
#include "app/methodlist.h"
#include "app/savedrequest.h"
#include "app/settings.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>
#include <optional>

namespace fs = std::filesystem;

namespace {

constexpr uint64_t usualSize = 1 << 20; // of a map

/// The tokens of the words that were given.
std::vector<std::vector<int>> wordsOf(
    const InspectCommand& command, const View& view, const Moment& moment)
{
    static const std::vector<ContextToken> none;
    const std::vector<ContextToken>* context = &none;
    if (moment.trace && moment.trace->setting)
        if (const auto found = moment.trace->setting->tokens.find(view.subject);
            found != moment.trace->setting->tokens.end())
            context = &found->second;
    std::vector<std::vector<int>> words;
    for (const std::string& word : command.tokens) {
        words.push_back(tokensOf(*context, word));
        if (!words.back().empty())
            continue;
        std::string text;
        for (size_t i = 0; i < context->size(); ++i) {
            const ContextToken& token = (*context)[i];
            if (token.word >= 0)
                text += (i > 0 && (*context)[i - 1].word == token.word ? "" : " ") + token.text;
        }
        throw CommandError(
            ExitBadArguments,
            text.empty()
                ? "There is no word \"%1\" here, as the prompt is empty: give the number of "
                  "a token."
                : "There is no word \"%1\" in the prompt, which is:%2.",
            word, text);
    }
    return words;
}

/// The layers that are looked at one after the other.
std::vector<Layers> partsOf(const InspectPlan& plan, const View& view, const Moment& moment)
{
    if (!plan.layersApart() || !moment.trace)
        return std::vector<Layers>(1, view.layers);
    std::vector<Layers> parts;
    for (const LayerName& each : layersOf(*moment.trace, view.kind, view.subject)) {
        const bool wanted =
            view.layers.empty() || std::ranges::any_of(view.layers, [&](const Range& r) {
                return r.contains(each.layer);
            });
        if (wanted)
            parts.push_back({{each.layer, each.layer + 1}});
    }
    if (parts.empty())
        parts.push_back(view.layers);
    return parts;
}

/// Of the tables of several layers their means alone, where one file is to be written.
void keepMeans(Seen& seen)
{
    const bool means = std::ranges::any_of(
        seen.maps, [](const SeenMap& map) { return map.table() && map.layer < 0; });
    if (means)
        std::erase_if(seen.maps, [](const SeenMap& map) { return map.layer >= 0; });
}

void addCurves(Sights& sights, const View& view, const std::map<int, Moment>& moments, bool oneStep)
{
    std::vector<std::shared_ptr<const StepTrace>> traces;
    for (const auto& [step, moment] : moments)
        traces.push_back(moment.trace);
    sights.along = oneStep ? "layer" : "step";
    const bool shares = view.kind == ViewKind::Shares;
    if (oneStep)
        sights.curves = shares
            ? sharesOverLayers(*traces.front(), view)
            : std::vector {entropyOverLayers(*traces.front(), siteOf(view.kind), view.subject)};
    else
        sights.curves = shares ? sharesOverSteps(traces, view)
                               : entropyOverSteps(traces, siteOf(view.kind), view.subject);
}

Sights sightsOf(const InspectCommand& command, const InspectPlan& plan, const Gathered& gathered)
{
    const auto& moments = gathered.moments();
    Sights sights {.width = gathered.width(), .height = gathered.height()};
    View view = gathered.view();
    if (plan.form == MapForm::Csv) {
        addCurves(sights, view, moments, plan.step.has_value());
        return sights;
    }
    const Moment& first = moments.begin()->second;
    view.words = wordsOf(command, view, first);
    Fits fits;
    if (!view.fitEachStep) {
        std::vector<std::shared_ptr<const StepTrace>> traces;
        for (const auto& [step, moment] : moments)
            traces.push_back(moment.trace);
        fits = fitted(view, {int(traces.size()), [&](int i) { return traces[size_t(i)]; }});
    }
    for (const Layers& layers : partsOf(plan, view, first)) {
        view.layers = layers;
        std::vector<SeenAt> steps;
        for (const auto& [step, moment] : moments) {
            if (plan.step && step != *plan.step)
                continue;
            view.step = step;
            steps.push_back({step, see(view, moment, fits)});
            if (!plan.layersApart())
                keepMeans(steps.back().seen);
        }
        const bool mean = (plan.form == MapForm::Png || plan.form == MapForm::Npy) && !plan.step;
        if (mean) {
            std::vector<Seen> all;
            for (const SeenAt& at : steps)
                all.push_back(at.seen);
            steps = {{-1, meanOf(all)}};
        }
        std::ranges::move(steps, std::back_inserter(sights.all));
    }
    return sights;
}

/// Whether it has one of the names that several maps get, which are counted: "map-1.png".
bool isCountedNameOf(const fs::path& out, const std::string& name)
{
    const std::string begin = out.stem().string() + "-", end = out.extension().string();
    return name.size() > begin.size() + end.size() && name.starts_with(begin) && name.ends_with(end)
        && std::all_of(
               name.begin() + std::ptrdiff_t(begin.size()), name.end() - std::ptrdiff_t(end.size()),
               [](char c) { return c >= '0' && c <= '9'; });
}

/// Throws CommandError where a file could not be written or is the picture itself.
void checkOutput(const InspectCommand& command, const InspectPlan& plan)
{
    std::error_code ignored;
    if (!command.data.empty() && fs::path(command.data).extension() != ".safetensors")
        throw CommandError(
            ExitBadArguments,
            "Numbers are written as a safetensors file: end the name %1 with .safetensors.",
            command.data);
    for (const std::string& file :
         {plan.form == MapForm::Folder ? "" : command.out, command.data}) {
        if (file.empty())
            continue;
        if (!fs::is_directory(folderOf(file), ignored))
            throw CommandError(
                ExitBadArguments, "There is no folder %1 to write into.", folderOf(file).string());
        checkIsNotGiven(file, {command.file, command.model});
        tryOutput(file, usualSize);
    }
    if (plan.form != MapForm::Folder) {
        const std::string name = fs::path(command.file).filename().string();
        if (!command.out.empty() && isCountedNameOf(command.out, name))
            checkIsNotGiven(folderOf(command.out) / name, {command.file});
        return;
    }
    fs::create_directories(command.out, ignored);
    if (ignored)
        throw CommandError(
            ExitFailed, "The folder %1 could not be made: %2.", command.out, ignored.message());
    tryOutput(fs::path(command.out) / "map.png", usualSize);
}

/// False: not all lies where it should.
bool deliver(
    const InspectCommand& command, const InspectPlan& plan, const Sights& sights, double seconds,
    Progress& progress)
{
    std::vector<Sentence> notes;
    for (const SeenAt& at : sights.all)
        for (const Sentence& note : at.seen.notes)
            if (std::ranges::find(notes, note) == notes.end())
                notes.push_back(note);
    for (const Sentence& note : notes)
        progress.note(note);
    bool good = true;
    const auto placeOf = [&](const Written& written) {
        good = good && !written.elsewhere;
        return written.file.string();
    };
    const nlohmann::json maps = writeMaps(
        command, plan, sights, [&](const std::string& file, std::span<const std::byte> bytes) {
            return placeOf(writeOrKeep(file, bytes, progress));
        });
    const std::string data = command.data.empty()
        ? std::string()
        : placeOf(writeOrKeep(command.data, numbersOf(sights), progress));
    if (command.json) {
        const nlohmann::json object {
            {"maps", maps},
            {"data", data.empty() ? nlohmann::json() : nlohmann::json(data)},
            {"notes", english(notes)},
            {"seconds", seconds}};
        const auto text = object.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
        std::printf("%s\n", text.c_str());
        return good;
    }
    std::vector<std::string> files;
    for (const auto& map : maps)
        if (const auto file = map["file"].get<std::string>(); files.empty() || files.back() != file)
            files.push_back(file);
    if (!data.empty())
        files.push_back(data);
    for (const std::string& file : files)
        std::printf("%s\n", file.c_str());
    return good;
}

int inspectOrThrow(const InspectCommand& command, const MethodList& methods, Progress& progress)
{
    Interrupt interrupt;
    InspectPlan plan = planOf(command);
    checkOutput(command, plan);
    SavedRequest saved = savedRequest(command.file, methods);
    leaveOut(saved, command.without);
    chooseModel(saved, command.model);
    findLorasOrThrow(saved.request, command.loras);
    if (!command.candidate && !command.source)
        plan.view.subject.candidate = saved.record.candidate;
    Request& request = saved.request;
    if (!command.device.empty())
        request.device = command.device;
    if (!command.precision.empty())
        request.precision = command.precision;
    checkWhere(request);
    const CommandModel model = findModel(request, interrupt, progress);
    request.model = model.file;
    const Prepared prepared = prepare(*saved.method, request, model.card);
    Gathered gathered(plan);
    Watch watch {.recording = needed(plan.view), .goOn = [&](const StepEvent& event) {
                     return gathered.take(event);
                 }};
    if (plan.form == MapForm::Csv)
        watch.recording.figures = true;
    Engine engine;
    const Outcome outcome =
        runToTheEnd(engine, *saved.method, prepared, interrupt, progress, watch);
    trimKept(methods, Settings());
    if (interrupt.happened())
        throw CommandError(ExitStopped, "Stopped: nothing was written.");
    if (!outcome.result) {
        progress.error(outcome.failure.sentence, outcome.failure.details);
        return exitStatus(outcome.failure);
    }
    gathered.checkFailure();
    gathered.complete(engine, *saved.method, prepared, interrupt, progress);
    const Sights sights = sightsOf(command, plan, gathered);
    return deliver(command, plan, sights, outcome.seconds, progress) ? ExitDone : ExitFailed;
}

} // namespace

int inspect(const InspectCommand& command, const MethodList& methods)
{
    Progress progress(command.json);
    return statusOf(progress, [&] { return inspectOrThrow(command, methods, progress); });
}
