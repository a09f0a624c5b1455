// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLineEdit;
class SettingsDialog;
class SettingsPage;

/// A folder or a file that is typed or chosen; in place of a file there may be none.
class PlaceField : public QWidget
{
    Q_OBJECT

public:
    enum Kind { Folder, File };
    /// @p title: that of the dialog in which it is chosen.
    PlaceField(Kind kind, const QString& title, QWidget* parent = nullptr);
    void setPath(const QString& path);

Q_SIGNALS:
    void chosen(const QString& path); ///< one that there is; of a file also empty: none

private:
    void take(const QString& path);
    void browse();

    Kind m_kind;
    QString m_title;
    QLineEdit* m_path;
};

/// The page that says what leaves the program, and in which files it stands.
SettingsPage* privacy(SettingsDialog& dialog);
/// Where what is kept lies.
void addPlaces(SettingsPage& page);
