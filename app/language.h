// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLocale>
#include <QString>

#include <memory>
#include <vector>

class QTranslator;

/// The language in which the program speaks and, where it was chosen, writes numbers (the default
/// QLocale), as long as this lives. There has to be an application; what is said before is English,
/// and so is what nobody translated.
class Language
{
public:
    /// @p name is one of languages() (app/settings.h), empty for the system's. The environment
    /// variable SIMILE_LANGUAGE counts before it; there it may also be "pseudo" or "rtl"
    /// (app/pseudolanguage.h).
    explicit Language(const QString& name);
    ~Language();

private:
    void add(std::unique_ptr<QTranslator> translator);

    std::vector<std::unique_ptr<QTranslator>> m_translators; ///< those that are installed
    QLocale m_before;
};
