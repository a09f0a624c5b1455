// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/network/downloadrules.h"

#include <QUrl>

#include <algorithm>

bool DownloadRules::allows(const QString& host) const
{
    return std::ranges::any_of(hosts, [&](const QString& allowed) {
        return allowed.startsWith(QLatin1String("*."))
            ? host.endsWith(QStringView(allowed).mid(1)) && host.size() > allowed.size() - 1
            : host == allowed;
    });
}

QString DownloadRules::siteHost() const
{
    return QUrl(site).host();
}
