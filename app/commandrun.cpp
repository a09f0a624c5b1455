// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/commandrun.h"

#include "app/checkpointhelper.h"
#include "app/samemodel.h"
#include "app/settings.h"

#include <QEventLoop>

#include <utility>

namespace fs = std::filesystem;

void checkWhere(const Request& request)
{
    if (!isDevice(QString::fromStdString(request.device)))
        throw CommandError(
            ExitBadArguments, "There is no device \"%1\". There are: cpu, cuda, cuda:1 and so on.",
            request.device);
    if (!precisions().contains(QString::fromStdString(request.precision)))
        throw CommandError(
            ExitBadArguments, "There is no precision \"%1\". There are: %2.", request.precision,
            precisions().join(QStringLiteral(", ")).toStdString());
}

namespace {

/// What is loaded in place of a pickled checkpoint.
std::string converted(const std::string& model, Interrupt& interrupt, Progress& progress)
{
    interrupt.hold(); // or the helper would go on
    bool told = false;
    const fs::path file = convertedCheckpoint(model, [&](const StageEvent& event) {
        if (!std::exchange(told, true)) // asked five times a second
            progress.stage(event);
        return !interrupt.happened();
    });
    if (file.empty())
        throw CommandError(ExitStopped, "Stopped.");
    return file.string();
}

} // namespace

void checkIsNotGiven(const fs::path& file, const std::vector<std::string>& given)
{
    std::error_code ignored;
    if (!fs::exists(file, ignored))
        return;
    // Somebody may work in the folder of a model; its own files are not pictures.
    const bool mayBePart = file.extension() == ".safetensors";
    const auto liesIn = [&](const fs::path& folder) {
        const fs::path whole = fs::weakly_canonical(file, ignored);
        const fs::path below = whole.lexically_relative(fs::weakly_canonical(folder, ignored));
        return !below.empty() && *below.begin() != "..";
    };
    for (const std::string& one : given)
        if (!one.empty()
            && (fs::equivalent(file, one, ignored)
                || (mayBePart && fs::is_directory(one, ignored) && liesIn(one))))
            throw CommandError(
                ExitBadArguments,
                "%1 is one of the files given, or part of one: choose another name.",
                file.string());
}

CommandModel findModel(const Request& request, Interrupt& interrupt, Progress& progress)
{
    const fs::path chosen = modelPath(request);
    CommandModel model {.file = request.model, .stamp = stampOf(chosen)};
    std::error_code ignored;
    if (!fs::exists(chosen, ignored))
        throw CommandError(ExitModelMissing, "There is no model %1.", chosen.string());
    if (CheckpointHelper::isCheckpoint(QString::fromStdString(model.file)))
        model.file = converted(model.file, interrupt, progress);
    model.card = describeModel(model.file.empty() ? chosen : fs::path(model.file));
    model.chosen = model.card;
    if (model.card.path != chosen)
        model.chosen.name = chosen.filename().string();
    model.chosen.path = chosen;
    return model;
}

fs::path folderOf(const fs::path& file)
{
    return file.has_parent_path() ? file.parent_path() : fs::path(".");
}

Outcome runToTheEnd(
    Engine& engine, const Method& method, const Prepared& prepared, Interrupt& interrupt,
    Progress& progress, const Watch& watch)
{
    QEventLoop loop;
    Outcome outcome;
    interrupt.hold();
    QObject::connect(
        &engine, &Engine::stage, &loop, [&](const StageEvent& event) { progress.stage(event); });
    QObject::connect(
        &engine, &Engine::stepDone, &loop, [&](const StepEvent& event, double seconds) {
            progress.step(event, seconds);
            outcome.seconds = seconds;
            if (watch.goOn && !watch.goOn(event))
                engine.stop(false);
        });
    QObject::connect(&engine, &Engine::finished, &loop, [&](const Result& result) {
        outcome.result = result;
        loop.quit();
    });
    QObject::connect(&engine, &Engine::failed, &loop, [&](const Failure& failure) {
        outcome.failure = failure;
        loop.quit();
    });
    QObject::connect(&interrupt, &Interrupt::interrupted, &loop, [&] { engine.stop(false); });
    engine.start(method, prepared, watch.recording, watch.done);
    loop.exec();
    progress.end();
    return outcome;
}

int statusOf(Progress& progress, const std::function<int()>& work)
{
    try {
        return work();
    } catch (const CommandError& error) {
        progress.error(currentFailure().sentence, {});
        return error.status;
    } catch (...) {
        const Failure failure = currentFailure();
        progress.error(failure.sentence, failure.details);
        return exitStatus(failure);
    }
}
