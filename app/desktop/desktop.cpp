// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/desktop/desktop.h"

#include "app/background.h"
#include "app/desktop/launcherentry.h"
#include "app/desktop/notification.h"
#include "app/desktop/wakefulness.h"

#include <QFileInfo>
#include <QtConcurrentRun>

namespace {

/// Without one libdbus would start a bus of its own, on which nobody is.
bool mayHaveBus()
{
    return qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS")
        || QFileInfo::exists(qEnvironmentVariable("XDG_RUNTIME_DIR") + QStringLiteral("/bus"));
}

} // namespace

struct Desktop::Parts
{
    explicit Parts(const QDBusConnection& bus)
        : launcher(bus)
        , wakefulness(bus)
        , notification(bus)
    {
    }

    LauncherEntry launcher;
    Wakefulness wakefulness;
    Notification notification;
};

/// A bus that does not answer is waited for by libdbus, up to 25 seconds.
Desktop::Desktop(QObject* parent)
    : QObject(parent)
{
    if (!mayHaveBus())
        return;
    whenDone(
        QtConcurrent::run([] { return QDBusConnection::sessionBus(); }), this,
        [this](const QDBusConnection& bus) {
            if (!bus.isConnected())
                return;
            m_parts = std::make_unique<Parts>(bus);
            connectParts();
        });
}

Desktop::~Desktop()
{
    setProgress({});
    keepAwake(false, {});
}

/// What was told before the bus was there is told now.
void Desktop::connectParts()
{
    connect(&m_parts->notification, &Notification::clicked, this, &Desktop::clicked);
    if (m_progress)
        m_parts->launcher.setProgress(m_progress);
    m_parts->wakefulness.keep(m_reason);
    if (!m_title.isEmpty())
        m_parts->notification.say(m_title, m_text);
}

void Desktop::setProgress(std::optional<double> part)
{
    m_progress = part;
    if (m_parts)
        m_parts->launcher.setProgress(part);
}

void Desktop::keepAwake(bool on, const QString& reason)
{
    m_reason = on ? reason : QString();
    if (m_parts)
        m_parts->wakefulness.keep(m_reason);
}

void Desktop::say(const QString& title, const QString& text)
{
    m_title = title;
    m_text = text;
    if (m_parts)
        m_parts->notification.say(title, text);
}

void Desktop::takeBack()
{
    m_title.clear();
    if (m_parts)
        m_parts->notification.takeBack();
}
