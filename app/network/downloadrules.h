// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/file/freespace.h"
#include "core/sentence.h"

#include <QHostAddress>
#include <QNetworkProxy>
#include <QSet>
#include <QSslConfiguration>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <filesystem>
#include <functional>

/// Whom a download may ask, and how. The program has one of these (usualRules(), downloads.h); a
/// test makes its own, so that nothing about them is read from the environment.
struct DownloadRules
{
    QString site = QStringLiteral("https://huggingface.co"); ///< without a slash at its end
    /// What may be connected to: the site and its content host. "*.hf.co" are all names below
    /// hf.co.
    QStringList hosts = {
        QStringLiteral("huggingface.co"), QStringLiteral("*.huggingface.co"),
        QStringLiteral("hf.co"), QStringLiteral("*.hf.co")};
    QSet<int> ports = {443};
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    /// Why a certificate is refused that nobody signed whom this knows, to stand in a sentence.
    Sentence stranger =
        "its certificate is of nobody whom this computer trusts (that of a network of your own can "
        "be named in the settings, under Privacy)";
    int redirects = 5;
    int retries = 2; ///< without a byte in between

    int connecting = 15'000, answering = 30'000; ///< milliseconds until an address is given up
    int watching = 60'000;                       ///< milliseconds in which
    qint64 least = 1024;                         ///< so many bytes must come
    int64_t longestWait = 60;                    ///< seconds that a server may ask for
    /// Milliseconds that a wait of so many seconds takes.
    std::function<int(int64_t)> pause = [](int64_t seconds) { return int(seconds * 1000); };

    /// The proxy for an address, asked for when something is fetched.
    std::function<QNetworkProxy(const QUrl&)> proxy = {};
    /// The addresses of a name; without it the system is asked.
    std::function<QList<QHostAddress>(const QString&)> addresses = {};
    /// Whether that may be connected to.
    std::function<bool(const QString& host, const QHostAddress&)> mayConnect = {};

    std::filesystem::path cacheFolder = {}; ///< where a copy of pickled files will be made
    std::function<FreeSpace(const std::filesystem::path&)> space = freeSpace;

    /// Trusts the certificates in a file (PEM or DER) besides those that the system trusts. Where
    /// there are none, stranger says so.
    void trust(const std::filesystem::path& file);
    bool allows(const QString& host) const;
    QString siteHost() const;
};
