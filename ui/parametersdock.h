// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDockWidget>

#include <string>

class FoundModels;
class LoraList;
class ModelChooser;
class ParameterForm;
class PresetButton;
class QLabel;
class QScrollArea;
class Session;
class Settings;
enum class NetworkUse;
struct FormNetworks;
struct NetworkSlot;

/// The form of the method's parameters, the presets in its title, the model below.
class ParametersDock : public QDockWidget
{
    Q_OBJECT

public:
    /// @p found: the networks that are offered where one is chosen.
    ParametersDock(
        Session& session, Settings& settings, FoundModels& found, QWidget* parent = nullptr);

    ParameterForm* form() const { return m_form; }
    /// What the method says of the request as it stands.
    QString said() const;
    ModelChooser* models() const { return m_models; }
    PresetButton* presets() const { return m_preset; }
    /// Why a run would not be what the fields say, or fail; empty: nothing is known against it.
    QString blocked() const;
    void showAll() { showValue({}); } ///< in place of what is typed and not accepted

Q_SIGNALS:
    void blockedChanged();
    /// The list of what was found is wanted, to choose one for that slot, or one of that use.
    void foundRequested(const NetworkSlot* slot, NetworkUse use);
    void getRequested();

private:
    void build();
    void showValue(const std::string& id);
    void showFixed();
    void refreshOffers();
    void refreshPreset();
    void refreshSaid();
    FormNetworks networks();

    Session& m_session;
    Settings& m_settings;
    PresetButton* m_preset;
    QLabel *m_note, *m_said; ///< of the preset; of the request as it stands
    QLabel* m_sign;          ///< how grave that is
    QWidget* m_saying;       ///< both
    QWidget* m_fields;       ///< what the preset says, and the form
    QScrollArea* m_scroll;
    ParameterForm* m_form = nullptr;
    LoraList* m_loras = nullptr; ///< in the form
    ModelChooser* m_models;
    FoundModels& m_found;
};
