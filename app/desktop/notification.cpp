// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/desktop/notification.h"

#include "app/desktop/applicationid.h"

#include <QDBusPendingCallWatcher>
#include <QStringList>
#include <QVariantMap>

#include <utility>

namespace {

QString path()
{
    return QStringLiteral("/org/freedesktop/Notifications");
}

QString interface()
{
    return QStringLiteral("org.freedesktop.Notifications");
}

QDBusMessage callOf(const char* method)
{
    return QDBusMessage::createMethodCall(interface(), path(), interface(), QLatin1String(method));
}

} // namespace

/// The signals are taken of anybody: to ask for one service would mean to wait for its name.
Notification::Notification(const QDBusConnection& bus, QObject* parent)
    : QObject(parent)
    , m_bus(bus)
{
    const auto on = [this](const char* signal, const char* slot) {
        m_bus.connect({}, path(), interface(), QLatin1String(signal), this, slot);
    };
    on("ActivationToken", SLOT(takeToken(uint, QString, QDBusMessage)));
    on("ActionInvoked", SLOT(takeAction(uint, QString, QDBusMessage)));
    on("NotificationClosed", SLOT(takeClosed(uint, uint, QDBusMessage)));
}

void Notification::say(const QString& title, const QString& text)
{
    m_title = title;
    m_text = text;
    m_again = m_sending;
    if (m_sending || std::exchange(m_asking, true))
        return; // it is said with the answer
    auto* watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(callOf("GetCapabilities")), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        watcher->deleteLater();
        m_asking = false;
        const QStringList can = watcher->reply().arguments().value(0).toStringList();
        if (!watcher->isError() && !m_title.isEmpty())
            send(
                can.contains(QStringLiteral("body-markup")),
                can.contains(QStringLiteral("actions")));
    });
}

void Notification::send(bool markup, bool actions)
{
    const QStringList show {QStringLiteral("default"), tr("Show")};
    QDBusMessage call = callOf("Notify");
    call << QStringLiteral("Simile") << m_id << applicationId() << m_title
         << (markup ? m_text.toHtmlEscaped() : m_text) << (actions ? show : QStringList())
         << QVariantMap {{QStringLiteral("desktop-entry"), applicationId()}} << -1;
    m_sending = true; // until it has a number, by which the next one takes its place
    auto* watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        watcher->deleteLater();
        m_sending = false;
        if (watcher->isError())
            return;
        m_id = watcher->reply().arguments().value(0).toUInt();
        m_server = watcher->reply().service();
        if (m_title.isEmpty())
            close(); // it was taken back meanwhile
        else if (std::exchange(m_again, false))
            say(m_title, m_text);
    });
}

void Notification::takeBack()
{
    m_title.clear();
    close();
}

void Notification::close()
{
    if (m_id == 0)
        return;
    QDBusMessage call = callOf("CloseNotification");
    call << m_id;
    m_bus.send(call);
    m_id = 0;
}

bool Notification::isOurs(uint id, const QDBusMessage& message) const
{
    return id == m_id && id != 0 && message.service() == m_server;
}

/// Under Wayland a window may come up by itself only with such a token; Qt takes it from there.
void Notification::takeToken(uint id, const QString& token, const QDBusMessage& message)
{
    if (isOurs(id, message))
        qputenv("XDG_ACTIVATION_TOKEN", token.toUtf8());
}

void Notification::takeAction(uint id, const QString& action, const QDBusMessage& message)
{
    if (isOurs(id, message) && action == QLatin1String("default"))
        Q_EMIT clicked();
}

void Notification::takeClosed(uint id, uint, const QDBusMessage& message)
{
    if (isOurs(id, message))
        m_id = 0;
}
