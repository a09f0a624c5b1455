// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/commands.h"
#include "app/commandwords.h"
#include "app/engine.h"
#include "app/methodlist.h"
#include "app/settings.h"
#include "app/store/keeprun.h"
#include "app/translated.h"
#include "core/errors.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>

namespace {

/// The state as it is kept: a run that another program is making is still in progress.
Sentence nameOf(int state)
{
    switch (state) {
    case Run::Done:
        return Sentence("done");
    case Run::Stopped:
        return Sentence("stopped");
    case Run::Failed:
        return Sentence("failed");
    default:
        return Sentence("in progress");
    }
}

/// Filled up to so many columns of a terminal, in which signs of East Asia take two.
std::string padded(const QString& text, qsizetype columns)
{
    constexpr char16_t firstWide = 0x1100;
    const auto wide = std::ranges::count_if(
        text, [](QChar sign) { return sign.unicode() >= firstWide && sign.isLetter(); });
    return text.leftJustified(columns - wide).toStdString();
}

std::string promptOf(const Record& record, const MethodList& methods)
{
    const Method* method = methods.find(record.request.method);
    const Parameter* prompt = method ? parameter(*method, Role::Prompt) : nullptr;
    const auto found = prompt ? record.resolved.find(prompt->id) : record.resolved.end();
    return found == record.resolved.end() ? std::string() : toText(found->second);
}

/// One line of it, not too long.
std::string firstWords(const std::string& text)
{
    constexpr int most = 50;
    const QString line = QString::fromStdString(text).section(QLatin1Char('\n'), 0, 0);
    return (line.size() > most ? line.left(most - 1) + QChar(0x2026) : line).toStdString();
}

nlohmann::json toJson(
    int number, const KeptRun& run, const Record& record, const MethodList& methods)
{
    return {
        {"run", number},
        {"started",
         QDateTime::fromMSecsSinceEpoch(run.started).toString(Qt::ISODate).toStdString()},
        {"method", record.request.method},
        {"state", english(nameOf(run.state))},
        {"steps", std::max(0, run.stepsKept - 1)},
        {"of", run.stepCount},
        {"seed", record.request.seed},
        {"prompt", promptOf(record, methods)},
        {"model", record.model},
        {"branch",
         record.request.branch ? nlohmann::json(record.request.branch->step) : nlohmann::json()},
        {"name", run.name},
        {"star", run.star},
        {"seconds", run.seconds},
        {"error", run.error}};
}

void list(int number, const KeptRun& run, const Record& record, const MethodList& methods)
{
    const QDateTime started = QDateTime::fromMSecsSinceEpoch(run.started);
    const QString steps = translated(Sentence(
        "%1 of %2", QString::number(std::max(0, run.stepsKept - 1)).rightJustified(3).toStdString(),
        run.stepCount));
    const QString seed = translated(Sentence("seed %1", record.request.seed));
    std::printf(
        "%4d  %s  %-12s %s %s  %s  %s\n", number,
        started.toString(QStringLiteral("yyyy-MM-dd HH:mm")).toUtf8().constData(),
        record.request.method.c_str(), padded(translated(nameOf(run.state)), 12).c_str(),
        padded(steps, 10).c_str(), padded(seed, 25).c_str(),
        firstWords(run.name.empty() ? promptOf(record, methods) : run.name).c_str());
}

/// One whose record cannot be read, told apart.
void listDamaged(int number, const KeptRun& run, const Sentence& why, bool json)
{
    const QDateTime started = QDateTime::fromMSecsSinceEpoch(run.started);
    if (json)
        std::printf(
            "%s\n",
            nlohmann::json({{"run", number},
                            {"started", started.toString(Qt::ISODate).toStdString()},
                            {"state", "damaged"},
                            {"name", run.name},
                            {"star", run.star},
                            {"error", english(why)}})
                .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)
                .c_str());
    else
        std::printf(
            "%4d  %s  %-12s %s  %s\n", number,
            started.toString(QStringLiteral("yyyy-MM-dd HH:mm")).toUtf8().constData(), "",
            padded(translated(Sentence("damaged")), 12).c_str(), firstWords(run.name).c_str());
    std::fflush(stdout);
    std::fprintf(stderr, "%s\n", translated(why).toUtf8().constData());
}

void list(int number, const KeptRun& run, bool json, const MethodList& methods)
{
    const Record record = recordOf(run, [](const std::string&) { return SharedImage(); });
    if (json)
        std::printf(
            "%s\n",
            toJson(number, run, record, methods)
                .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)
                .c_str());
    else
        list(number, run, record, methods);
}

} // namespace

int listRuns(const RunsCommand& command, const MethodList& methods)
{
    try {
        const std::string path =
            command.session.empty() ? Settings().session().toStdString() : command.session;
        if (path.empty())
            throw Error("There is no session yet: the window makes one, or --session FILE does.");
        const SessionFile file(path, SessionFile::Look);
        if (!command.save.empty()) {
            file.saveAs(command.save);
            return ExitDone;
        }
        int number = 0, damaged = 0;
        for (const KeptRun& run : listedRuns(file)) {
            ++number;
            try {
                list(number, run, command.json, methods);
            } catch (const Error& error) {
                ++damaged;
                listDamaged(
                    number, run, damagedRun(file, number, error.sentence()).sentence(),
                    command.json);
            }
        }
        return damaged > 0 ? ExitInputRefused : ExitDone;
    } catch (...) {
        const Failure failure = currentFailure();
        std::fprintf(stderr, "%s\n", failure.sentence.toUtf8().constData());
        return exitStatus(failure);
    }
    return ExitDone;
}
