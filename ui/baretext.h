// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <string>

/// What an action or a button says without its letter for Alt and without the dots that announce a
/// dialogue: of "&Open..." and of "Open (&O)...", as languages with other letters have it, "Open".
QString bareText(const QString& text);

/// A name for a button or an action, in which an ampersand is no key for Alt.
QString keyless(QString name);

/// Lets a text be wrapped within words of more than that many letters, too (names of files), at a
/// hyphen, a stroke or a point if there is one: a line would cut them off, or make the window
/// wider.
QString breakable(const QString& text, int longest = 24);

/// A text of core.
inline QString qString(const std::string& text)
{
    return QString::fromStdString(text);
}
