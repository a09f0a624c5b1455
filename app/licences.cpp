// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/licences.h"

#include <QSettings>
#include <QString>
#include <QUrl>

static QString keyOf(const std::string& licence)
{
    return QStringLiteral("licences/")
        + QString::fromLatin1(QUrl::toPercentEncoding(QString::fromStdString(licence)));
}

QDate acceptedOn(const std::string& licence)
{
    return QDate::fromString(QSettings().value(keyOf(licence)).toString(), Qt::ISODate);
}

void acceptLicence(const std::string& licence)
{
    if (!acceptedOn(licence).isValid())
        QSettings().setValue(keyOf(licence), QDate::currentDate().toString(Qt::ISODate));
}
