// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/ownpresets.h"

#include "app/engine.h"
#include "app/exportname.h"
#include "app/freename.h"
#include "app/methodlist.h"
#include "app/translated.h"
#include "core/checkedjson.h"
#include "core/errors.h"
#include "core/file/files.h"
#include "core/file/json.h"
#include "core/file/resources.h"

#include <QCoreApplication>
#include <QFile>

#include <algorithm>
#include <cstring>

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

struct PresetWords
{
    Q_DECLARE_TR_FUNCTIONS(OwnPresets)
};

constexpr int presetFormat = 1;
constexpr uint64_t largestPreset = 1 << 20; // a long prompt has some kilobytes
constexpr auto suffix = ".json";

fs::path folderOf(const std::string& method)
{
    return userFolder() / "presets" / method;
}

/// The value as a file has it: a number or truth value as itself, all else as the text that the
/// command line takes.
json toJson(const Value& value)
{
    if (const auto* on = std::get_if<bool>(&value))
        return *on;
    if (const auto* whole = std::get_if<int>(&value))
        return *whole;
    if (const auto* number = std::get_if<double>(&value))
        return *number;
    return toText(value);
}

Value valueOf(const Parameter& p, const json& from)
{
    if (p.file)
        throw Error("its value \"%1\" names a file.", p.id);
    if (from.is_string())
        return parseValue(p, from.get<std::string>());
    if (!from.is_number() && !from.is_boolean())
        checked::refuse(p.id);
    return parseValue(p, from.dump());
}

PresetFile presetOf(const json& from, const MethodList& methods)
{
    if (!from.is_object() || !from.contains("preset"))
        throw Error("it is no preset.");
    if (checked::asWhole(from["preset"], "preset", 1, INT64_MAX) > presetFormat)
        throw Error("it is of a newer version of the program.");
    PresetFile file {.method = checked::text(from, "method")};
    const Method* method = methods.find(file.method);
    if (!method)
        throw Error("it is for a mode called \"%1\", which is not here.", file.method);
    file.preset.name = presetName(QString::fromStdString(checked::text(from, "name")));
    if (file.preset.name.isEmpty())
        checked::refuse("name");
    const json values = checked::object(from, "values");
    for (const auto& [id, value] : values.items()) {
        const auto found = std::ranges::find(method->parameters, id, &Parameter::id);
        if (found == method->parameters.end())
            throw Error("it sets \"%1\", which is no value of %2.", id, inWords(method->name));
        file.preset.values[id] = valueOf(*found, value);
    }
    if (file.preset.values.empty())
        throw Error("there is no value in it.");
    return file;
}

auto named(const QString& name)
{
    return [name](const PresetFile& file) {
        return file.preset.name.compare(name, Qt::CaseInsensitive) == 0;
    };
}

/// Without what a preset set.
void leave(Choices& mine, const PresetFile* preset)
{
    if (preset)
        for (const auto& [id, value] : preset->preset.values)
            mine.byHand.erase(id);
}

std::vector<fs::path> filesIn(const fs::path& folder)
{
    std::vector<fs::path> files;
    std::error_code failed;
    for (fs::directory_iterator entry(folder, failed), end; !failed && entry != end;
         entry.increment(failed))
        if (entry->path().extension() == suffix)
            files.push_back(entry->path());
    std::ranges::sort(files);
    return files;
}

PresetFile writePreset(const fs::path& path, const std::string& method, const OwnPreset& preset)
{
    std::error_code ignored; // writing says it
    fs::create_directories(path.parent_path(), ignored);
    writeFileAtomically(path, presetBytes(method, preset));
    return {path, method, preset};
}

/// Under a name that no file has.
PresetFile writeNewPreset(const std::string& method, const OwnPreset& preset)
{
    const fs::path folder = folderOf(method);
    std::error_code ignored;
    fs::create_directories(folder, ignored);
    const std::string stem = asFileName(preset.name).toStdString();
    const fs::path path = writtenUnderFreeName(folder, stem, suffix, [&](const fs::path& file) {
        writeFileAtomically(file, presetBytes(method, preset), IfThere::Keep);
    });
    return {path, method, preset};
}

} // namespace

PresetFile readPreset(const fs::path& path, const MethodList& methods)
{
    const json from = readJson(path, largestPreset); // says itself what is wrong with the file
    try {
        PresetFile file = presetOf(from, methods);
        file.path = path;
        return file;
    } catch (const Error& error) {
        throw Error("The preset %1 cannot be used: %2", path.string(), error.sentence());
    }
}

bool isPresetFile(const QString& path)
{
    return path.endsWith(QLatin1String(suffix), Qt::CaseInsensitive);
}

std::vector<std::byte> presetBytes(const std::string& method, const OwnPreset& preset)
{
    json values = json::object();
    for (const auto& [id, value] : preset.values)
        values[id] = toJson(value);
    const nlohmann::ordered_json file = {
        {"preset", presetFormat},
        {"method", method},
        {"name", preset.name.toStdString()},
        {"values", values}};
    const std::string text = file.dump(2, ' ', false, json::error_handler_t::replace) + '\n';
    std::vector<std::byte> bytes(text.size());
    std::memcpy(bytes.data(), text.data(), text.size());
    return bytes;
}

FoundPresets ownPresets(const Method& method, const MethodList& methods)
{
    FoundPresets found;
    for (const fs::path& path : filesIn(folderOf(method.id))) {
        try {
            PresetFile file = readPreset(path, methods);
            if (file.method != method.id)
                throw Error(
                    "The preset %1 cannot be used: it is for the mode \"%2\".", path.string(),
                    file.method);
            found.presets.push_back(std::move(file));
        } catch (...) {
            found.damaged << currentFailure().sentence;
        }
    }
    std::ranges::stable_sort(found.presets, [](const PresetFile& a, const PresetFile& b) {
        return a.preset.name.localeAwareCompare(b.preset.name) < 0;
    });
    return found;
}

QString presetName(const QString& typed)
{
    return typed.simplified().left(longestPresetName).trimmed();
}

bool isShipped(const Method& method, const QString& name)
{
    return std::ranges::any_of(method.presets, [&](const Preset& preset) {
        return QString::fromStdString(preset.id).compare(name, Qt::CaseInsensitive) == 0
            || translated(preset.label).compare(name, Qt::CaseInsensitive) == 0;
    });
}

QString freePresetName(
    const Method& method, const std::vector<PresetFile>& presets, const QString& name)
{
    QString free = name;
    for (int i = 2; isShipped(method, free) || std::ranges::any_of(presets, named(free)); ++i) {
        const QString number = QStringLiteral(" %1").arg(i);
        free = name.left(longestPresetName - number.size()) + number;
    }
    return free;
}

PresetFile keepPreset(const Method& method, const OwnPreset& preset, const MethodList& methods)
{
    const auto there = ownPresets(method, methods).presets;
    const auto same = std::ranges::find_if(there, named(preset.name));
    return same != there.end() ? writePreset(same->path, method.id, preset)
                               : writeNewPreset(method.id, preset);
}

PresetFile renamePreset(
    const Method& method, const PresetFile& file, const QString& name, const MethodList& methods)
{
    const auto there = ownPresets(method, methods).presets;
    const auto same = std::ranges::find_if(there, named(name));
    if (isShipped(method, name) || (same != there.end() && same->path != file.path))
        throw Error("Another preset is called \"%1\": choose another name.", name.toStdString());
    const OwnPreset renamed {name, file.preset.values};
    const std::string stem = asFileName(name).toStdString();
    if (file.path.stem() == stem)
        return writePreset(file.path, method.id, renamed);
    const PresetFile written = writeNewPreset(method.id, renamed);
    std::error_code ignored; // it is there under both names then, and both can be deleted
    fs::remove(file.path, ignored);
    return written;
}

void binPreset(const PresetFile& file)
{
    if (!QFile::moveToTrash(QString::fromStdString(file.path.string())))
        throw Error(
            "The preset %1 could not be moved to the trash: delete its file by hand.",
            file.path.string());
}

const PresetFile* chosenPreset(const Editor& editor, const std::vector<PresetFile>& presets)
{
    const Choices& chosen = editor.document().chosen();
    const PresetFile* found = nullptr;
    for (const PresetFile& file : presets) {
        const bool all = std::ranges::all_of(file.preset.values, [&](const auto& entry) {
            const auto byHand = chosen.byHand.find(entry.first);
            return byHand != chosen.byHand.end() && byHand->second == entry.second;
        });
        if (all && (!found || file.preset.values.size() > found->preset.values.size()))
            found = &file;
    }
    return chosen.preset.empty() ? found : nullptr;
}

void choosePreset(Editor& editor, const PresetFile* before, const OwnPreset& preset)
{
    const Editor::Step step(editor, PresetWords::tr("Preset %1").arg(preset.name));
    editor.change([&](Document& d) {
        Choices& mine = d.choices[d.method];
        leave(mine, before);
        mine.preset.clear();
        for (const auto& [id, value] : preset.values)
            mine.byHand[id] = value;
    });
}

void choosePreset(Editor& editor, const PresetFile* before, const std::string& shipped)
{
    const auto& presets = editor.method().presets;
    const auto preset = std::ranges::find(presets, shipped, &Preset::id);
    const Editor::Step step(
        editor,
        preset == presets.end() ? PresetWords::tr("Preset Recommended")
                                : PresetWords::tr("Preset %1").arg(translated(preset->label)));
    editor.change([&](Document& d) {
        Choices& mine = d.choices[d.method];
        leave(mine, before);
        mine.preset = preset == presets.end() ? std::string() : shipped;
    });
}

Values presetValues(const Editor& editor)
{
    const Method& method = editor.method();
    const Values usual = resolve(method, {.method = method.id}, editor.card());
    Values values;
    for (const Parameter& p : method.parameters)
        if (const Value value = editor.value(p.id);
            !p.file && (value != p.initial || value != usual.at(p.id)))
            values[p.id] = value;
    return values;
}

void takeOwnPreset(Request& request, const Method& method, const MethodList& methods)
{
    const std::string& wanted = request.preset;
    const Method* owner = method.isTool() ? methods.find(method.toolOf) : &method;
    if (wanted.empty() || !owner
        || std::ranges::find(method.presets, wanted, &Preset::id) != method.presets.end())
        return;
    const auto there = ownPresets(*owner, methods).presets;
    const auto own = std::ranges::find_if(there, named(QString::fromStdString(wanted)));
    std::error_code ignored;
    if (own == there.end() && !fs::is_regular_file(wanted, ignored))
        return;
    const PresetFile file = own != there.end() ? *own : readPreset(wanted, methods);
    if (file.method != owner->id)
        throw Error(
            "The preset %1 cannot be used: it is for the mode \"%2\".", wanted, file.method);
    for (const auto& [id, value] : file.preset.values)
        if (std::ranges::find(method.parameters, id, &Parameter::id) != method.parameters.end())
            request.values.try_emplace(id, value);
    request.preset.clear();
}
