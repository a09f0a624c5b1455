// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLineEdit;
class SettingsDialog;
class SettingsPage;

/// A folder that is typed or chosen.
class FolderField : public QWidget
{
    Q_OBJECT

public:
    explicit FolderField(QWidget* parent = nullptr);
    void setPath(const QString& path);

Q_SIGNALS:
    void chosen(const QString& path); ///< one that there is

private:
    void take(const QString& path);
    void browse();

    QLineEdit* m_path;
};

/// The page that says what leaves the program, and in which files it stands.
SettingsPage* privacy(SettingsDialog& dialog);
/// Where what is kept lies.
void addPlaces(SettingsPage& page);
