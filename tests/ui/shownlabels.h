// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>
#include <QStringList>
#include <QVariant>

/// The texts of the labels of a role in a widget that are not hidden.
inline QStringList shownLabels(const QWidget& in, const char* role)
{
    QStringList texts;
    for (const auto* label : in.findChildren<QLabel*>())
        if (label->property("role") == QLatin1String(role) && !label->isHidden())
            texts << label->text();
    return texts;
}

/// The texts that wrap and have less room than they need, in height or for their longest word.
inline QStringList cutOff(const QWidget& in)
{
    QStringList texts;
    for (const auto* label : in.findChildren<QLabel*>())
        if (label->wordWrap() && label->isVisible()
            && (label->heightForWidth(label->width()) > label->height()
                || label->minimumSizeHint().width() > label->width()))
            texts << label->text();
    return texts;
}
