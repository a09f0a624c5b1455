// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/commands.h"
#include "app/engine.h"
#include "app/methodlist.h"
#include "app/settings.h"
#include "app/store/keeprun.h"
#include "core/errors.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>

namespace {

/// The state as it is kept: a run that another program is making is still in progress.
const char* nameOf(int state)
{
    switch (state) {
    case Run::Done:
        return "done";
    case Run::Stopped:
        return "stopped";
    case Run::Failed:
        return "failed";
    default:
        return "in progress";
    }
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
        {"state", nameOf(run.state)},
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

void print(int number, const KeptRun& run, const Record& record, const MethodList& methods)
{
    const QDateTime started = QDateTime::fromMSecsSinceEpoch(run.started);
    std::printf(
        "%4d  %s  %-12s %-12s %3d of %-3d  seed %-20llu  %s\n", number,
        started.toString(QStringLiteral("yyyy-MM-dd HH:mm")).toUtf8().constData(),
        record.request.method.c_str(), nameOf(run.state), std::max(0, run.stepsKept - 1),
        run.stepCount, static_cast<unsigned long long>(record.request.seed),
        firstWords(run.name.empty() ? promptOf(record, methods) : run.name).c_str());
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
        int number = 0;
        for (const KeptRun& run : listedRuns(file)) {
            const Record record = recordOf(run, [](const std::string&) { return SharedImage(); });
            ++number;
            if (command.json)
                std::printf(
                    "%s\n",
                    toJson(number, run, record, methods)
                        .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)
                        .c_str());
            else
                print(number, run, record, methods);
        }
    } catch (...) {
        const Failure failure = currentFailure();
        std::fprintf(stderr, "%s\n", failure.sentence.toUtf8().constData());
        return exitStatus(failure);
    }
    return ExitDone;
}
