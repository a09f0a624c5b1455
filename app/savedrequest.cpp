// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/savedrequest.h"

#include "app/exitstatus.h"
#include "app/methodlist.h"
#include "app/runrecord.h"
#include "app/settings.h"
#include "core/branch.h"
#include "core/file/files.h"

#include <filesystem>

namespace fs = std::filesystem;

namespace {

constexpr uint64_t largestRequest = uint64_t(1) << 30;

Record recordIn(const std::string& file)
{
    try {
        auto record = readRecord(readFile(file, largestRequest));
        if (!record)
            throw Error(
                "%1 does not tell how it was made: give a PNG that this program saved.",
                fs::path(file).filename().string());
        return std::move(*record);
    } catch (const Error& error) {
        throw CommandError(ExitInputRefused, error.sentence());
    }
}

} // namespace

SavedRequest savedRequest(const std::string& file, const MethodList& methods)
{
    const std::string name = fs::path(file).filename().string();
    SavedRequest saved {.record = recordIn(file)};
    saved.method = methods.find(saved.record.request.method);
    if (!saved.method)
        throw CommandError(
            ExitInputRefused, "%1 was made by the method \"%2\", which is not there.", name,
            saved.record.request.method);
    addUnrecorded(*saved.method, saved.record.request, saved.record.resolved);
    saved.request = saved.record.request;
    for (const Sentence& each : missing(*saved.method, saved.request))
        throw CommandError(
            ExitInputRefused,
            "%1 was saved without what it was made of (%2), so that it cannot be run again: save "
            "it "
            "with --embed full.",
            name, each);
    return saved;
}

void leaveOut(SavedRequest& saved, const std::vector<std::string>& parts)
{
    const auto& without = saved.method->without;
    for (const std::string& part : parts) {
        const auto found = without.find(part);
        if (found == without.end()) {
            std::string names;
            for (const auto& [name, values] : without)
                names += (names.empty() ? "" : ", ") + name;
            throw CommandError(
                ExitBadArguments,
                names.empty() ? "%1 has no parts that can be left out."
                              : "%1 has no part \"%2\" that can be left out. There are: %3.",
                saved.method->name, part, names);
        }
        for (const auto& [id, value] : found->second)
            saved.request.values[id] = value;
    }
}

void chooseModel(SavedRequest& saved, const std::string& path)
{
    saved.request.model = path;
    if (!path.empty() || saved.record.modelHash.empty())
        return;
    const auto found =
        modelOfHash(QStringList {QString()} + Settings().recentModels(), saved.record.modelHash);
    if (!found)
        throw CommandError(
            ExitModelMissing,
            "The picture was made with the model %1, which is not among the known ones: give it "
            "with --model.",
            saved.record.model);
    saved.request.model = found->toStdString();
}
