// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSslCertificate>
#include <QSslKey>
#include <QStringList>

/// An authority that exists for one test, and what it signs. Keys are made anew each time; the
/// certificates are valid from 1980 to 2999, so that no clock matters.
class Authority
{
public:
    Authority();
    ~Authority();
    Authority(const Authority&) = delete;
    Authority& operator=(const Authority&) = delete;

    struct Identity
    {
        QSslCertificate certificate;
        QSslKey key;
    };
    QSslCertificate certificate() const;
    /// A server's, for these names, until the end of that year.
    Identity identity(const QStringList& names, int lastYear = 2999) const;
    /// The same, signed by nobody but itself.
    static Identity selfSigned(const QStringList& names);

private:
    struct Parts;
    Parts* m_parts;
};
