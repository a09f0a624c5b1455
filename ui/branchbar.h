// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class Actions;
class QLabel;
class Session;

/// Says that the next run is a branch, of what, and from where; with a way out.
class BranchBar : public QFrame
{
    Q_OBJECT

public:
    BranchBar(Session& session, Actions& actions, QWidget* parent = nullptr);

    QString text() const; ///< empty: it is none

protected:
    void changeEvent(QEvent* event) override;

private:
    void refresh();
    void showSign();

    Session& m_session;
    Actions& m_actions;
    QLabel *m_sign, *m_text;
};
