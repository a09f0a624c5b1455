// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDockWidget>

#include <string>

class ModelChooser;
class ParameterForm;
class QLabel;
class QMenu;
class QScrollArea;
class QToolButton;
class Session;
class Settings;

/// The form of the method's parameters, the presets in its title, the model below.
class ParametersDock : public QDockWidget
{
    Q_OBJECT

public:
    ParametersDock(Session& session, Settings& settings, QWidget* parent = nullptr);

    ParameterForm* form() const { return m_form; }
    /// What the method says of the request as it stands.
    QString said() const;
    ModelChooser* models() const { return m_models; }
    void showAll() { showValue({}); } ///< in place of what is typed and not accepted

private:
    void build();
    void showValue(const std::string& id);
    void showFixed();
    void refreshOffers();
    void refreshPreset();
    void refreshSaid();
    void fillPresets();

    Session& m_session;
    QToolButton* m_preset;
    QMenu* m_presets;
    QLabel *m_note, *m_said; ///< of the preset; of the request as it stands
    QScrollArea* m_scroll;
    ParameterForm* m_form = nullptr;
    ModelChooser* m_models;
};
