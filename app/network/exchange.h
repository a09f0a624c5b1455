// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/file/replyhead.h"
#include "core/sentence.h"

#include <QByteArray>
#include <QHostAddress>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QObject>
#include <QPair>
#include <QTimer>
#include <QUrl>

#include <functional>

struct DownloadRules;

/// Asks an address for what lies there, with no cookies, no cache, no credentials and nothing
/// packed. Only https, only hosts that the rules name, only addresses that they allow: a name is
/// looked up first, and what is connected is the address that was found and checked, so that a
/// second answer to the same question cannot lead elsewhere. Behind a proxy it is the proxy that
/// looks the name up. What an address has behind its host is secret: it is in no sentence.
class Exchange : public QObject
{
    Q_OBJECT

public:
    using Headers = QList<QPair<QByteArray, QByteArray>>;

    explicit Exchange(const DownloadRules& rules, QObject* parent = nullptr);
    ~Exchange() override;

    /// One of answered() and failed() follows.
    void get(const QUrl& address, const Headers& headers);
    /// Where a redirect leads, beside the address that was asked last.
    QUrl next(const std::string& location) const;
    QString host() const { return m_address.host(); }
    bool isSite() const; ///< and not its content host
    /// What has come of the body.
    QByteArray read();
    /// Leaves off; no signal follows.
    void abort();

Q_SIGNALS:
    void answered(const ReplyHead& head);
    void arrived(); ///< there is something to read
    void ended();   ///< the body is complete
    /// @p passing: it may work the next time.
    void failed(const Sentence& why, bool passing);

private:
    Sentence refusal() const;
    void lookUp();
    void connectNext();
    void send(const QUrl& address);
    void answer();
    void end();
    void lateFor(int milliseconds);
    void later(const std::function<void()>& act);
    void failWith(const Sentence& why, bool passing);
    void drop();
    Sentence reason(QNetworkReply::NetworkError error) const;
    static bool isPassing(QNetworkReply::NetworkError error);

    const DownloadRules& m_rules;
    QNetworkAccessManager m_manager;
    QNetworkReply* m_reply = nullptr;
    QUrl m_address;
    Headers m_headers;
    QList<QHostAddress> m_addresses; ///< that are still to be tried
    QTimer m_patience;
    int m_lookup = -1;
    int m_round = 0; ///< of get() and abort()
    bool m_answered = false, m_proxied = false;
    Sentence m_unsafe; ///< why the connection is not safe
};
