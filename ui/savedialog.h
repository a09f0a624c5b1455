// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/record.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QRadioButton;
class Settings;

/// How much a file carries, as it was chosen last.
Embed lastEmbed(const Settings& settings);

/// Where a result goes, and how much of its making the file carries.
class SaveDialog : public QDialog
{
    Q_OBJECT

public:
    SaveDialog(Settings& settings, const QString& name, QWidget* parent = nullptr);

Q_SIGNALS:
    void chosen(const QString& path, Embed embed);

private:
    Embed embed() const;
    QString path() const; ///< to be written, with its suffix
    void explain();
    void browse();
    void finish();

    Settings& m_settings;
    QLineEdit* m_path;
    QRadioButton* m_full;
    QRadioButton* m_only;
    QRadioButton* m_none;
    QLabel* m_sentence;
    QLabel* m_clash;
};
