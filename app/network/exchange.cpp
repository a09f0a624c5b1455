// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/network/exchange.h"

#include "app/network/downloadrules.h"

#include <QDateTime>
#include <QHostInfo>
#include <QNetworkProxy>
#include <QNetworkRequest>
#include <QSslError>

#include <utility>

namespace {

constexpr qint64 buffered = 4 << 20; // what may come before it is read

std::string text(const QString& string)
{
    return string.toStdString();
}

/// Why a certificate is refused, to stand in a sentence.
Sentence unsafeBecause(const QSslError& error, const Sentence& stranger)
{
    switch (error.error()) {
    case QSslError::CertificateExpired:
        return "its certificate has expired, or the clock of this computer is wrong";
    case QSslError::CertificateNotYetValid:
        return "its certificate is not valid yet, or the clock of this computer is wrong";
    case QSslError::HostNameMismatch:
        return "its certificate is that of another host";
    case QSslError::SelfSignedCertificate:
    case QSslError::SelfSignedCertificateInChain:
    case QSslError::UnableToGetLocalIssuerCertificate:
    case QSslError::UnableToVerifyFirstCertificate:
    case QSslError::CertificateUntrusted:
    case QSslError::CertificateSignatureFailed:
        return stranger;
    default:
        return text(error.errorString());
    }
}

HeadLines linesOf(const QNetworkReply& reply)
{
    HeadLines lines;
    for (const auto& [name, value] : reply.rawHeaderPairs())
        lines.emplace_back(name.toStdString(), value.toStdString());
    return lines;
}

/// Nothing of the user's goes along, and nothing is kept.
void makeBare(QNetworkRequest& request)
{
    request.setAttribute(
        QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setRawHeader("Accept-Encoding", "identity");
    request.setRawHeader("Accept-Language", "*"); // Qt would say which one the user speaks
    request.setRawHeader("User-Agent", "Simile");
}

} // namespace

Exchange::Exchange(const DownloadRules& rules, QObject* parent)
    : QObject(parent)
    , m_rules(rules)
    , m_manager(this)
{
    m_patience.setParent(this); // it goes to another thread with this
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        drop();
        connectNext();
    });
}

Exchange::~Exchange()
{
    drop();
}

bool Exchange::isSite() const
{
    return host() == m_rules.siteHost();
}

QUrl Exchange::next(const std::string& location) const
{
    return m_address.resolved(QUrl::fromEncoded(QByteArray::fromStdString(location)));
}

Sentence Exchange::refusal() const
{
    if (!m_address.isValid() || m_address.host().isEmpty())
        return "The site leads to an address that cannot be read.";
    if (m_address.scheme() != QLatin1String("https"))
        return {
            "The site leads to an address that is not safe (%1 in place of https). Nothing is "
            "fetched from there.",
            text(m_address.scheme())};
    if (!m_address.userInfo().isEmpty())
        return "The site leads to an address with a name and a password. Nothing is fetched from "
               "there.";
    if (!m_rules.allows(m_address.host()) || !m_rules.ports.contains(m_address.port(443)))
        return {
            "The site leads to %1, which is not known as its content host. Nothing is fetched from "
            "there.",
            text(m_address.host())};
    return {};
}

void Exchange::get(const QUrl& address, const Headers& headers)
{
    abort();
    m_address = address;
    m_headers = headers;
    m_answered = false;
    m_unsafe = {};
    if (const Sentence why = refusal(); !why.empty())
        return failWith(why, false);
    const QNetworkProxy proxy =
        m_rules.proxy ? m_rules.proxy(address) : QNetworkProxy(QNetworkProxy::NoProxy);
    m_manager.setProxy(proxy);
    m_proxied = proxy.type() != QNetworkProxy::NoProxy;
    if (m_proxied) {
        lateFor(m_rules.connecting + m_rules.answering);
        return send(address);
    }
    lookUp();
}

void Exchange::lookUp()
{
    const auto take = [this](const QList<QHostAddress>& found) {
        m_addresses = found;
        if (found.isEmpty())
            return failWith(
                {"%1 cannot be found. Is there a connection to the network?", text(host())}, true);
        for (const QHostAddress& address : found)
            if (!m_rules.mayConnect || !m_rules.mayConnect(host(), address))
                return failWith(
                    {"%1 leads to an address of this computer or of a local network. Nothing is "
                     "fetched from there.",
                     text(host())},
                    false);
        connectNext();
    };
    if (m_rules.addresses) {
        const auto found = m_rules.addresses(host());
        return later([take, found] { take(found); });
    }
    m_lookup = QHostInfo::lookupHost(host(), this, [this, take](const QHostInfo& info) {
        if (std::exchange(m_lookup, -1) != -1)
            take(info.addresses());
    });
}

void Exchange::connectNext()
{
    if (m_addresses.isEmpty())
        return failWith(reason(QNetworkReply::TimeoutError), true);
    QUrl pinned = m_address;
    pinned.setHost(m_addresses.takeFirst().toString());
    lateFor(m_rules.connecting);
    send(pinned);
}

void Exchange::send(const QUrl& address)
{
    QNetworkRequest request(address);
    makeBare(request);
    request.setSslConfiguration(m_rules.tls);
    request.setPeerVerifyName(host());
    const int port = m_address.port();
    request.setRawHeader(
        "Host", host().toLatin1() + (port < 0 ? QByteArray() : ':' + QByteArray::number(port)));
    for (const auto& [name, value] : m_headers)
        request.setRawHeader(name, value);
    m_reply = m_manager.get(request);
    m_reply->setReadBufferSize(buffered);
    connect(m_reply, &QNetworkReply::encrypted, this, [this] { lateFor(m_rules.answering); });
    connect(m_reply, &QNetworkReply::sslErrors, this, [this](const QList<QSslError>& errors) {
        if (!errors.isEmpty()) // they are not ignored: the reply fails
            m_unsafe = unsafeBecause(errors.front(), m_rules.stranger);
    });
    connect(m_reply, &QNetworkReply::metaDataChanged, this, &Exchange::answer);
    connect(m_reply, &QNetworkReply::readyRead, this, [this, reply = m_reply] {
        answer();
        if (m_reply == reply)
            Q_EMIT arrived();
    });
    connect(m_reply, &QNetworkReply::finished, this, &Exchange::end);
}

void Exchange::answer()
{
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (m_answered || status < 200)
        return;
    m_answered = true;
    m_patience.stop();
    Q_EMIT answered(replyHead(status, linesOf(*m_reply), QDateTime::currentSecsSinceEpoch()));
}

/// Whoever is told something may leave off, or ask for something else.
void Exchange::end()
{
    const QNetworkReply* const reply = m_reply;
    const auto error = reply->error();
    answer();
    if (m_reply == reply && m_answered && reply->bytesAvailable() > 0)
        Q_EMIT arrived();
    if (m_reply != reply)
        return;
    m_patience.stop();
    const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (error == QNetworkReply::NoError || (m_answered && status >= 400)) {
        Q_EMIT ended();
        return;
    }
    const Sentence why = reason(error);
    const bool passing = isPassing(error);
    drop();
    if (!m_answered && passing && !m_addresses.isEmpty())
        return connectNext();
    failWith(why, passing);
}

/// What is not a matter of the proxy, of the certificate or of what was asked.
bool Exchange::isPassing(QNetworkReply::NetworkError error)
{
    return (error >= QNetworkReply::ConnectionRefusedError
            && error < QNetworkReply::SslHandshakeFailedError)
        || error == QNetworkReply::TemporaryNetworkFailureError
        || error == QNetworkReply::NetworkSessionFailedError
        || error == QNetworkReply::UnknownNetworkError;
}

Sentence Exchange::reason(QNetworkReply::NetworkError error) const
{
    const std::string name = text(host());
    if (!m_unsafe.empty())
        return {"The connection to %1 is not safe: %2. Nothing is fetched.", name, m_unsafe};
    if (m_proxied && !m_answered && error != QNetworkReply::ProxyAuthenticationRequiredError)
        return {"The proxy of this computer does not answer, or does not reach %1.", name};
    switch (error) {
    case QNetworkReply::SslHandshakeFailedError:
        return {
            "No safe connection to %1 could be made: it offers none that is good enough. Nothing "
            "is fetched.",
            name};
    case QNetworkReply::ProxyAuthenticationRequiredError:
        return {
            "The proxy wants a name and a password. Put them into the address of the proxy that "
            "the system or the environment variable https_proxy has."};
    case QNetworkReply::HostNotFoundError:
        return {"%1 cannot be found. Is there a connection to the network?", name};
    case QNetworkReply::ConnectionRefusedError:
        return {"%1 refuses the connection.", name};
    default:
        return m_answered ? Sentence("The connection to %1 broke.", name)
                          : Sentence("%1 does not answer.", name);
    }
}

QByteArray Exchange::read()
{
    return m_reply ? m_reply->readAll() : QByteArray();
}

void Exchange::lateFor(int milliseconds)
{
    if (!m_answered)
        m_patience.start(milliseconds);
}

void Exchange::failWith(const Sentence& why, bool passing)
{
    drop();
    // Not from within the call that asked.
    later([this, why, passing] { Q_EMIT failed(why, passing); });
}

/// Unless something else is asked, or nothing more, meanwhile.
void Exchange::later(const std::function<void()>& act)
{
    QMetaObject::invokeMethod(
        this,
        [this, act, round = m_round] {
            if (round == m_round)
                act();
        },
        Qt::QueuedConnection);
}

void Exchange::abort()
{
    drop();
    m_addresses.clear();
    ++m_round;
}

void Exchange::drop()
{
    m_patience.stop();
    if (m_lookup != -1)
        QHostInfo::abortHostLookup(std::exchange(m_lookup, -1));
    if (QNetworkReply* reply = std::exchange(m_reply, nullptr)) {
        reply->disconnect(this);
        // Qt does not bear it from within the reply's own signals.
        QMetaObject::invokeMethod(reply, &QNetworkReply::abort, Qt::QueuedConnection);
        reply->deleteLater();
    }
}
