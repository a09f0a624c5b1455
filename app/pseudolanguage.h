// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTranslator>

/// English that looks as if it were translated, to see in a window what has no room for a longer
/// text and what is not translated at all: "&Open" is "[&Öpéñ ··]", two fifths longer.
class PseudoLanguage : public QTranslator
{
public:
    static constexpr QLatin1StringView leftToRight {"pseudo"}, rightToLeft {"rtl"};

    /// Mirrors the window, if asked, as for Arabic or Hebrew.
    explicit PseudoLanguage(bool mirrored);

    bool isEmpty() const override { return false; }
    QString translate(
        const char* context, const char* source, const char* disambiguation, int n) const override;

private:
    bool m_mirrored = false;
};

/// The text with accents, brackets and two fifths more; gaps (%1, %n), tags, entities, patterns of
/// files and what stands behind a tab are as they were.
QString pseudo(const QString& text);
