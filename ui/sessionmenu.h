// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class Actions;
class Keeper;
class NoticeBar;
class QMainWindow;
class QMenu;
class Session;
class Sessions;

/// What the window offers to do with sessions, and what it says of them.
class SessionMenu : public QObject
{
    Q_OBJECT

public:
    /// Puts its entries into @p file, before @p quit.
    SessionMenu(
        Session& session, Sessions& sessions, Keeper& keeper, NoticeBar& notices, QMenu& file,
        QAction* quit, QMainWindow* window);

    /// What a dialog shows of them.
    static QString filter();
    /// Opens a session; what cannot be is said. False: by its name the file is none.
    bool open(const QString& path);

private:
    void fillRecent(QMenu& menu);
    void chooseSession();
    void saveAs();
    void tellSaved(const QString& path, const QString& failure);
    void showSession();
    void refresh();

    Session& m_session;
    Sessions& m_sessions;
    Keeper& m_keeper;
    NoticeBar& m_notices;
    QMainWindow* m_window;
    QAction* m_saveAs = nullptr;
    QList<QAction*> m_switching; ///< not while a run is in progress
};
