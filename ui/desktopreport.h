// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class BatchRunner;
class Desktop;
class QWidget;
class Session;
struct Run;

/// What the runs mean to the desktop: how far the one in progress is, in the window's title and in
/// the task bar; that the machine stays awake; and a notification when all is over, or when a run
/// failed, unless the window is the active one. A click on it brings the window up.
class DesktopReport : public QObject
{
    Q_OBJECT

public:
    /// All of them live as long as the report.
    DesktopReport(Session& session, Desktop& desktop, QWidget& window);

private:
    void refresh();
    void takeEnd(int number);
    void tellBatch();
    void tell(const Run& run);
    bool goesOn() const;
    void takeClick();

    Session& m_session;
    Desktop& m_desktop;
    QWidget& m_window;
    BatchRunner* m_batch; ///< of the window; null: it has none
    QString m_title;      ///< without a run
    bool m_busy = false;
    int m_done = 0, m_failed = 0; ///< since the first of those in a row began
    int m_told = 0;               ///< the run that the notification is about
};

/// Brings a window up that may be minimised or behind others.
void bringUp(QWidget& window);
