// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/fileorder.h"

#include <QCollator>
#include <QFileInfo>

#include <algorithm>
#include <map>
#include <utility>

namespace {

enum class When { None, Before, After };

/// The words that people end such names with.
const std::pair<const char*, When> whenWords[] = {
    {"before", When::Before}, {"original", When::Before}, {"orig", When::Before},
    {"input", When::Before},  {"in", When::Before},       {"old", When::Before},
    {"raw", When::Before},    {"1", When::Before},        {"after", When::After},
    {"prime", When::After},   {"edited", When::After},    {"edit", When::After},
    {"output", When::After},  {"out", When::After},       {"target", When::After},
    {"new", When::After},     {"changed", When::After},   {"2", When::After},
    {"'", When::After},       {"\u2019", When::After},    {"\u2032", When::After},
    {"\u00B4", When::After}};

QString bareName(const QString& path)
{
    return QFileInfo(path).completeBaseName().toLower();
}

bool isBetween(QChar c)
{
    return c.isSpace() || QStringLiteral("_-.()").contains(c);
}

/// What a name is of, and which moment of it.
struct Name
{
    QString stem = {};
    When moment = When::None;
};

Name nameOf(const QString& path)
{
    const QString base = bareName(path);
    const QString open = base.endsWith(QLatin1Char(')')) ? base.chopped(1) : base; // "cat (2)"
    for (const auto& [text, moment] : whenWords) {
        const QString word = QString::fromUtf8(text);
        if (!open.endsWith(word))
            continue;
        QString stem = open.chopped(word.size());
        const bool digit = word[0].isDigit();
        // "a2" but not "12", "aprime" but not "cabin".
        const bool apart = stem.isEmpty() || isBetween(stem.back());
        const bool hangs = digit ? !stem.isEmpty() && !stem.back().isDigit()
                                 : !word[0].isLetter() || word == QLatin1String("prime");
        if (digit ? !hangs : !apart && !hangs)
            continue;
        while (!stem.isEmpty() && isBetween(stem.back()))
            stem.chop(1);
        return {stem, moment};
    }
    return {base};
}

} // namespace

QStringList inOrder(QStringList paths)
{
    // The C locale knows no order of numbers: 10.png would stand before 2.png.
    const QLocale own;
    QCollator collator(own.language() == QLocale::C ? QLocale(QLocale::English) : own);
    collator.setNumericMode(true);
    std::ranges::stable_sort(paths, [&](const QString& a, const QString& b) {
        return collator.compare(QFileInfo(a).fileName(), QFileInfo(b).fileName()) < 0;
    });
    // A bare name is what is before, where there is one after it: cat and cat2.
    std::map<QString, std::pair<QString, QString>> pairs;
    for (const QString& path : paths) {
        const Name name = nameOf(path);
        if (name.moment == When::After)
            pairs[name.stem].second = path;
        else if (name.moment == When::Before)
            pairs[name.stem].first = path;
    }
    for (const QString& path : paths)
        if (const auto pair = pairs.find(bareName(path));
            pair != pairs.end() && pair->second.first.isEmpty())
            pair->second.first = path;
    QStringList ordered;
    for (const QString& path : paths)
        for (const auto& [stem, pair] : pairs)
            if (!pair.first.isEmpty() && !pair.second.isEmpty() && !ordered.contains(path)
                && (path == pair.first || path == pair.second))
                ordered << pair.first << pair.second;
    for (const QString& path : paths)
        if (!ordered.contains(path))
            ordered << path;
    return ordered;
}
