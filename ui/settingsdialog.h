// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include <vector>

class Actions;
class QLabel;
class QLineEdit;
class QListWidget;
class QStackedWidget;
class Session;
class Settings;
class SettingsPage;

/// All settings on pages, and a search that finds them by words. What is changed counts at once;
/// what belongs to the document (device, precision) can be undone as every edit.
class SettingsDialog : public QDialog
{
    Q_OBJECT

public:
    SettingsDialog(
        Session& session, Settings& settings, Actions& actions, QWidget* parent = nullptr);

    /// Shows the page called so.
    void showPage(const QString& id);
    const std::vector<SettingsPage*>& pages() const { return m_pages; }
    SettingsPage* page() const; ///< that is shown
    QLineEdit& words() const { return *m_words; }

private:
    void build();
    void filter(const QString& words);

    QLineEdit* m_words;
    QListWidget* m_names;
    QStackedWidget* m_stack;
    QLabel* m_none;
    std::vector<SettingsPage*> m_pages;
};
