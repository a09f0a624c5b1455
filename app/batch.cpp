// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/batch.h"

#include "app/delivery.h"
#include "app/settings.h"
#include "core/branch.h"
#include "core/errors.h"
#include "core/file/files.h"
#include "core/models.h"

#include <QFileInfo>

#include <algorithm>
#include <cctype>
#include <set>

namespace fs = std::filesystem;

namespace {

constexpr uint64_t largestBatch = uint64_t(1) << 30;

bool isPicture(const fs::path& file)
{
    static const std::set<std::string> endings = {".png", ".jpg",  ".jpeg", ".webp", ".bmp",
                                                  ".tif", ".tiff", ".gif",  ".avif"};
    std::string ending = file.extension().string();
    std::ranges::transform(ending, ending.begin(), [](unsigned char c) { return std::tolower(c); });
    return endings.contains(ending);
}

std::string textOf(const Value& value)
{
    const auto* text = std::get_if<std::string>(&value);
    return text ? *text : std::string();
}

/// The name of a result before others count; @p whole: with the end of its picture's name.
std::string nameOf(
    const BatchItem& item, const Parameter* prompt, const NameFields& common, const QString& text,
    bool whole)
{
    if (!item.name.empty())
        return item.name;
    NameFields fields = common;
    if (!item.picture.empty())
        fields.picture = QString::fromStdString(item.picture);
    if (whole) // what is behind the last point goes
        fields.picture += QLatin1Char('.');
    const auto own = prompt ? item.values.find(prompt->id) : item.values.end();
    if (own != item.values.end())
        fields.prompt = QString::fromStdString(textOf(own->second));
    fields.seed = item.seed.value_or(fields.seed);
    if (text == usualBatchName() && !fields.picture.isEmpty())
        return QFileInfo(fields.picture).completeBaseName().toStdString();
    return expandName(text, fields).toStdString();
}

/// All values as a record says them: of files the names alone.
Values recorded(const Prepared& wanted, const Method& method)
{
    Record said {.resolved = wanted.values, .version = PROGRAM_VERSION};
    said.request.method = method.id;
    return parseRecord(toJsonText(said, method, {})).resolved;
}

/// By the first picture of each slot: of the others a record does not tell without all pixels.
bool samePictures(const Record& record, const Pictures& wanted)
{
    std::map<std::string, std::string> hashes;
    for (const auto& [slot, inputs] : wanted)
        if (!inputs.empty())
            hashes[slot] = pixelHash(inputs.front().image);
    return record.inputHashes == hashes;
}

bool sameModel(const Record& record, const ModelCard& card)
{
    return record.modelHash.empty()
        || record.modelHash == modelHash(card, Settings::cacheFolder().toStdString());
}

/// Whether a file was made so; nothing: it does not say.
std::optional<bool> wasMadeSo(const fs::path& file, const Prepared& wanted, const Method& method)
{
    std::optional<Record> record;
    try {
        const auto noPixels = [](const auto&...) { return false; };
        record = readRecord(readFile(file, largestBatch), noPixels);
    } catch (const Error&) {
        return false; // it is damaged, so it is not what is wanted
    }
    if (!record)
        return {};
    addUnrecorded(method, record->request, record->resolved);
    const Request& request = wanted.request;
    return record->request.method == request.method && record->resolved == recorded(wanted, method)
        && record->request.seed == request.seed && record->request.touches == request.touches
        && loraKey(record->request.loras) == loraKey(request.loras)
        && samePictures(*record, request.images) && sameModel(*record, wanted.card);
}

} // namespace

Batch readBatch(const Method& method, const fs::path& from)
{
    std::error_code ignored;
    if (fs::is_directory(from, ignored))
        return folderBatch(method, from);
    if (!fs::exists(from, ignored))
        throw Error("There is neither a folder nor a table %1.", from.string());
    return tableBatch(method, from);
}

Batch folderBatch(const Method& method, const fs::path& folder)
{
    const Slot* main = mainSlot(method);
    if (!main)
        throw Error(
            "%1 works on no picture that others could take the place of.", inWords(method.name));
    std::error_code problem;
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder, problem)) {
        std::error_code ignored;
        if (entry.is_regular_file(ignored) && isPicture(entry.path()))
            files.push_back(entry.path());
    }
    if (problem)
        throw Error("The folder %1 cannot be read.", folder.string());
    if (files.empty())
        throw Error("There are no pictures in %1.", folder.string());
    std::ranges::sort(files);
    Batch batch {.slots = {main->id}};
    for (const fs::path& file : files)
        batch.items.push_back(
            {.picture = file.filename().string(),
             .pictures = {{main->id, {.file = file.string()}}}});
    return batch;
}

QString usualBatchName()
{
    return QStringLiteral("{picture}");
}

std::vector<NameField> batchNameFields()
{
    // The others are of a run that was made.
    static const QStringList later = {
        QStringLiteral("{run}"), QStringLiteral("{candidate}"), QStringLiteral("{step}"),
        QStringLiteral("{date}"), QStringLiteral("{time}")};
    std::vector<NameField> fields = nameFields();
    std::erase_if(fields, [](const NameField& field) { return later.contains(field.field); });
    return fields;
}

void checkBatchName(const QString& text)
{
    if (text.trimmed().isEmpty())
        throw ValueError("The results need a name, such as %1.", usualBatchName().toStdString());
    QString rest = text;
    std::string known;
    for (const NameField& field : batchNameFields()) {
        rest.remove(field.field);
        known += (known.empty() ? "" : ", ") + field.field.toStdString();
    }
    const qsizetype open = rest.indexOf(QLatin1Char('{')), close = rest.indexOf(QLatin1Char('}'));
    if (open >= 0 && close > open)
        throw ValueError(
            "%1 is no field of the name of a result that is still to be made. There are: %2.",
            rest.mid(open, close - open + 1).toStdString(), known);
}

NameFields batchFields(
    const Method& method, const Request& request, const std::string& model,
    const std::string& picture)
{
    NameFields fields {
        .mode = QString::fromStdString(request.method),
        .picture = QString::fromStdString(picture),
        .model = QString::fromStdString(model),
        .seed = request.seed};
    const Parameter* prompt = parameter(method, Role::Prompt);
    if (!prompt)
        return fields;
    Value value = prompt->initial;
    for (const Preset& preset : method.presets)
        if (const auto own = preset.values.find(prompt->id);
            preset.id == request.preset && own != preset.values.end())
            value = own->second;
    if (const auto own = request.values.find(prompt->id); own != request.values.end())
        value = own->second;
    fields.prompt = QString::fromStdString(textOf(value));
    return fields;
}

void nameItems(
    std::vector<BatchItem>& items, const Method& method, const NameFields& common,
    const QString& text, const fs::path& folder)
{
    const Parameter* prompt = parameter(method, Role::Prompt);
    std::map<std::string, std::set<std::string>> wanted; // name -> pictures
    for (const BatchItem& item : items)
        wanted[nameOf(item, prompt, common, text, false)].insert(item.picture);
    std::set<std::string> taken;
    std::map<std::string, int> last; // name -> the number that was given last
    for (BatchItem& item : items) {
        std::string name = nameOf(item, prompt, common, text, false);
        if (wanted[name].size() > 1)
            name = nameOf(item, prompt, common, text, true);
        std::string own = name;
        for (int& number = last.try_emplace(name, 1).first->second; !taken.insert(own).second;)
            own = name + "-" + std::to_string(++number);
        item.out = folder / (own + ".png");
    }
}

bool anyFileThere(const BatchItem& item, const Method& method)
{
    const Parameter* count = parameter(method, Role::Candidates);
    const int most = count ? std::max(1, int(count->maximum)) : 1;
    std::error_code ignored;
    for (const int candidates : {1, most})
        for (const fs::path& file : candidateFiles(item.out, candidates))
            if (fs::exists(file, ignored))
                return true;
    return false;
}

std::vector<fs::path> missingFiles(
    const BatchItem& item, const Prepared& wanted, const Method& method, Embed embed)
{
    const Parameter* count = parameter(method, Role::Candidates);
    const int candidates = count ? std::get<int>(wanted.values.at(count->id)) : 1;
    std::vector<fs::path> missing;
    for (const fs::path& file : candidateFiles(item.out, candidates)) {
        std::error_code ignored;
        if (!fs::exists(file, ignored))
            missing.push_back(file);
        else if (!wasMadeSo(file, wanted, method).value_or(embed == Embed::None))
            throw Error(
                "%1 is there already and was not made so: choose another folder.",
                file.filename().string());
    }
    return missing;
}

void takeOwn(Request& request, const BatchItem& item)
{
    for (const auto& [id, value] : item.values)
        request.values[id] = value;
    request.seed = item.seed.value_or(request.seed);
}

std::string labelOf(const BatchItem& item)
{
    if (item.row == 0)
        return item.picture;
    return "row " + std::to_string(item.row) + (item.picture.empty() ? "" : ": " + item.picture);
}

int countOf(const std::vector<BatchItem>& items, BatchItem::State state)
{
    return int(std::ranges::count(items, state, &BatchItem::state));
}
