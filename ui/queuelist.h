// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class Actions;
class QLabel;
class QListWidget;
class Session;
class YieldingArea;

/// The runs that wait, the next one on top, with what pauses, clears and repeats them. Not seen
/// while there is nothing to say.
class QueueList : public QWidget
{
    Q_OBJECT

public:
    QueueList(Session& session, Actions& actions, QWidget* parent = nullptr);

    QListWidget& list() const { return *m_list; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void refresh();
    int chosen() const; ///< the id of the row with the focus; 0: none
    void moveBy(int rows);
    void choose(int id);

    Session& m_session;
    Actions& m_actions;
    QLabel* m_title;
    QLabel* m_reason;
    YieldingArea* m_why; ///< in which the reason stands
    QListWidget* m_list;
};
