// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/network/downloadrules.h"

#include "core/errors.h"
#include "core/file/files.h"

#include <QSslCertificate>
#include <QUrl>

#include <algorithm>

void DownloadRules::trust(const std::filesystem::path& file)
{
    QList<QSslCertificate> found;
    try {
        const QByteArray bytes = QByteArray::fromStdString(readText(file));
        found = QSslCertificate::fromData(bytes, QSsl::Pem);
        if (found.isEmpty())
            found = QSslCertificate::fromData(bytes, QSsl::Der);
    } catch (const Error&) {
        // It is said where it matters.
    }
    if (found.isEmpty()) {
        stranger = {
            "its certificate is of nobody whom this computer trusts, and the file %1, which the "
            "settings name under Privacy, has none that can be read",
            file.string()};
        return;
    }
    tls.setCaCertificates(QSslConfiguration::systemCaCertificates() + found);
}

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
