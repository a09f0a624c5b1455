// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/baretext.h"

#include <QRegularExpression>

QString bareText(const QString& text)
{
    static const QRegularExpression letter(QStringLiteral(" ?\\(&[^&]\\)"));
    QString bare = QString(text).remove(letter);
    bare.replace(QStringLiteral("&&"), QStringLiteral("\n")).remove(QLatin1Char('&'));
    bare.replace(QLatin1Char('\n'), QLatin1Char('&'));
    return bare.endsWith(QStringLiteral("...")) ? bare.chopped(3) : bare;
}

QString breakable(const QString& text, int longest)
{
    static const QString marks = QStringLiteral("-_./\\=+,;&");
    QString broken;
    int word = 0, part = 0; // letters of the word so far, and of what was not broken of it
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i].isSpace()) {
            word = 0;
        } else if (word == 0) {
            while (i + word < text.size() && !text[i + word].isSpace())
                ++word;
            part = 0;
        }
        broken += text[i];
        ++part;
        const bool last = i + 1 == text.size() || text[i + 1].isSpace();
        const bool joined = !last && (text[i + 1].isLowSurrogate() || text[i + 1].isMark());
        if (word <= longest || last || joined)
            continue;
        if (part >= longest || (part >= longest / 3 && marks.contains(text[i]))) {
            broken += QChar(0x200B);
            part = 0;
        }
    }
    return broken;
}

QString keyless(QString name)
{
    return name.replace(QLatin1Char('&'), QStringLiteral("&&"));
}
