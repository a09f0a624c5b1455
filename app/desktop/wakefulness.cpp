// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/desktop/wakefulness.h"

#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

#include <iterator>
#include <utility>

namespace {

/// A service that can be asked, and what it is asked.
struct Way
{
    const char *service, *path, *interface;
    bool portal;
};

/// The first keeps the machine awake and lets the screen go dark (KDE, Xfce); the portal's flag 4
/// is the same by way of GNOME and others (XDG Desktop Portal, Inhibit); the last, of the Idle
/// Inhibition Service Draft, keeps the screen lit, too.
constexpr Way ways[] = {
    {"org.freedesktop.PowerManagement", "/org/freedesktop/PowerManagement/Inhibit",
     "org.freedesktop.PowerManagement.Inhibit", false},
    {"org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop",
     "org.freedesktop.portal.Inhibit", true},
    {"org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver",
     false},
};
constexpr uint suspend = 4;

QDBusMessage callOf(const Way& way, const char* interface, const QString& path, const char* method)
{
    return QDBusMessage::createMethodCall(
        QLatin1String(way.service), path, QLatin1String(interface), QLatin1String(method));
}

} // namespace

Wakefulness::Wakefulness(const QDBusConnection& bus, QObject* parent)
    : QObject(parent)
    , m_bus(bus)
{
}

void Wakefulness::keep(const QString& reason)
{
    const bool wanted = !std::exchange(m_reason, reason).isEmpty(); // and asked for already
    if (reason.isEmpty())
        release();
    else if (!wanted && !m_asking && !m_held.isValid())
        ask(0);
}

void Wakefulness::ask(std::size_t way)
{
    m_asking = way < std::size(ways);
    if (!m_asking)
        return;
    m_way = way;
    QDBusMessage call =
        callOf(ways[way], ways[way].interface, QLatin1String(ways[way].path), "Inhibit");
    if (ways[way].portal)
        call << QString() << suspend
             << QVariantMap {{QStringLiteral("reason"), m_reason}}; // the window is not named
    else
        call << QStringLiteral("Simile") << m_reason;
    auto* watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, way] {
        watcher->deleteLater();
        m_asking = false;
        if (!watcher->isError())
            m_held = watcher->reply().arguments().value(0);
        if (m_reason.isEmpty())
            release(); // it was let go meanwhile
        else if (!m_held.isValid())
            ask(way + 1);
    });
}

void Wakefulness::release()
{
    if (!m_held.isValid())
        return;
    const Way& way = ways[m_way];
    if (way.portal) {
        const QString request = m_held.value<QDBusObjectPath>().path();
        m_bus.send(callOf(way, "org.freedesktop.portal.Request", request, "Close"));
    } else {
        QDBusMessage call = callOf(way, way.interface, QLatin1String(way.path), "UnInhibit");
        call << m_held.toUInt();
        m_bus.send(call);
    }
    m_held.clear();
}
