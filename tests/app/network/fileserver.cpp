// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/network/fileserver.h"

#include "app/network/address.h"
#include "core/file/hash.h"

#include <QSslConfiguration>
#include <QSslSocket>
#include <QTimer>

FileServer::FileServer(Handler handler, const QHostAddress& at)
    : m_handler(std::move(handler))
{
    setIdentity(m_authority.identity(
        {QStringLiteral("site.test"), QStringLiteral("content.test"), QStringLiteral("other.test"),
         QStringLiteral("near.content.test")}));
    m_server.listen(at);
    connect(&m_server, &QTcpServer::pendingConnectionAvailable, this, [this] {
        while (auto* socket = qobject_cast<QSslSocket*>(m_server.nextPendingConnection()))
            serve(socket);
    });
    connect(&m_server, &QSslServer::startedEncryptionHandshake, this, [this] { ++m_connections; });
}

void FileServer::setIdentity(const Authority::Identity& identity)
{
    QSslConfiguration tls;
    tls.setLocalCertificate(identity.certificate);
    tls.setPrivateKey(identity.key);
    m_server.setSslConfiguration(tls);
}

void FileServer::offerOldTls()
{
    QSslConfiguration tls = m_server.sslConfiguration();
    QT_WARNING_PUSH
    QT_WARNING_DISABLE_DEPRECATED
    tls.setProtocol(QSsl::TlsV1_0);
    QT_WARNING_POP
    m_server.setSslConfiguration(tls);
}

QString FileServer::address(const QString& host) const
{
    return QStringLiteral("https://%1:%2").arg(host).arg(port());
}

std::shared_ptr<DownloadRules> FileServer::rules() const
{
    auto rules = std::make_shared<DownloadRules>();
    rules->site = address(QStringLiteral("site.test"));
    rules->hosts = {
        QStringLiteral("site.test"), QStringLiteral("content.test"),
        QStringLiteral("*.content.test")};
    rules->ports = {port()};
    QSslConfiguration tls;
    tls.setCaCertificates({m_authority.certificate()});
    rules->tls = tls;
    rules->addresses = [at = m_server.serverAddress()](const QString&) {
        return QList<QHostAddress> {at};
    };
    rules->mayConnect = [](const QString& host, const QHostAddress& address) {
        return host == QLatin1String("site.test") || host == QLatin1String("content.test")
            || isPublicAddress(address);
    };
    rules->pause = [](int64_t) { return 0; };
    return rules;
}

void FileServer::serve(QSslSocket* socket)
{
    connect(socket, &QSslSocket::disconnected, socket, &QObject::deleteLater);
    auto text = std::make_shared<QByteArray>();
    const auto read = [this, socket, text] {
        *text += socket->readAll();
        const qsizetype end = text->indexOf("\r\n\r\n");
        if (end < 0)
            return;
        const QList<QByteArray> lines = text->left(end).split('\n');
        text->clear();
        Asked asked {.path = lines.front().split(' ').value(1)};
        for (const QByteArray& line : lines.mid(1))
            asked.lines[line.left(line.indexOf(':')).toLower()] =
                line.mid(line.indexOf(':') + 1).trimmed();
        asked.host = asked.lines["host"].split(':').front();
        m_asked << asked;
        answer(socket, asked);
    };
    connect(socket, &QSslSocket::readyRead, this, read);
    read();
}

void FileServer::answer(QSslSocket* socket, const Asked& asked)
{
    const Served answer = m_handler(asked);
    if (answer.silent)
        return;
    QByteArray head = "HTTP/1.1 " + QByteArray::number(answer.status) + " Said\r\n";
    for (const auto& [name, value] : answer.lines)
        head += name + ": " + value + "\r\n";
    if (answer.length && !answer.endless)
        head += "Content-Length: " + QByteArray::number(answer.body.size()) + "\r\n";
    head += "Connection: close\r\n\r\n";
    if (!answer.raw.isEmpty()) {
        socket->write(answer.raw);
        return socket->disconnectFromHost();
    }
    socket->write(head);
    if (answer.endless) {
        const auto more = [socket, body = answer.body] {
            if (socket->encryptedBytesToWrite() + socket->bytesToWrite() < 1 << 20)
                socket->write(body);
        };
        connect(socket, &QSslSocket::encryptedBytesWritten, socket, more);
        return more();
    }
    if (answer.drips) {
        auto* timer = new QTimer(socket);
        connect(timer, &QTimer::timeout, socket, [socket] { socket->write("."); });
        return timer->start(20);
    }
    if (answer.slow > 0) {
        auto* timer = new QTimer(socket);
        connect(timer, &QTimer::timeout, socket, [socket, answer, at = qint64(0)]() mutable {
            socket->write(answer.body.mid(at, answer.slow));
            at += answer.slow;
            if (at >= answer.body.size())
                socket->disconnectFromHost();
        });
        return timer->start(50);
    }
    socket->write(answer.cutAt < 0 ? answer.body : answer.body.left(answer.cutAt));
    if (!answer.stalls)
        socket->disconnectFromHost(); // of a body that is cut short in the middle of it
}

Served Published::answer(const Asked& asked, const FileServer& server)
{
    const QByteArray size = QByteArray::number(bytes.size());
    if (asked.host == "site.test") {
        if (!site.isEmpty())
            return site.takeFirst();
        const QByteArray hash = QByteArray::fromStdString(
            sha256(std::as_bytes(std::span(bytes.data(), std::size_t(bytes.size())))));
        Served leads {.status = 302};
        leads.lines << qMakePair(
            QByteArray("Location"),
            server.address(QStringLiteral("content.test")).toLatin1()
                + "/blob?Signature=" + secret);
        if (linkedEtag != "-")
            leads.lines << qMakePair(
                QByteArray("X-Linked-ETag"),
                QByteArray('"' + (linkedEtag.isEmpty() ? hash : linkedEtag) + '"'))
                        << qMakePair(QByteArray("X-Linked-Size"), size)
                        << qMakePair(QByteArray("X-Repo-Commit"), QByteArray(40, 'c'));
        return leads;
    }
    if (!first.isEmpty())
        return first.takeFirst();
    Served given {.body = bytes};
    if (!etag.isEmpty())
        given.lines << qMakePair(QByteArray("ETag"), etag);
    const QByteArray range = asked.lines.value("range"), condition = asked.lines.value("if-range");
    const qint64 from = range.isEmpty() ? 0 : range.mid(6).chopped(1).toLongLong();
    if (ranges && !range.isEmpty() && (condition.isEmpty() || condition == etag)) {
        given.status = from < bytes.size() ? 206 : 416;
        given.body = bytes.mid(from);
        given.lines << qMakePair(
            QByteArray("Content-Range"),
            given.status == 416 ? "bytes */" + size
                                : "bytes " + QByteArray::number(from) + '-'
                    + QByteArray::number(bytes.size() - 1) + '/' + size);
    }
    given.slow = slow;
    if (cut)
        given.cutAt = cut(given.body.size());
    return given;
}
