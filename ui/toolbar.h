// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QToolBar>

class Actions;
class QActionGroup;
class QLineEdit;
class QToolButton;
class Session;

/// Modes, Open, Sample, the seed, Stop and Run.
class ToolBar : public QToolBar
{
    Q_OBJECT

public:
    ToolBar(Session& session, Actions& actions, QWidget* parent = nullptr);

    QLineEdit& seed() const { return *m_seed; }

private:
    void addModes();
    void addSeed();
    void addRun();
    QToolButton* addButton(const char* action);
    void refresh();
    void takeSeed(const QString& text);

    Session& m_session;
    Actions& m_actions;
    QActionGroup* m_modes;
    QLineEdit* m_seed;
    QToolButton* m_stop;
    QToolButton* m_run;
};
