// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusVirtualObject>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>

#include <functional>

/// A bus of the test's own, with nobody on it: no service of the desktop that the tests run in is
/// asked or started. To be made before anything looks for the session's bus.
class OwnBus
{
public:
    OwnBus()
    {
        QFile config(m_folder.filePath(QStringLiteral("bus.conf")));
        if (QStandardPaths::findExecutable(QStringLiteral("dbus-daemon")).isEmpty()
            || !config.open(QFile::WriteOnly))
            return;
        config.write("<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen>"
                     "<policy context=\"default\"><allow send_destination=\"*\"/>"
                     "<allow eavesdrop=\"true\"/><allow own=\"*\"/></policy></busconfig>");
        config.close();
        m_daemon.start(
            QStringLiteral("dbus-daemon"),
            {QStringLiteral("--config-file"), config.fileName(), QStringLiteral("--nofork"),
             QStringLiteral("--print-address")});
        if (m_daemon.waitForStarted() && m_daemon.waitForReadyRead())
            m_address = QString::fromUtf8(m_daemon.readLine()).trimmed();
        qputenv("DBUS_SESSION_BUS_ADDRESS", m_address.toUtf8());
    }
    ~OwnBus()
    {
        m_daemon.kill();
        m_daemon.waitForFinished();
    }

    bool isThere() const { return !m_address.isEmpty(); }
    QString address() const { return m_address; }

private:
    QTemporaryDir m_folder;
    QProcess m_daemon;
    QString m_address;
};

/// Stands for a service of the desktop: keeps the calls that it gets and answers as it is told.
class StandIn : public QDBusVirtualObject
{
public:
    using Answer = std::function<QVariantList(const QDBusMessage&)>;

    /// Answers on @p bus by that name to all calls of @p interface; to others with an error.
    StandIn(const OwnBus& bus, const char* service, const char* interface, Answer answer)
        : m_bus(QDBusConnection::connectToBus(bus.address(), QLatin1String(service)))
        , m_service(QLatin1String(service))
        , m_interface(QLatin1String(interface))
        , m_answer(std::move(answer))
    {
        m_bus.registerVirtualObject(QStringLiteral("/"), this, QDBusConnection::SubPath);
        m_bus.registerService(m_service);
    }
    ~StandIn() override
    {
        m_bus.unregisterObject(QStringLiteral("/"), QDBusConnection::UnregisterTree);
        QDBusConnection::disconnectFromBus(m_service);
    }

    /// The calls of that method, the first one first.
    QList<QVariantList> calls(const char* method) const
    {
        QList<QVariantList> found;
        for (const QDBusMessage& call : m_calls)
            if (call.member() == QLatin1String(method))
                found << call.arguments();
        return found;
    }
    QString pathOf(const char* method) const ///< at which it was called last
    {
        QString path;
        for (const QDBusMessage& call : m_calls)
            if (call.member() == QLatin1String(method))
                path = call.path();
        return path;
    }
    void signal(const char* path, const char* name, const QVariantList& arguments)
    {
        QDBusMessage message =
            QDBusMessage::createSignal(QLatin1String(path), m_interface, QLatin1String(name));
        message.setArguments(arguments);
        m_bus.send(message);
    }

    QString introspect(const QString&) const override { return {}; }
    bool handleMessage(const QDBusMessage& message, const QDBusConnection& bus) override
    {
        m_calls << message;
        const bool known = message.interface().startsWith(m_interface)
            || message.interface() == QLatin1String("org.freedesktop.portal.Request");
        return known && bus.send(message.createReply(m_answer(message)));
    }

private:
    QDBusConnection m_bus;
    QString m_service, m_interface;
    Answer m_answer;
    QList<QDBusMessage> m_calls;
};

/// Of a server of notifications: shows them under the numbers from 7 on.
inline QVariantList notificationAnswer(const QDBusMessage& call)
{
    if (call.member() == QLatin1String("GetCapabilities"))
        return {QStringList {QStringLiteral("actions"), QStringLiteral("body-markup")}};
    if (call.member() != QLatin1String("Notify"))
        return {};
    const uint replaced = call.arguments().value(1).toUInt();
    return {replaced == 0 ? 7U : replaced};
}
