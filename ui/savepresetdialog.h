// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ownpresets.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;

/// Asks what a preset of the values as they are is called, and which of them it has: those that
/// differ from the method's own or were set by hand, the prompt only where that is wanted.
class SavePresetDialog : public QDialog
{
    Q_OBJECT

public:
    explicit SavePresetDialog(const Editor& editor, QWidget* parent = nullptr);

Q_SIGNALS:
    void chosen(const OwnPreset& preset);

private:
    void list();
    void refresh();
    OwnPreset preset() const;
    void finish();

    const Editor& m_editor;
    std::vector<PresetFile> m_there;
    QLineEdit* m_name;
    QListWidget* m_values;
    QLabel* m_said;
    QPushButton* m_save = nullptr;
    Values m_offered;
};
