// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/helppages.h"

#include "core/errors.h"
#include "core/file/files.h"
#include "core/file/resources.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <filesystem>

namespace {

/// The page's file in the language, else in English.
std::filesystem::path fileOf(const QString& page, const QString& language)
{
    const auto help = resourceFolder() / "help";
    const std::string name = page.toStdString() + ".md";
    const auto own = help / language.toStdString() / name;
    return !language.isEmpty() && std::filesystem::exists(own) ? own : help / "en" / name;
}

} // namespace

std::vector<HelpPage> readHelp(const QString& language)
{
    const auto contents = resourceFolder() / "help" / "en" / "contents.json";
    const auto list = QJsonDocument::fromJson(QByteArray::fromStdString(readText(contents)));
    std::vector<HelpPage> pages;
    for (const QJsonValue& name : list.array()) {
        const auto file = fileOf(name.toString(), language);
        HelpPage page {
            .id = name.toString(),
            .text = QString::fromStdString(readText(file)),
            .folder = QString::fromStdString(file.parent_path().string())};
        const QString head = page.text.section(QLatin1Char('\n'), 0, 0);
        page.title = head.mid(head.indexOf(QLatin1Char(' ')) + 1);
        pages.push_back(std::move(page));
    }
    if (pages.empty())
        throw Error("%1 names no pages: install the program anew.", contents.string());
    return pages;
}

HelpLink helpLink(const QString& href)
{
    const QString action = QStringLiteral("action:"), page = QStringLiteral(".md");
    if (href.startsWith(action))
        return {.kind = HelpLink::Action, .target = href.mid(action.size())};
    if (href.endsWith(page) && !href.contains(QLatin1Char(':')))
        return {.kind = HelpLink::Page, .target = href.chopped(page.size())};
    return {.kind = HelpLink::Web, .target = href};
}
