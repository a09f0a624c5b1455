// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

#include <functional>
#include <vector>

class QCheckBox;
class FoundModels;
class QLabel;
class QMenu;
class QToolButton;
class Session;
class Settings;
struct FoundNetwork;

/// Which model makes the pictures, what it is, and why it may not fit.
class ModelChooser : public QFrame
{
    Q_OBJECT

public:
    ModelChooser(Session& session, Settings& settings, QWidget* parent = nullptr);

    /// Those on this computer are offered from now on.
    void setFound(FoundModels& found);
    /// What is offered where the chosen model does not serve the mode; empty: nothing.
    QString offer() const;
    /// The menu with the default model, the recent ones and the two dialogs.
    QMenu* menu() const { return m_menu; }
    /// What the card says.
    QString description() const;
    /// Unfolds what to get for photographs, and gives the list of models the keyboard.
    void explainPhotographs();
    /// Lets no other model be chosen, and says why; an empty text lets it.
    void setFixed(const QString& why);

Q_SIGNALS:
    void foundRequested(); ///< the list of all models on this computer is wanted

private:
    void fillMenu();
    void addFound(const std::function<void(const QString&, const QString&)>& add);
    std::vector<FoundNetwork> fittingModels() const;
    void refreshOffer(bool serves);
    void refresh();
    void open(bool folder);

    Session& m_session;
    Settings& m_settings;
    FoundModels* m_found = nullptr;
    QMenu* m_menu;
    QToolButton* m_button;
    QLabel* m_problem;
    QLabel *m_offer, *m_text;
    QCheckBox* m_paper;
    QString m_stage, m_failure, m_fixed;
    bool m_help = false; ///< how to load another model is unfolded
};

/// "cloning and masking off, strength is 0.5 (paper: 0.98)": what the values in use leave off
/// or change of the paper's (or "usually: 7.5", of the method's own); empty: nothing.
QString differencesFromPaper(const Session& session);
