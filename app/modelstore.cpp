// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/modelstore.h"

#include "app/settings.h"
#include "core/errors.h"
#include "core/file/files.h"
#include "core/file/json.h"
#include "core/file/resources.h"
#include "core/models.h"

#include <QSettings>

#include <algorithm>

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

const QString folderKey = QStringLiteral("models/folder");
constexpr std::size_t mostChecked = 500;

fs::path checkedList()
{
    return Settings::stateFolder() / "checked.json";
}

json readChecked()
{
    try {
        json list = readJson(checkedList(), 1 << 20);
        return list.is_object() ? list : json::object();
    } catch (const Error&) { // there is none, or a damaged one
        return json::object();
    }
}

/// The folder for a file that nobody lists, by what its headers say.
std::string folderFor(const fs::path& file)
{
    if (file.extension() != ".safetensors")
        return "checkpoints";
    const ModelCard card = describeModel(file);
    const auto is = [&](const char* kind) { return card.kind.find(kind) != std::string::npos; };
    if (is("ControlNet"))
        return "controlnet";
    if (is("LoRA"))
        return "loras";
    return card.channels > 0 || card.problem.empty() ? "checkpoints" : "others";
}

} // namespace

fs::path modelsFolder()
{
    const fs::path chosen = QSettings().value(folderKey).toString().toStdString();
    return chosen.is_absolute() ? chosen : userFolder();
}

void setModelsFolder(const fs::path& folder)
{
    QSettings().setValue(folderKey, QString::fromStdString(folder.string()));
}

std::vector<std::string> movableFolders(const Catalogue& catalogue)
{
    std::vector<std::string> all {"others"};
    for (const CatalogueEntry& entry : catalogue.entries)
        if (!entry.fixed && std::ranges::find(all, entry.folder) == all.end())
            all.push_back(entry.folder);
    return all;
}

fs::path placeOf(const CatalogueEntry& entry)
{
    return (entry.fixed ? userFolder() : modelsFolder()) / entry.folder / entry.name;
}

fs::path fetchedFile(const CatalogueEntry& entry)
{
    const fs::path place = placeOf(entry);
    std::error_code none;
    const auto size = fs::is_regular_file(place, none) ? fs::file_size(place, none) : 0;
    const bool whole = entry.exactBytes() == 0 ? size > 0 : size == entry.exactBytes();
    return whole ? place : fs::path();
}

fs::path fetchedFile(const std::string& id)
{
    static const Catalogue catalogue = readCatalogue();
    const CatalogueEntry* entry = catalogue.entry(id);
    return entry ? fetchedFile(*entry) : fs::path();
}

FetchSource sourceOf(const CatalogueEntry& entry)
{
    return {
        .id = entry.id,
        .at = {.repository = entry.repository, .revision = entry.revision, .file = entry.file},
        .target = placeOf(entry),
        .sha256 = entry.sha256,
        .bytes = entry.exactBytes()};
}

FetchSource sourceOf(const PublishedFile& file)
{
    fs::path name = fs::path(file.file).filename();
    // Many are called "model.safetensors": the repository tells them apart.
    const std::string owner = file.repository.substr(file.repository.find('/') + 1);
    name = owner + "-" + name.string();
    return {.at = file, .target = modelsFolder() / "others" / name};
}

FetchSource intakeOf(const fs::path& file, const Catalogue& catalogue)
{
    const uint64_t bytes = fs::file_size(file);
    const auto fits = [&](const CatalogueEntry& entry) {
        return entry.exactBytes() == 0 || entry.exactBytes() == bytes;
    };
    const auto named = std::ranges::find_if(catalogue.entries, [&](const CatalogueEntry& entry) {
        const std::string name = file.filename().string();
        return fits(entry)
            && (entry.name == name || fs::path(entry.file).filename().string() == name);
    });
    const auto sized = std::ranges::find_if(catalogue.entries, [&](const CatalogueEntry& entry) {
        return entry.exactBytes() > 0 && entry.exactBytes() == bytes;
    });
    const auto found = named != catalogue.entries.end() ? named : sized;
    FetchSource source {.kind = FetchSource::TakeIn};
    if (found != catalogue.entries.end())
        source = sourceOf(*found);
    else
        source.target = modelsFolder() / folderFor(file) / file.filename();
    source.kind = FetchSource::TakeIn;
    source.local = file;
    return source;
}

std::optional<CheckedFile> checkedFile(const fs::path& file)
{
    const json list = readChecked();
    const auto found = list.find(file.string());
    std::error_code none;
    if (found == list.end() || !found->is_object() || !fs::exists(file, none))
        return {};
    const auto text = [&](const char* entry) {
        const auto member = found->find(entry);
        return member != found->end() && member->is_string() ? member->get<std::string>()
                                                             : std::string();
    };
    if (text("stamp") != fileStamp(file) || !isSha256(text("sha256")))
        return {};
    return CheckedFile {
        .sha256 = text("sha256"),
        .when = QDateTime::fromString(QString::fromStdString(text("when")), Qt::ISODate)};
}

void keepChecked(const fs::path& file, const std::string& sha256)
{
    json list = readChecked();
    if (list.size() >= mostChecked)
        list.clear();
    const QString now = QDateTime::currentDateTimeUtc().toString(Qt::ISODate);
    list[file.string()] = {
        {"stamp", fileStamp(file)}, {"sha256", sha256}, {"when", now.toStdString()}};
    const std::string text = list.dump(1, ' ', true, json::error_handler_t::replace);
    try {
        std::error_code ignored;
        fs::create_directories(Settings::stateFolder(), ignored);
        writeFileAtomically(checkedList(), std::as_bytes(std::span(text)));
    } catch (const Error&) {
    }
}

fs::path downloadList()
{
    return Settings::stateFolder() / "downloads.json";
}
