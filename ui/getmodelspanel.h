// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/network/downloads.h"
#include "core/catalogue.h"

#include <QScrollArea>

#include <filesystem>
#include <memory>

class GetModels;
class LicenceBox;
class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;

/// One network in *Get models*: what it is for, its size, where it comes from, its licence, and
/// what can be done: get it, or use it, verify it again, delete it. Or a link that was pasted,
/// whose site is asked first for its files and its licence.
class GetModelsPanel : public QScrollArea
{
    Q_OBJECT

public:
    explicit GetModelsPanel(GetModels& models, QWidget* parent = nullptr);
    ~GetModelsPanel() override;

    void showEntry(const CatalogueEntry& entry);
    void showLink(const PublishedFile& link);
    /// In place of all else.
    void showText(const QString& text);
    /// What is there of it, and what can be done, once more.
    void refresh();

    QPushButton* getButton() const { return m_get; }
    QPushButton* askButton() const { return m_ask; }
    QPushButton* useButton() const { return m_use; }
    QCheckBox* acceptBox() const;

Q_SIGNALS:
    void changed(); ///< what is there
    void used();
    void fetched(); ///< it is about to be put into the list

private:
    void build();
    void begin(const CatalogueEntry* entry, const PublishedFile& link);
    QPushButton* button(const QString& text, void (GetModelsPanel::*act)());
    void takeList(const RepositoryList& list);
    FetchSource source() const;
    std::filesystem::path there() const;
    void say(const QString& text, const char* role);
    void showState(const std::filesystem::path& file);
    QString checkedText(const std::filesystem::path& file, bool& damaged) const;
    QString sizeText() const;
    QString fileText() const;
    void get();
    void ask();
    void use();
    void showInFolder();
    void verifyAgain();
    void remove();

    GetModels& m_models;
    std::unique_ptr<RepositoryLookup> m_lookup;
    const CatalogueEntry* m_entry = nullptr;
    PublishedFile m_link = {}; ///< where there is no entry
    RepositoryList m_list = {};
    bool m_asking = false, m_listed = false;

    QWidget *m_body, *m_facts;
    QLabel *m_title, *m_purpose, *m_for, *m_size, *m_from, *m_file, *m_state;
    LicenceBox* m_licence;
    QComboBox* m_files;
    QPushButton *m_ask, *m_get, *m_use, *m_folder, *m_verify, *m_delete;
};
