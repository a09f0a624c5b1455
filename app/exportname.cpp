// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/exportname.h"

#include "app/freename.h"
#include "core/file/files.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QRegularExpression>

#include <algorithm>
#include <map>
#include <utility>

namespace {

struct Names
{
    Q_DECLARE_TR_FUNCTIONS(ExportName)
};

constexpr int longestName = 200;  // bytes; file systems take 255, and there is a number and an end
constexpr int longestPrompt = 40; // letters of it, whole words

const QRegularExpression& fieldPattern()
{
    static const QRegularExpression pattern(QStringLiteral("\\{([a-z]+)\\}"));
    return pattern;
}

/// The first words of a text.
QString firstWords(const QString& text)
{
    QString words;
    for (const QString& word :
         text.split(QRegularExpression(QStringLiteral("[\\s,;.]+")), Qt::SkipEmptyParts)) {
        if (!words.isEmpty() && words.size() + 1 + word.size() > longestPrompt)
            break;
        words += (words.isEmpty() ? QString() : QStringLiteral("-")) + word.left(longestPrompt);
    }
    return words;
}

std::map<QString, QString> valuesOf(const NameFields& fields)
{
    const auto number = [](auto value, int digits) {
        return QStringLiteral("%1").arg(value, digits, 10, QLatin1Char('0'));
    };
    return {
        {QStringLiteral("mode"), fields.mode},
        {QStringLiteral("prompt"), firstWords(fields.prompt)},
        {QStringLiteral("picture"), QFileInfo(fields.picture).completeBaseName()},
        {QStringLiteral("model"), fields.model},
        {QStringLiteral("seed"), QString::number(fields.seed)},
        {QStringLiteral("run"), QString::number(fields.run)},
        {QStringLiteral("candidate"), QString::number(fields.candidate)},
        {QStringLiteral("step"), number(fields.step, 3)},
        {QStringLiteral("date"), fields.made.toString(QStringLiteral("yyyy-MM-dd"))},
        {QStringLiteral("time"), fields.made.toString(QStringLiteral("HH-mm-ss"))}};
}

} // namespace

QString usualNameTemplate()
{
    return QStringLiteral("{mode}-{prompt}-{seed}");
}

std::vector<NameField> nameFields()
{
    return {
        {QStringLiteral("{mode}"), Names::tr("analogy, translate ...")},
        {QStringLiteral("{prompt}"), Names::tr("the first words of the prompt")},
        {QStringLiteral("{picture}"), Names::tr("the name of the picture that was worked on")},
        {QStringLiteral("{model}"), Names::tr("the model")},
        {QStringLiteral("{seed}"), Names::tr("the seed of the candidate")},
        {QStringLiteral("{run}"), Names::tr("the number of the run")},
        {QStringLiteral("{candidate}"), Names::tr("the number of the candidate")},
        {QStringLiteral("{step}"), Names::tr("the step, 001, 002 ...")},
        {QStringLiteral("{date}"), Names::tr("the day of the run, 2026-05-31")},
        {QStringLiteral("{time}"), Names::tr("its time, 14-05-09")}};
}

QString unknownField(const QString& text)
{
    const std::map<QString, QString> known = valuesOf({});
    for (const auto& match : fieldPattern().globalMatch(text))
        if (!known.contains(match.captured(1)))
            return match.captured(0);
    return {};
}

QString expandName(const QString& text, const NameFields& fields)
{
    const std::map<QString, QString> values = valuesOf(fields);
    QString name;
    qsizetype from = 0;
    for (const auto& match : fieldPattern().globalMatch(text)) {
        name += text.mid(from, match.capturedStart() - from);
        const auto value = values.find(match.captured(1));
        name += value == values.end() ? match.captured(0) : value->second;
        from = match.capturedEnd();
    }
    return asFileName(name + text.mid(from));
}

QString asFileName(QString name)
{
    // Also what other systems do not take, since pictures are passed on.
    name.replace(
        QRegularExpression(QStringLiteral("[\\x00-\\x20\\x7f/\\\\:*?\"<>|]+")),
        QStringLiteral("-"));
    name.replace(QRegularExpression(QStringLiteral("-{2,}")), QStringLiteral("-"));
    while (name.toUtf8().size() > longestName)
        name.chop(name.size() > 1 && name.back().isLowSurrogate() ? 2 : 1);
    name.remove(QRegularExpression(QStringLiteral("^[-.]+|[-.]+$")));
    return name.isEmpty() ? QStringLiteral("picture") : name;
}

QString freeFile(const QString& folder, const QString& name, const QString& suffix)
{
    const std::string end = suffix.isEmpty() ? "" : "." + suffix.toStdString();
    const auto file = freeName(folder.toStdString(), name.toStdString(), end);
    return QString::fromStdString(file.string());
}

WriteFile writeOf(std::vector<std::byte> bytes)
{
    return [bytes = std::move(bytes)](const std::filesystem::path& file, IfThere there) {
        writeFileAtomically(file, bytes, there);
    };
}

QString writtenFile(
    const QString& folder, const QString& name, const QString& suffix, bool replace,
    const WriteFile& write)
{
    const std::filesystem::path into = folder.toStdString();
    const std::string base = name.toStdString(), end = "." + suffix.toStdString();
    if (!replace)
        return QString::fromStdString(
            writtenUnderFreeName(into, base, end, [&](const std::filesystem::path& file) {
                write(file, IfThere::Keep);
            }).string());
    const std::filesystem::path file = into / (base + end);
    write(file, IfThere::Replace);
    return QString::fromStdString(file.string());
}
