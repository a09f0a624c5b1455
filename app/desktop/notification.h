// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusConnection>
#include <QDBusMessage>
#include <QObject>
#include <QString>

/// One notification (Desktop Notifications Specification 1.2), which the next one replaces.
class Notification : public QObject
{
    Q_OBJECT

public:
    explicit Notification(const QDBusConnection& bus, QObject* parent = nullptr);

    void say(const QString& title, const QString& text);
    void takeBack();

Q_SIGNALS:
    void clicked();

private Q_SLOTS:
    void takeToken(uint id, const QString& token, const QDBusMessage& message);
    void takeAction(uint id, const QString& action, const QDBusMessage& message);
    void takeClosed(uint id, uint reason, const QDBusMessage& message);

private:
    void send(bool markup, bool actions);
    bool isOurs(uint id, const QDBusMessage& message) const;
    void close();

    QDBusConnection m_bus;
    QString m_title, m_text; ///< empty: it was taken back
    QString m_server;       ///< the name on the bus of who shows it: another's signals do not count
    uint m_id = 0;          ///< 0: none stands
    bool m_asking = false;  ///< what can be shown
    bool m_sending = false; ///< one that has no number yet
    bool m_again = false;   ///< something else is to be said then
};
