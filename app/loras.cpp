// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/loras.h"

#include "app/checkpointhelper.h"
#include "app/convertedfile.h"
#include "app/engine.h"
#include "app/exitstatus.h"
#include "app/progress.h"
#include "app/settings.h"
#include "app/translated.h"
#include "core/branch.h"
#include "core/loracard.h"
#include "core/models.h"

#include <charconv>
#include <cmath>
#include <filesystem>
#include <map>

namespace fs = std::filesystem;

Lora parseLora(const std::string& text)
{
    std::error_code ignored;
    const auto colon = text.rfind(':');
    const std::string file = text.substr(0, colon);
    if (colon == text.npos || fs::exists(text, ignored))
        return {.file = text};
    double weight = 0;
    const char* end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data() + colon + 1, end, weight);
    const bool counts =
        error == std::errc() && stopped == end && std::abs(weight) <= mostLoraWeight;
    if (counts && !file.empty())
        return {.file = file, .weight = weight};
    if (!fs::exists(file, ignored))
        return {.file = text};
    throw Error(
        "--lora cannot be \"%1\": write it as FILE[:WEIGHT]. A weight is a number from %2 to %3.",
        text, -mostLoraWeight, mostLoraWeight);
}

LoraCard describeChosenLora(const std::string& file, const fs::path& model)
{
    LoraCard card {.path = file, .name = fs::path(file).filename().string()};
    try {
        if (!CheckpointHelper::isCheckpoint(QString::fromStdString(file)) || !fs::exists(file))
            return describeLora(file, model);
        const LoraCard found = describeLora(convertedCheckpoint(file, {}), model);
        card.layers = found.layers;
        card.notes = found.notes;
        card.triggers = found.triggers;
        card.problem = namedAsChosen(translated(found.problem)).toStdString();
    } catch (...) {
        card.problem = currentFailure().sentence.toStdString();
    }
    return card;
}

void readLoras(std::vector<Lora>& loras, const ModelCard& model, Progress& progress)
{
    for (Lora& lora : loras) {
        const LoraCard card = describeChosenLora(lora.file, model.path);
        if (!card.problem.empty())
            throw CommandError(ExitInputRefused, card.problem);
        for (const Sentence& note : card.notes)
            progress.note({"%1: %2", card.name, note});
        lora.file = fs::absolute(lora.file).string();
        lora.sha256 = fileHash(lora.file, Settings::cacheFolder().toStdString());
    }
}

bool isPlaced(const Lora& lora)
{
    return fs::path(lora.file).is_absolute();
}

QString loraName(const Lora& lora)
{
    return QString::fromStdString(
        lora.file.empty() ? "SHA-256 " + lora.sha256.substr(0, 10) + "..."
                          : fs::path(lora.file).filename().string());
}

QStringList findLoras(Request& request, const QStringList& given)
{
    QStringList missing;
    if (request.loras.empty())
        return missing;
    std::map<std::string, std::string> files; // by hash
    for (const QString& path : given + Settings().recentLoras())
        try {
            files.try_emplace(
                fileHash(path.toStdString(), Settings::cacheFolder().toStdString()),
                path.toStdString());
        } catch (const std::exception&) {
            continue; // not readable now, so it cannot be the one
        }
    std::vector<Lora> loras = request.loras;
    for (Lora& lora : loras) {
        const auto found = files.find(lora.sha256);
        if (found == files.end())
            missing.append(loraName(lora));
        else
            lora.file = found->second;
    }
    request = changedWithAncestors(request, [&](Request& each) { each.loras = loras; });
    return missing;
}

void findLorasOrThrow(Request& request, const std::vector<std::string>& given)
{
    QStringList paths;
    for (const std::string& path : given)
        paths.append(QString::fromStdString(path));
    const QStringList missing = findLoras(request, paths);
    if (!missing.isEmpty())
        throw CommandError(
            ExitModelMissing,
            "The picture was made with the LoRA %1, which is not among the known ones: give it "
            "with --lora FILE.",
            missing.front().toStdString());
}
