// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/desktop/launcherentry.h"

#include "app/desktop/applicationid.h"

#include <QDBusMessage>
#include <QVariantMap>

#include <algorithm>

LauncherEntry::LauncherEntry(const QDBusConnection& bus)
    : m_bus(bus)
{
}

void LauncherEntry::setProgress(std::optional<double> part)
{
    std::optional<int> percent;
    if (part)
        percent = int(std::clamp(*part, 0., 1.) * 100);
    if (percent == m_percent)
        return;
    m_percent = percent;
    QDBusMessage update = QDBusMessage::createSignal(
        QStringLiteral("/com/canonical/unity/launcherentry/simile"),
        QStringLiteral("com.canonical.Unity.LauncherEntry"), QStringLiteral("Update"));
    update << QStringLiteral("application://%1.desktop").arg(applicationId())
           << QVariantMap {
                  {QStringLiteral("progress"), percent.value_or(0) / 100.},
                  {QStringLiteral("progress-visible"), percent.has_value()}};
    m_bus.send(update);
}
