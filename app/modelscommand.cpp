// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/checkpointhelper.h"
#include "app/commands.h"
#include "app/commandwords.h"
#include "app/convertedfile.h"
#include "app/engine.h"
#include "app/methodlist.h"
#include "app/settings.h"
#include "app/translated.h"
#include "core/convert.h"
#include "core/file/resources.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <filesystem>

namespace fs = std::filesystem;

namespace {

std::vector<fs::path> knownModels()
{
    std::vector<fs::path> paths {defaultModel()};
    const Settings settings;
    for (const QString& path : settings.recentModels())
        paths.emplace_back(path.toStdString());
    return paths;
}

bool looksLikeModel(const fs::directory_entry& entry)
{
    std::error_code ignored;
    return entry.is_directory(ignored)
        ? fs::exists(entry.path() / "model_index.json", ignored)
        : entry.path().extension() == ".safetensors" || hasPickleName(entry.path());
}

/// The model itself, or those in a folder that is none.
std::vector<fs::path> modelsAt(const fs::path& path)
{
    std::error_code failure;
    if (!fs::is_directory(path, failure) || looksLikeModel(fs::directory_entry(path)))
        return {path};
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(path, failure))
        if (looksLikeModel(entry))
            found.push_back(entry.path());
    std::ranges::sort(found);
    return found.empty() ? std::vector {path} : found;
}

/// What is said of a model.
struct Finding
{
    ModelCard card = {};
    std::vector<std::string> serves = {}; ///< methods
    std::string hash = {}, problem = {};
    bool loads = false;
};

Finding examine(const fs::path& path, const MethodList& methods, bool check)
{
    Finding finding {.card = {.path = path, .name = path.filename().string()}};
    try {
        const QString file = QString::fromStdString(path.string());
        finding.card = describeModel(
            CheckpointHelper::isCheckpoint(file) ? convertedCheckpoint(path, {}) : path);
        finding.problem = namedAsChosen(translated(finding.card.problem)).toStdString();
        for (const Method& method : methods.methods())
            if (finding.problem.empty() && !method.isTool()
                && (!method.refuses || method.refuses(finding.card).empty()))
                finding.serves.push_back(method.id);
        if (check && finding.problem.empty()) {
            Models().stableDiffusion(finding.card.path.string(), "cpu", "auto");
            finding.loads = true;
            finding.hash = modelHash(finding.card, Settings::cacheFolder().toStdString());
        }
    } catch (...) {
        finding.problem = currentFailure().sentence.toStdString();
    }
    // Of a checkpoint what was chosen is told, not what was made of it.
    finding.card.path = path;
    finding.card.name = (path.has_filename() ? path : path.parent_path()).filename().string();
    return finding;
}

void tell(const Finding& finding, bool check)
{
    const ModelCard& card = finding.card;
    std::printf("%s\n  %s\n", card.name.c_str(), card.path.c_str());
    if (!card.kind.empty())
        std::printf("  %s\n", card.kind.c_str());
    if (card.problem.empty()) // of anything else neither is known
        print(Sentence(
            "  %1 MB, made for %2 pixels",
            QString::number(double(card.bytes) / 1e6, 'f', 1).toStdString(), card.size));
    for (const Sentence& note : card.notes)
        std::printf("  %s\n", words(note).c_str());
    if (!finding.problem.empty())
        print(Sentence("  It cannot be used: %1", finding.problem));
    for (const std::string& method : finding.serves)
        print(Sentence("  serves %1", method));
    if (check && finding.loads)
        print(Sentence("  loads; SHA-256 %1", finding.hash));
}

void printJson(const Finding& finding, bool check)
{
    const ModelCard& card = finding.card;
    nlohmann::json object {{"name", card.name},        {"path", card.path.string()},
                           {"kind", card.kind},        {"bytes", card.bytes},
                           {"size", card.size},        {"notes", english(card.notes)},
                           {"serves", finding.serves}, {"problem", finding.problem}};
    if (check) {
        object["loads"] = finding.loads;
        object["sha256"] = finding.hash;
    }
    const auto text = object.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    std::printf("%s\n", text.c_str());
}

} // namespace

int describeModels(const MethodList& methods, const ModelsCommand& command)
{
    if (command.found)
        return describeFound(methods, command);
    int status = ExitDone;
    try {
        std::vector<fs::path> paths;
        for (const std::string& given : command.paths)
            std::ranges::copy(modelsAt(given), std::back_inserter(paths));
        for (const fs::path& path : command.paths.empty() ? knownModels() : paths) {
            std::error_code ignored;
            const Finding finding = examine(path, methods, command.check);
            command.json ? printJson(finding, command.check) : tell(finding, command.check);
            if (!fs::exists(path, ignored))
                status = ExitModelMissing;
            else if (command.check && !finding.loads && status == ExitDone)
                status = ExitInputRefused;
        }
    } catch (...) {
        const Failure failure = currentFailure();
        std::fprintf(stderr, "%s\n", failure.sentence.toUtf8().constData());
        return exitStatus(failure);
    }
    return status;
}
