// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/file/outputfile.h"

#include <QDateTime>
#include <QString>
#include <QStringList>

#include <cstddef>
#include <filesystem>
#include <functional>
#include <vector>

/// What the name of an exported file can be made of.
struct NameFields
{
    QString mode = {}, prompt = {}, picture = {}, model = {}; ///< picture: name of the main input
    quint64 seed = 0;
    int run = 0, candidate = 0, step = 0; ///< candidate and step count from 1
    QDateTime made = {};
};

/// The name that is offered first.
QString usualNameTemplate();
/// The fields that a template can have, "{mode}" ..., with what each is, for people.
struct NameField
{
    QString field = {}, means = {};
};
std::vector<NameField> nameFields();
/// The first field of a template that there is not, "{sed}"; empty: all are known.
QString unknownField(const QString& text);
/// The name without its suffix. What a file's name may not have becomes "-", spaces too; the prompt
/// is its first words; never empty, never longer than what file systems take, never hidden.
QString expandName(const QString& text, const NameFields& fields);

/// What people call something, as a file's name without its suffix: as expandName() does it.
QString asFileName(QString name);

/// A file in @p folder called so that is not there: "name.png", else "name-2.png" ...
QString freeFile(const QString& folder, const QString& name, const QString& suffix);

/// Writes a file, as writeFileAtomically() does.
using WriteFile = std::function<void(const std::filesystem::path& file, IfThere there)>;
/// That of bytes that are there already.
WriteFile writeOf(std::vector<std::byte> bytes);
/// Writes "name.png" in @p folder, in place of what is there where that is wanted; else under the
/// first free name, which it gives.
QString writtenFile(
    const QString& folder, const QString& name, const QString& suffix, bool replace,
    const WriteFile& write);
