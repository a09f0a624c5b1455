// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/loras.h"

#include "app/exitstatus.h"
#include "app/progress.h"
#include "app/settings.h"
#include "core/loracard.h"
#include "core/models.h"

#include <filesystem>
#include <map>

namespace fs = std::filesystem;

void readLoras(std::vector<Lora>& loras, const ModelCard& model, Progress& progress)
{
    for (Lora& lora : loras) {
        const LoraCard card = describeLora(lora.file, model.path);
        if (!card.problem.empty())
            throw CommandError(ExitInputRefused, card.problem);
        for (const Sentence& note : card.notes)
            progress.note(card.name + ": " + english(note));
        lora.file = fs::absolute(lora.file).string();
        lora.sha256 = fileHash(lora.file, Settings::cacheFolder().toStdString());
    }
}

QStringList findLoras(std::vector<Lora>& loras, const QStringList& given)
{
    QStringList missing;
    std::map<std::string, std::string> files; // by hash
    const auto hash = [](const QString& path) {
        try {
            return fileHash(path.toStdString(), Settings::cacheFolder().toStdString());
        } catch (const std::exception&) {
            return std::string(); // not readable now, so it cannot be the one
        }
    };
    if (!loras.empty())
        for (const QString& path : given + Settings().recentLoras())
            files.try_emplace(hash(path), path.toStdString());
    for (Lora& lora : loras) {
        const auto found = files.find(lora.sha256);
        const std::string name =
            lora.file.empty() ? "SHA-256 " + lora.sha256.substr(0, 10) + "..." : lora.file;
        if (found == files.end())
            missing.append(QString::fromStdString(name));
        lora.file = found == files.end() ? std::string() : found->second;
    }
    return missing;
}

void findLorasOrThrow(std::vector<Lora>& loras, const std::vector<std::string>& given)
{
    QStringList paths;
    for (const std::string& path : given)
        paths.append(QString::fromStdString(path));
    const QStringList missing = findLoras(loras, paths);
    if (!missing.isEmpty())
        throw CommandError(
            ExitModelMissing,
            "The picture was made with the LoRA %1, which is not among the known ones: give it "
            "with "
            "--lora FILE.",
            missing.front().toStdString());
}
