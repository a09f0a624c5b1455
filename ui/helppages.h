// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <vector>

/// A page of the help: a Markdown file in resources/help.
struct HelpPage
{
    QString id = {};     ///< its file's name without the end; that of a mode is the method's id
    QString title = {};  ///< its first heading
    QString text = {};   ///< Markdown
    QString folder = {}; ///< against which its links and pictures are resolved
};

/// All pages in their order, each in the language of that name ("ko"), in English where there is
/// none. Throws Error where a page is missing.
std::vector<HelpPage> readHelp(const QString& language);

/// What a link of the help does.
struct HelpLink
{
    enum Kind { Page, Action, Web } kind = Web;
    QString target = {}; ///< the page's id, the action's id, the address
};
HelpLink helpLink(const QString& href);
