// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QToolBar>

class Actions;
class QActionGroup;
class QLineEdit;
class QMenu;
class QToolButton;
class Session;

/// Modes, Open, Sample, the seed, Stop and Run.
class ToolBar : public QToolBar
{
    Q_OBJECT

public:
    ToolBar(Session& session, Actions& actions, QWidget* parent = nullptr);

    QLineEdit& seed() const { return *m_seed; }
    /// Why no run can start although nothing is missing; empty: one can.
    void setBlocked(const QString& why);
    void setSamples(QMenu& menu); ///< beside the button that takes the first of them
    void showSeed(); ///< what the next run takes, in place of what is typed and not accepted

private:
    void addModes();
    void addSeed();
    void addRun();
    QToolButton* addButton(const char* action);
    void refresh();
    void lockSeed(bool locked);
    void takeSeed(const QString& text);
    void setInvalid(bool invalid);

    Session& m_session;
    QString m_blocked;
    Actions& m_actions;
    QActionGroup* m_modes;
    QToolButton* m_sample;
    QLineEdit* m_seed;
    QToolButton* m_stop;
    QToolButton* m_run;
};
