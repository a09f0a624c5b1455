// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/network/downloadrules.h"
#include "tests/app/network/certificates.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QObject>
#include <QPair>
#include <QSslServer>
#include <QString>

#include <functional>
#include <memory>

/// What somebody asked.
struct Asked
{
    QByteArray host = {}, path = {};          ///< the path with its query
    QHash<QByteArray, QByteArray> lines = {}; ///< the head, names in lower case
};

/// What is answered.
struct Served
{
    int status = 200;
    QList<QPair<QByteArray, QByteArray>> lines = {};
    QByteArray body = {};
    bool length = true;   ///< Content-Length is said
    qint64 cutAt = -1;    ///< bytes of the body after which the connection breaks
    bool silent = false;  ///< nothing is said at all
    bool stalls = false;  ///< after what of the body is sent
    bool endless = false; ///< the body over and over
    qint64 slow = 0;      ///< bytes every 50 ms; 0: as fast as it goes
    bool drips = false;   ///< a byte at a time
    QByteArray raw = {};  ///< in place of all of it
};

/// A server on this computer that answers over TLS as a test wants it, under names of the domain
/// .test: the site, its content host and others.
class FileServer : public QObject
{
    Q_OBJECT

public:
    using Handler = std::function<Served(const Asked&)>;

    explicit FileServer(Handler handler, const QHostAddress& at = QHostAddress::LocalHost);

    bool listens() const { return m_server.isListening(); } ///< not where there is no such address
    quint16 port() const { return m_server.serverPort(); }
    QString address(const QString& host) const; ///< "https://host:port"
    const QList<Asked>& asked() const { return m_asked; }
    void forget() { m_asked.clear(); }
    int connections() const
    {
        return m_connections;
    } ///< that were made, also where nothing was asked
    void setHandler(Handler handler) { m_handler = std::move(handler); }
    void setIdentity(const Authority::Identity& identity);
    void offerOldTls(); ///< 1.0 and nothing else
    const Authority& authority() const { return m_authority; }

    /// Rules by which this is the site ("site.test") and its content host ("content.test"); all
    /// other names lead here, too, and are refused as this computer. Nothing is waited for.
    std::shared_ptr<DownloadRules> rules() const;

private:
    void serve(QSslSocket* socket);
    void answer(QSslSocket* socket, const Asked& asked);

    Authority m_authority;
    QSslServer m_server;
    Handler m_handler;
    QList<Asked> m_asked;
    int m_connections = 0;
};

/// A file as the site publishes it: the site's answer leads to the content host, whose links are
/// signed.
struct Published
{
    QByteArray bytes = {};
    bool ranges = true;
    QByteArray etag = {};       ///< of the content host, with its quotes; empty: none
    QByteArray linkedEtag = {}; ///< empty: the SHA-256; "-": none
    QByteArray secret = {"SIGNED-SECRET"};
    std::function<qint64(qint64 bytes)> cut = {}; ///< where the connection breaks; -1: nowhere
    qint64 slow = 0;                              ///< as in Served
    QList<Served> first = {};                     ///< what the content host says first, one by one
    QList<Served> site = {};                      ///< the same of the site

    Served answer(const Asked& asked, const FileServer& server);
};
