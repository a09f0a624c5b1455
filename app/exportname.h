// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>
#include <QStringList>

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

/// A file in @p folder called so that is not there and not among @p taken: "name.png", else
/// "name-2.png" ...
QString freeFile(
    const QString& folder, const QString& name, const QString& suffix, const QStringList& taken);
