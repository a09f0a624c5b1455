// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ownpresets.h"

#include <QDialog>

#include <optional>

class QLabel;
class QListWidget;
class QListWidgetItem;
class QPushButton;

/// One's own presets of the mode: renamed in the list, shared as files, moved to the trash and
/// back.
class OwnPresetsDialog : public QDialog
{
    Q_OBJECT

public:
    explicit OwnPresetsDialog(const Editor& editor, QWidget* parent = nullptr);

    /// Lists what is there now.
    void fill();

Q_SIGNALS:
    void takeInRequested();
    void changed(); ///< what there is

private:
    const PresetFile* chosen() const;
    void refresh();
    void rename(QListWidgetItem* item);
    void share();
    void bin();
    void putBack();
    void say(const QString& sentence, bool error);

    const Editor& m_editor;
    std::vector<PresetFile> m_there;
    std::optional<OwnPreset> m_binned; ///< last
    QListWidget* m_list;
    QLabel* m_said;
    QPushButton *m_rename, *m_share, *m_bin, *m_back;
};
