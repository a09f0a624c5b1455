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

QString keyless(QString name)
{
    return name.replace(QLatin1Char('&'), QStringLiteral("&&"));
}
