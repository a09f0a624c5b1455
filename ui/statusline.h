// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStatusBar>

class QLabel;
class QToolButton;
class Session;
struct Run;

/// What is being done, how fast, how long still, on what; and the colour under the pointer.
class StatusLine : public QStatusBar
{
    Q_OBJECT

public:
    explicit StatusLine(Session& session, QWidget* parent = nullptr);

    void setReadout(const QString& text);
    /// Why the next run cannot start although nothing is missing; empty: it can.
    void setBlocked(const QString& why);
    /// What the newest run is doing.
    QString stage() const;

Q_SIGNALS:
    void deviceRequested(); ///< another device or precision is wanted

protected:
    void changeEvent(QEvent* event) override;

private:
    void refresh();
    QString waits() const;
    void showSeverity(const Run* run);

    Session& m_session;
    QString m_blocked;
    QLabel* m_severity;
    QLabel* m_stage;
    QLabel* m_speed;
    QLabel* m_left;
    QToolButton* m_device;
    QLabel* m_readout;
};

/// "8 s", "3 min 5 s", "1 h 2 min".
QString duration(double seconds);
