// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalogue.h"

#include <QDialog>

#include <string>

class GetModels;
class GetModelsPanel;
class QLabel;
class QLineEdit;
class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;

/// *Get models*: what there is, by what somebody wants to do; about the chosen one; what is being
/// fetched; where models live. A file that is dropped on it is taken in.
class GetModelsDialog : public QDialog
{
    Q_OBJECT

public:
    GetModelsDialog(GetModels& models, QWidget* parent = nullptr);

    /// Chooses an entry; empty: what was chosen stays.
    void choose(const std::string& id);
    GetModelsPanel& panel() const { return *m_panel; }
    QTreeWidget& list() const { return *m_list; }
    QLineEdit& field() const { return *m_find; }
    /// Takes files in that are here.
    void takeIn(const QStringList& files);

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    QWidget* buildFolder();
    void fill();
    void find(const QString& words);
    void showChosen();
    void refresh();
    void refreshFolder();
    QString stateOf(const CatalogueEntry& entry, const char*& role) const;
    void chooseFolder();
    void setFolder(const QString& folder);
    void browseFiles();

    GetModels& m_models;
    QLineEdit* m_find;
    QTreeWidget* m_list;
    GetModelsPanel* m_panel;
    QLabel *m_folder, *m_said;
};
