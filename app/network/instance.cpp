// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/network/instance.h"

#include "app/lockedfile.h"

#include <QCryptographicHash>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocalServer>
#include <QLocalSocket>
#include <QLockFile>
#include <QTimer>

#include <unistd.h>

namespace {

constexpr qint64 largestMessage = 1 << 20;
constexpr int mostAtOnce = 16;
constexpr int slowest = 5000; // milliseconds until a program that says nothing is left alone
const QByteArray greeting = "simile 1\n", taken = "taken\n";

QByteArray packed(const Handed& handed)
{
    const QJsonObject object {
        {QStringLiteral("files"), QJsonArray::fromStringList(handed.files)},
        {QStringLiteral("token"), handed.token}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

Handed unpacked(const QByteArray& line)
{
    const QJsonObject object = QJsonDocument::fromJson(line).object();
    Handed handed {.token = object.value(QLatin1String("token")).toString()};
    for (const auto& file : object.value(QLatin1String("files")).toArray())
        handed.files << file.toString();
    return handed;
}

/// Whether the other one says that, in time.
bool hears(QLocalSocket& other, const QByteArray& expected, const QElapsedTimer& clock, qint64 end)
{
    while (!other.canReadLine())
        if (const qint64 left = end - clock.elapsed();
            left <= 0 || !other.waitForReadyRead(int(left)))
            return false;
    return other.readLine() == expected;
}

} // namespace

QString instancePath(const QStringList& marks)
{
    const QFileInfo folder(qEnvironmentVariable("XDG_RUNTIME_DIR"));
    if (!folder.isAbsolute() || !folder.isDir() || folder.ownerId() != geteuid())
        return {};
    const QByteArray hash = QCryptographicHash::hash(
        marks.join(QLatin1Char('\n')).toUtf8(), QCryptographicHash::Sha256);
    return QStringLiteral("%1/simile-%2")
        .arg(folder.absoluteFilePath(), QString::fromLatin1(hash.left(6).toHex()));
}

Instance::Instance(QString path, QObject* parent)
    : QObject(parent)
    , m_path(std::move(path))
{
}

Instance::~Instance() = default;

Instance::Found Instance::begin(const Handed& handed, std::chrono::milliseconds patience)
{
    const QByteArray message = packed(handed);
    if (m_path.isEmpty() || message.size() > largestMessage)
        return First;
    QElapsedTimer clock;
    clock.start();
    QLocalSocket other;
    {
        // Two that start at once: one listens before the other one looks.
        QLockFile lock(m_path + QStringLiteral(".lock"));
        lock.setStaleLockTime(0); // only the end of the program that has it makes it stale
        if (mayBeOpened(lock.fileName()))
            lock.tryLock(int(patience.count()));
        if (!isListening(other, patience)) {
            listen();
            return First;
        }
    }
    if (!hears(other, greeting, clock, patience.count()))
        return Deaf;
    other.write(message);
    return hears(other, taken, clock, patience.count()) ? HandedOver : Deaf;
}

bool Instance::isListening(QLocalSocket& other, std::chrono::milliseconds patience) const
{
    other.connectToServer(m_path);
    return other.waitForConnected(int(patience.count()));
}

/// Where that cannot be, the next start has a window of its own, too.
void Instance::listen()
{
    QLocalServer::removeServer(m_path); // of a program that crashed
    m_server = std::make_unique<QLocalServer>();
    m_server->setSocketOptions(QLocalServer::UserAccessOption);
    connect(m_server.get(), &QLocalServer::newConnection, this, [this] {
        while (QLocalSocket* socket = m_server->nextPendingConnection())
            serve(*socket);
    });
    m_server->listen(m_path);
}

void Instance::serve(QLocalSocket& socket)
{
    connect(&socket, &QLocalSocket::disconnected, &socket, &QObject::deleteLater);
    if (m_server->findChildren<QLocalSocket*>().size() > mostAtOnce)
        return socket.abort();
    socket.setReadBufferSize(largestMessage + 1);
    connect(&socket, &QLocalSocket::readyRead, this, [this, &socket] { take(socket); });
    QTimer::singleShot(slowest, &socket, [&socket] { socket.abort(); });
    socket.write(greeting);
}

void Instance::take(QLocalSocket& socket)
{
    if (!socket.canReadLine()) {
        if (socket.bytesAvailable() > largestMessage)
            socket.abort();
        return;
    }
    const Handed received = unpacked(socket.readLine());
    socket.write(taken);
    socket.disconnectFromServer();
    // Not from within the socket's own signal: who hears it may wait for something.
    QMetaObject::invokeMethod(
        this, [this, received] { Q_EMIT handed(received); }, Qt::QueuedConnection);
}
