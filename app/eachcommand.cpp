// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/batch.h"
#include "app/batchsheet.h"
#include "app/commandrun.h"
#include "app/commands.h"
#include "app/commandwords.h"
#include "app/delivery.h"
#include "app/maker.h"
#include "app/settings.h"
#include "core/models.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <filesystem>

namespace fs = std::filesystem;

namespace {

void printJson(const nlohmann::json& object)
{
    std::printf(
        "%s\n", object.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace).c_str());
}

/// What @p ask gives; what is wrong with it decides how the program ends.
template<typename Ask>
auto asked(ExitStatus otherwise, const Ask& ask)
{
    try {
        return ask();
    } catch (const Error& error) {
        throw CommandError(otherwise, error.sentence());
    }
}

/// The picture of an item as it was given; of a row without one its number.
std::string fileOf(const BatchItem& item, const Method& method)
{
    const auto found = item.pictures.find(mainSlot(method)->id);
    return found == item.pictures.end() ? labelOf(item) : found->second.file;
}

/// A picture that nobody gives, neither the table nor the command, is missing in all of them.
void checkSlots(const Method& method, const MakeCommand& command, const Batch& batch)
{
    for (const Slot& slot : method.slots) {
        const bool column = std::ranges::count(batch.slots, slot.id) > 0;
        if (column && command.pictures.contains(slot.id) && !slot.several)
            throw CommandError(
                ExitBadArguments, "%1 is a column of the table: give it there or with the command.",
                inWords(slot.label));
        if (slot.needed && slot.unless.empty() && !column && !command.pictures.contains(slot.id))
            throw CommandError(
                ExitBadArguments, "The table has no column \"%1\", and no picture for %2 is given.",
                slot.id, inWords(slot.label));
    }
}

/// All that is to be made, each with its file.
std::vector<BatchItem> itemsOf(const Method& method, const MakeCommand& command)
{
    Batch batch = asked(ExitBadArguments, [&] { return readBatch(method, command.each); });
    checkSlots(method, command, batch);
    const Slot* main = mainSlot(method);
    const auto given = command.pictures.find(main->id);
    const std::string picture = given == command.pictures.end()
        ? std::string()
        : fs::path(given->second.front().file).filename().string();
    const QString name =
        command.name.empty() ? usualBatchName() : QString::fromStdString(command.name);
    asked(ExitBadArguments, [&] { checkBatchName(name); });
    const fs::path model = modelPath(command.request);
    std::error_code ignored;
    const std::string modelName =
        name.contains(QLatin1String("{model}")) && fs::exists(model, ignored)
        ? describeModel(model).name
        : std::string();
    nameItems(
        batch.items, method, batchFields(method, command.request, modelName, picture), name,
        command.out);
    return std::move(batch.items);
}

/// The command for one of them.
MakeCommand commandFor(const MakeCommand& each, const BatchItem& item)
{
    MakeCommand command = each;
    command.each.clear();
    command.out = item.out.string();
    command.keepsOld = true;
    for (const auto& [slot, picture] : item.pictures) {
        auto& pictures = command.pictures[slot];
        pictures.insert(pictures.begin(), picture);
    }
    takeOwn(command.request, item);
    return command;
}

/// What the list would be, one a line; rows that do not fit are failures.
int list(const Method& method, const MakeCommand& command, const std::vector<BatchItem>& items)
{
    for (const BatchItem& item : items) {
        const bool failed = item.state == BatchItem::Failed;
        const bool there = !failed && anyFileThere(item, method);
        const std::string file = fileOf(item, method);
        if (command.json) {
            nlohmann::json object {{"file", file}, {"out", item.out.string()}, {"there", there}};
            if (item.row > 0)
                object["row"] = item.row;
            if (failed)
                object["error"] = english(item.failure);
            printJson(object);
        } else if (failed) {
            print(Sentence("failed: %1", item.failure));
        } else {
            const std::string known = there ? " " + words("(is there)") : std::string();
            std::printf("%s -> %s%s\n", file.c_str(), item.out.c_str(), known.c_str());
        }
    }
    return countOf(items, BatchItem::Failed) == 0 ? ExitDone : ExitFailed;
}

void say(const Method& method, const MakeCommand& command, const std::vector<BatchItem>& items)
{
    const int made = countOf(items, BatchItem::Made), there = countOf(items, BatchItem::There),
              failed = countOf(items, BatchItem::Failed);
    if (!command.json) {
        print(Sentence("%1 made, %2 there already, %3 failed", made, there, failed));
        for (const BatchItem& item : items)
            if (item.state == BatchItem::Failed)
                print(Sentence("failed: %1: %2", fileOf(item, method), item.failure));
        return;
    }
    auto failures = nlohmann::json::array();
    for (const BatchItem& item : items)
        if (item.state == BatchItem::Failed)
            failures.push_back({{"file", fileOf(item, method)}, {"error", english(item.failure)}});
    printJson({{"made", made}, {"there", there}, {"failed", failures}});
}

/// The folder of the results takes nothing: the next ones would be made in vain.
struct FolderFailed : CommandError
{
    using CommandError::CommandError;
};

/// Throws FolderFailed.
void checkFolder(const fs::path& folder)
{
    std::error_code ignored;
    if (!fs::is_directory(folder, ignored))
        throw FolderFailed(
            ExitFailed,
            "The folder %1 is not there any more: bring it back and give the command again. What "
            "is made is not made again.",
            folder.string());
    try {
        constexpr uint64_t small = 1 << 20; // of a picture
        tryOutput(folder / ".simile-trial", small);
    } catch (const CommandError& error) {
        throw FolderFailed(error.status, error.sentence());
    }
}

/// Makes one; what is wrong with that one alone is kept for the list. Throws what would be wrong
/// with all of them.
void makeOne(
    Maker& maker, const Method& method, const MakeCommand& each, BatchItem& item,
    Progress& progress)
{
    MakeCommand command = commandFor(each, item);
    const auto fail = [&](const Sentence& why) {
        item.state = BatchItem::Failed;
        item.failure = why;
        progress.note({"%1: %2", labelOf(item), why});
    };
    try {
        if (anyFileThere(item, method)) {
            const Prepared wanted = maker.prepared(method, command, progress);
            const auto missing = asked(
                ExitFailed, [&] { return missingFiles(item, wanted, method, command.embed); });
            if (missing.empty()) {
                item.state = BatchItem::There;
                return;
            }
            for (const fs::path& file : missing)
                command.files.push_back(file.string());
        }
        const int status = maker.make(method, command, progress);
        item.state = status == ExitDone ? BatchItem::Made : BatchItem::Failed;
        if (status == ExitOutOfMemory) // so would be the next ones
            throw CommandError(ExitOutOfMemory, "It stops here.");
        if (status != ExitDone)
            item.failure = maker.failure().sentence.toStdString();
        if (const Written& kept = maker.elsewhere(); !kept.file.empty()) {
            item.failure = kept.why;
            if (!kept.taken) // nor could the next ones be written
                throw FolderFailed(
                    ExitFailed,
                    "It stops here: mend that and give the command again. What is made is not made "
                    "again.");
        }
    } catch (const FolderFailed&) {
        throw;
    } catch (const CommandError& error) {
        if (error.status != ExitInputRefused && error.status != ExitFailed)
            throw;
        if (error.status == ExitFailed)
            checkFolder(each.out);
        fail(error.sentence());
    } catch (const ValueError& error) {
        if (item.row == 0) // what all have in common
            throw;
        fail(error.sentence());
    }
}

/// Makes those that wait, one after the other; the page is there from time to time.
class EachMaking
{
public:
    EachMaking(const Method& method, const MakeCommand& command, std::vector<BatchItem>& items)
        : m_method(method)
        , m_command(command)
        , m_items(items)
    {
    }

    void all(Maker& maker, Progress& progress)
    {
        int made = 0;
        for (std::size_t i = 0; i < m_items.size() && !maker.stopped(); ++i) {
            BatchItem& item = m_items[i];
            progress.note({"%1 of %2: %3", i + 1, m_items.size(), labelOf(item)});
            if (item.refused) {
                progress.note(item.failure);
                continue;
            }
            try {
                makeOne(maker, m_method, m_command, item, progress);
            } catch (...) {
                sheet(progress);
                throw;
            }
            made += item.state == BatchItem::Made;
            if (item.state == BatchItem::Made && made % sheetInterval(m_items.size()) == 0)
                sheet(progress);
        }
        sheet(progress);
    }

private:
    /// The page is for looking at: without it the pictures are made all the same.
    void sheet(Progress& progress)
    {
        try {
            addThumbnails(m_items, m_method, Settings().imageLimits());
            writeSheet(m_method, m_command.out, m_items);
        } catch (...) {
            if (!std::exchange(m_told, true))
                progress.note({currentFailure().sentence.toStdString()});
        }
    }

    const Method& m_method;
    const MakeCommand& m_command;
    std::vector<BatchItem>& m_items;
    bool m_told = false;
};

int makeEachOrThrow(
    const Method& method, const MakeCommand& command, const MethodList& methods, Progress& progress)
{
    const fs::path out = command.out;
    std::vector<BatchItem> items = itemsOf(method, command);
    if (command.dry)
        return list(method, command, items);
    std::error_code problem;
    fs::create_directories(out, problem);
    if (!fs::is_directory(out, problem))
        throw CommandError(ExitBadArguments, "The folder %1 cannot be made.", out.string());
    Maker maker(methods);
    EachMaking(method, command, items).all(maker, progress);
    say(method, command, items);
    return countOf(items, BatchItem::Failed) == 0 ? ExitDone : ExitFailed;
}

} // namespace

int makeEach(const Method& method, const MakeCommand& command, const MethodList& methods)
{
    Progress progress(command.json);
    return statusOf(progress, [&] { return makeEachOrThrow(method, command, methods, progress); });
}
