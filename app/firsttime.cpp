// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/firsttime.h"

#include <QSettings>

static const QString key = QStringLiteral("firstSteps/over");

bool isFirstTime()
{
    return !QSettings().value(key).toBool();
}

void setFirstTimeOver()
{
    QSettings().setValue(key, true);
}
