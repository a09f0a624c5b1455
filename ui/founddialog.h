// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/found/networkslot.h"

#include <QDialog>

class FoundFilter;
class FoundModels;
class FoundTable;
class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QMenu;
class QProgressBar;
class QPushButton;
class QStackedWidget;
class QTreeView;
class Session;
class Settings;

/// The one list of the networks that are on this computer: what each is, for which mode, whether it
/// fits and if not why; to be used, marked as a favourite, shown in its folder.
class FoundDialog : public QDialog
{
    Q_OBJECT

public:
    /// @p slot: the parameter that one is chosen for; null: whatever it is used for is found out.
    FoundDialog(
        Session& session, Settings& settings, FoundModels& found, const NetworkSlot* slot = nullptr,
        QWidget* parent = nullptr);

    /// Shows the networks of that use alone, all of them or those alone that fit.
    void filter(NetworkUse use, bool fittingOnly);
    QTreeView& list() const { return *m_list; }
    QString said() const; ///< of what is marked, or why the list is empty

Q_SIGNALS:
    void getRequested();

private:
    void build();
    QWidget* filterRow();
    void fillFolders(QMenu& menu);
    void addFolder();
    void follow();
    void refresh();
    void describe();
    void use();
    const FoundNetwork* marked() const;
    QString emptyText() const;

    Session& m_session;
    Settings& m_settings;
    FoundModels& m_found;
    const NetworkSlot* m_slot;
    FoundTable* m_table;
    FoundFilter* m_filter;
    QLineEdit* m_words;
    QComboBox* m_uses;
    QCheckBox* m_fitting;
    QTreeView* m_list;
    QStackedWidget* m_stack; ///< the list, or why it is empty
    QLabel *m_empty, *m_said, *m_state;
    QProgressBar* m_progress;
    QPushButton *m_use, *m_favourite, *m_folder, *m_again, *m_get;
};

/// Uses a network in the document: as its model, as a LoRA more, or as the file of the parameter
/// that takes it (@p slot, or the one of the mode that there is).
void useNetwork(
    Session& session, Settings& settings, const FoundNetwork& found, const NetworkSlot* slot);
