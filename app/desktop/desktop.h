// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

#include <memory>
#include <optional>

/// What the desktop is told of the work: how far it is, that the machine is to stay awake, what is
/// to be said to somebody who looks elsewhere. It is told over the bus of the desktop's session,
/// which is looked for on another thread, and waits for nothing; without a bus, and for what no
/// service takes, nothing happens.
class Desktop : public QObject
{
    Q_OBJECT

public:
    explicit Desktop(QObject* parent = nullptr);
    ~Desktop() override; ///< takes back what the desktop was told

    /// Shown at the program's place in the task bar, 0 to 1; nothing: no work is in progress.
    void setProgress(std::optional<double> part);
    /// As long as it is on, the machine does not go to sleep because nobody touches it; its screen
    /// may go dark, where the desktop tells the two apart.
    void keepAwake(bool on, const QString& reason);
    /// A notification, in place of the one before.
    void say(const QString& title, const QString& text);
    /// Takes the notification away where it still stands.
    void takeBack();

Q_SIGNALS:
    /// The notification was clicked.
    void clicked();

private:
    struct Parts;

    void connectParts();

    std::unique_ptr<Parts> m_parts; ///< null: there is no bus, or not yet
    std::optional<double> m_progress;
    QString m_reason; ///< to stay awake; empty: none
    QString m_title, m_text;
};
