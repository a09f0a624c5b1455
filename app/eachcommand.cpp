// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/commandrun.h"
#include "app/commands.h"
#include "app/maker.h"
#include "app/settings.h"
#include "core/branch.h"
#include "core/file/base64.h"
#include "core/file/files.h"
#include "core/picture/imagefile.h"
#include "core/picture/resample.h"
#include "core/record.h"

#include <nlohmann/json.hpp>

#include <QUrl>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>
#include <set>

namespace fs = std::filesystem;

namespace {

constexpr uint64_t largestFile = uint64_t(1) << 30;
constexpr int thumbnailSide = 160;

/// A picture of the folder, and what is made of it.
struct Item
{
    fs::path picture = {}, out = {};
    enum { Waiting, Made, There, Failed } state = Waiting;
    std::string failure = {};
};

bool isPicture(const fs::path& file)
{
    static const std::set<std::string> endings = {".png", ".jpg",  ".jpeg", ".webp", ".bmp",
                                                  ".tif", ".tiff", ".gif",  ".avif"};
    std::string ending = file.extension().string();
    std::ranges::transform(ending, ending.begin(), [](unsigned char c) { return std::tolower(c); });
    return endings.contains(ending);
}

/// The pictures of the folder by name. Throws CommandError where there is none.
std::vector<Item> itemsIn(const fs::path& folder, const fs::path& out)
{
    std::error_code problem;
    if (!fs::is_directory(folder, problem))
        throw CommandError(ExitBadArguments, "There is no folder %1.", folder.string());
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder, problem)) {
        std::error_code ignored;
        if (entry.is_regular_file(ignored) && isPicture(entry.path()))
            files.push_back(entry.path());
    }
    if (problem)
        throw CommandError(ExitBadArguments, "The folder %1 cannot be read.", folder.string());
    if (files.empty())
        throw CommandError(ExitBadArguments, "There are no pictures in %1.", folder.string());
    std::ranges::sort(files);
    std::map<std::string, int> stems;
    for (const fs::path& file : files)
        ++stems[file.stem().string()];
    std::vector<Item> items;
    for (const fs::path& file : files) { // "a.png" of "a.jpg", unless there is an "a.webp" too
        const bool alone = stems[file.stem().string()] == 1;
        const std::string name = (alone ? file.stem() : file.filename()).string() + ".png";
        items.push_back({.picture = file, .out = out / name});
    }
    return items;
}

/// The command for one of them.
MakeCommand commandFor(const Method& method, const MakeCommand& each, const Item& item)
{
    MakeCommand command = each;
    command.each.clear();
    command.out = item.out.string();
    auto& pictures = command.pictures[mainSlot(method)->id];
    pictures.insert(pictures.begin(), {.file = item.picture.string()});
    return command;
}

/// The first picture that was made of one, of several candidates too; empty: there is none.
fs::path madeOf(const Item& item)
{
    std::error_code ignored;
    if (fs::exists(item.out, ignored))
        return item.out;
    const fs::path first = item.out.parent_path() / (item.out.stem().string() + "-1.png");
    return fs::exists(first, ignored) ? first : fs::path();
}

/// Throws CommandError where what lies there was not made as is wanted: nothing is overwritten.
void checkMade(const fs::path& file, const Prepared& wanted, const Method& method)
{
    std::optional<Record> record;
    try {
        record = readRecord(readFile(file, largestFile));
    } catch (const Error&) {
        // It is damaged, so it is not what is wanted.
    }
    if (record)
        addUnrecorded(method, record->request, record->resolved);
    const Request& request = wanted.request;
    const bool same = record && record->resolved == wanted.values
        && record->request.seed == request.seed && record->request.method == request.method
        && record->request.touches == request.touches
        && loraKey(record->request.loras) == loraKey(request.loras);
    if (!same)
        throw CommandError(
            ExitFailed, "%1 is there already and was not made so: choose another folder.",
            file.string());
}

/// A small picture that stands in the page itself; empty where it cannot be read.
std::string thumbnail(const fs::path& file)
{
    try {
        const Image image = loadImage(file, Settings().imageLimits()).image;
        const double scale =
            std::min(1., double(thumbnailSide) / std::max(image.width, image.height));
        const auto side = [&](int pixels) { return std::max(1, int(pixels * scale)); };
        const auto png =
            encodePng(resize(image, side(image.width), side(image.height), Filter::Bicubic));
        return "data:image/png;base64," + toBase64(png);
    } catch (const std::exception&) {
        return {};
    }
}

std::string escaped(const std::string& text)
{
    return QString::fromStdString(text).toHtmlEscaped().toStdString();
}

/// A page with each picture beside what was made of it, and what failed.
std::string sheetOf(const Method& method, const std::vector<Item>& items)
{
    std::string html =
        "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>Simile</title>\n<style>"
        "body{font-family:sans-serif;margin:2em;background:#f4f4f5;color:#222}"
        "main{display:flex;flex-wrap:wrap;gap:1em}"
        "figure{margin:0;padding:.6em;background:#fff;border-radius:6px}"
        "img{width:160px;height:160px;object-fit:contain;vertical-align:top}"
        "figcaption{font-size:.8em;padding-top:.4em;max-width:330px;overflow-wrap:anywhere}"
        ".failed{color:#a00}</style></head>\n<body><h1>"
        + escaped(method.name) + "</h1>\n<main>\n";
    for (const Item& item : items) {
        html += "<figure><img src=\"" + thumbnail(item.picture) + "\" alt=\"\">";
        if (item.state == Item::Made || item.state == Item::There) {
            const std::string first = madeOf(item).filename().string();
            const std::string link =
                QString::fromUtf8(QUrl::toPercentEncoding(QString::fromStdString(first)))
                    .toStdString();
            html += " <a href=\"" + link + "\"><img src=\"" + link + "\" alt=\"\"></a>";
        }
        html += "<figcaption" + std::string(item.state == Item::Failed ? " class=\"failed\"" : "")
            + ">" + escaped(item.picture.filename().string())
            + (item.failure.empty() ? "" : ": " + escaped(item.failure))
            + "</figcaption></figure>\n";
    }
    return html + "</main></body></html>\n";
}

void writeSheet(const Method& method, const fs::path& out, const std::vector<Item>& items)
{
    const std::string page = sheetOf(method, items);
    writeFileAtomically(out / "index.html", std::as_bytes(std::span(page)));
}

int countOf(const std::vector<Item>& items, int state)
{
    return int(std::ranges::count_if(items, [&](const Item& item) { return item.state == state; }));
}

/// What the list would be, one a line.
int list(const MakeCommand& command, const std::vector<Item>& items)
{
    for (const Item& item : items)
        if (command.json)
            std::printf(
                "%s\n",
                nlohmann::json {{"file", item.picture.string()}, {"out", item.out.string()}}
                    .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)
                    .c_str());
        else
            std::printf("%s -> %s\n", item.picture.c_str(), item.out.c_str());
    return ExitDone;
}

void say(const MakeCommand& command, const std::vector<Item>& items)
{
    const int made = countOf(items, Item::Made), there = countOf(items, Item::There),
              failed = countOf(items, Item::Failed);
    if (!command.json) {
        std::printf("%d made, %d there already, %d failed\n", made, there, failed);
        for (const Item& item : items)
            if (item.state == Item::Failed)
                std::printf("failed: %s\n", item.picture.c_str());
        return;
    }
    auto failures = nlohmann::json::array();
    for (const Item& item : items)
        if (item.state == Item::Failed)
            failures.push_back({{"file", item.picture.string()}, {"error", item.failure}});
    const nlohmann::json object {{"made", made}, {"there", there}, {"failed", failures}};
    std::printf(
        "%s\n", object.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace).c_str());
}

/// Makes one; what is wrong with that one alone is kept for the list. Throws what would be wrong
/// with all of them.
void makeOne(
    Maker& maker, const Method& method, const MakeCommand& each, Item& item, Progress& progress)
{
    const MakeCommand command = commandFor(method, each, item);
    try {
        if (const fs::path made = madeOf(item); !made.empty()) {
            checkMade(made, maker.prepared(method, command, progress), method);
            item.state = Item::There;
            return;
        }
        const int status = maker.make(method, command, progress);
        item.state = status == ExitDone ? Item::Made : Item::Failed;
        if (status == ExitOutOfMemory) // so would be the next ones
            throw CommandError(ExitOutOfMemory, "It stops here.");
        if (status != ExitDone)
            item.failure = maker.failure().sentence.toStdString();
    } catch (const CommandError& error) {
        if (error.status != ExitInputRefused && error.status != ExitFailed)
            throw;
        item.state = Item::Failed;
        item.failure = error.what();
        progress.note(item.picture.filename().string() + ": " + item.failure);
    }
}

int makeEachOrThrow(
    const Method& method, const MakeCommand& command, const MethodList& methods, Progress& progress)
{
    const fs::path out = command.out;
    std::vector<Item> items = itemsIn(command.each, out);
    if (command.dry)
        return list(command, items);
    std::error_code problem;
    fs::create_directories(out, problem);
    if (!fs::is_directory(out, problem))
        throw CommandError(ExitBadArguments, "The folder %1 cannot be made.", out.string());
    Maker maker(methods);
    for (std::size_t i = 0; i < items.size() && !maker.stopped(); ++i) {
        progress.note(
            std::to_string(i + 1) + " of " + std::to_string(items.size()) + ": "
            + items[i].picture.filename().string());
        try {
            makeOne(maker, method, command, items[i], progress);
        } catch (const CommandError&) {
            writeSheet(method, out, items);
            throw;
        }
    }
    writeSheet(method, out, items);
    say(command, items);
    return countOf(items, Item::Failed) == 0 ? ExitDone : ExitFailed;
}

} // namespace

int makeEach(const Method& method, const MakeCommand& command, const MethodList& methods)
{
    Progress progress(command.json);
    return statusOf(progress, [&] { return makeEachOrThrow(method, command, methods, progress); });
}
