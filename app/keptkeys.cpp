// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/keptkeys.h"

#include <QSettings>

static QString keyOf(const QString& action)
{
    return QStringLiteral("keys/") + action;
}

std::optional<QStringList> keptKeys(const QString& action)
{
    const QVariant value = QSettings().value(keyOf(action));
    if (value.typeId() != QMetaType::QString)
        return {}; // none, or damage
    return value.toString().split(QLatin1Char('\n'), Qt::SkipEmptyParts);
}

void keepKeys(const QString& action, const std::optional<QStringList>& keys)
{
    if (keys)
        QSettings().setValue(keyOf(action), keys->join(QLatin1Char('\n')));
    else
        QSettings().remove(keyOf(action));
}
