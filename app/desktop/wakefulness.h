// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusConnection>
#include <QObject>
#include <QVariant>

#include <cstddef>

/// Asks the desktop not to let the machine fall asleep, in the first of three ways that somebody
/// answers to (wakefulness.cpp). Who asked and is gone counts no more, so a crash keeps no machine
/// awake.
class Wakefulness : public QObject
{
    Q_OBJECT

public:
    explicit Wakefulness(const QDBusConnection& bus, QObject* parent = nullptr);

    /// @p reason is shown by the desktop; empty: the machine may sleep.
    void keep(const QString& reason);

private:
    void ask(std::size_t way);
    void release();

    QDBusConnection m_bus;
    QString m_reason;
    std::size_t m_way = 0;
    QVariant m_held; ///< what the answer was; none: nothing is held
    bool m_asking = false;
};
