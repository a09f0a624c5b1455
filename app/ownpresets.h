// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/document.h"

#include <QString>
#include <QStringList>

#include <filesystem>
#include <string>
#include <vector>

class MethodList;

// The user's own presets: values under a name. To choose one is to set them by hand, so that
// nothing that was made depends on its file; which one is chosen is seen by the values. Each is a
// small JSON file in presets/<method>/ of the user's data, so that it is shared by giving its file
// away:
// {"preset": 1, "method": "MODE", "name": "Soft", "values": {"PARAMETER": VALUE}}

constexpr int longestPresetName = 60; ///< letters

struct OwnPreset
{
    QString name = {};
    Values values = {}; ///< at least one, and none names a file
    bool operator==(const OwnPreset&) const = default;
};
/// One in a file.
struct PresetFile
{
    std::filesystem::path path = {};
    std::string method = {};
    OwnPreset preset = {};
};
/// Reads one. Throws Error naming the file where it is none, or its method or a value is not here.
PresetFile readPreset(const std::filesystem::path& path, const MethodList& methods);
/// Whether a file is one by its name.
bool isPresetFile(const QString& path);
/// What stands in its file.
std::vector<std::byte> presetBytes(const std::string& method, const OwnPreset& preset);

/// Those of a method by their names, and what is to be said of files that could not be read.
struct FoundPresets
{
    std::vector<PresetFile> presets = {};
    QStringList damaged = {};
};
FoundPresets ownPresets(const Method& method, const MethodList& methods);

/// A name as it is kept: without blanks around it, of one line, not too long.
QString presetName(const QString& typed);
/// Whether a preset that comes with the program is called so.
bool isShipped(const Method& method, const QString& name);
/// @p name, or with the first number behind it that makes it one of its own.
QString freePresetName(
    const Method& method, const std::vector<PresetFile>& presets, const QString& name);

/// Writes a preset into the user's data, in place of the one that is called so; gives its file.
/// Throws Error.
PresetFile keepPreset(const Method& method, const OwnPreset& preset, const MethodList& methods);
/// Calls one otherwise; gives what it is then. Throws Error where another one is called so.
PresetFile renamePreset(
    const Method& method, const PresetFile& file, const QString& name, const MethodList& methods);
/// Moves the file to the trash of the desktop. Throws Error.
void binPreset(const PresetFile& file);

/// The one whose values are all set by hand, of several the one that has most; null: none.
const PresetFile* chosenPreset(const Editor& editor, const std::vector<PresetFile>& presets);
/// Chooses one in place of @p before and of a preset that comes with the method: one step.
void choosePreset(Editor& editor, const PresetFile* before, const OwnPreset& preset);
/// Chooses one that comes with the method (empty: none) likewise.
void choosePreset(Editor& editor, const PresetFile* before, const std::string& shipped);
/// The values of which a preset can be made: those that are not what they would be without any
/// choice, or not the method's own.
Values presetValues(const Editor& editor);

/// Puts the values of an own preset into a request that was typed with its name, or with the place
/// of its file; leaves one with a preset that the method has, or with none that there is, as it is.
/// Of a tool's it takes what the tool has. Throws Error where the file cannot be read.
void takeOwnPreset(Request& request, const Method& method, const MethodList& methods);
