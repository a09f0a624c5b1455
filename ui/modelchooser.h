// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QCheckBox;
class QLabel;
class QMenu;
class QToolButton;
class Session;
class Settings;

/// Which model makes the pictures, what it is, and why it may not fit.
class ModelChooser : public QFrame
{
    Q_OBJECT

public:
    ModelChooser(Session& session, Settings& settings, QWidget* parent = nullptr);

    /// The menu with the default model, the recent ones and the two dialogs.
    QMenu* menu() const { return m_menu; }
    /// What the card says.
    QString description() const;
    /// Unfolds what to get for photographs, and gives the list of models the keyboard.
    void explainPhotographs();
    /// Lets no other model be chosen, and says why; an empty text lets it.
    void setFixed(const QString& why);

private:
    void fillMenu();
    void refresh();
    void open(bool folder);

    Session& m_session;
    Settings& m_settings;
    QMenu* m_menu;
    QToolButton* m_button;
    QLabel* m_problem;
    QLabel* m_text;
    QCheckBox* m_paper;
    QString m_stage, m_failure, m_fixed;
    bool m_help = false; ///< how to load another model is unfolded
};

/// "cloning and masking off, strength is 0.5 (paper: 0.98)": what the values in use leave off
/// or change of the paper's (or "usually: 7.5", of the method's own); empty: nothing.
QString differencesFromPaper(const Session& session);
