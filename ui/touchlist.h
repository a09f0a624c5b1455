// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class Editor;
class QLabel;
class QLineEdit;
class QToolButton;
class QVBoxLayout;

/// The changes inside the network that the next run makes: what each does, a button that takes it
/// out, and below it why it does not fit; at the end a field for another one, as on the command
/// line. It folds, and is open where there are any.
class TouchList : public QWidget
{
    Q_OBJECT

public:
    explicit TouchList(Editor& editor, QWidget* parent = nullptr);

    QLineEdit* entry() const { return m_entry; }
    QString message() const; ///< why what was typed is not accepted; empty: it is

private:
    void refresh();
    void addRow(int at);
    void add();
    void say(const QString& message);

    Editor& m_editor;
    QToolButton* m_fold;
    QWidget *m_body, *m_rows;
    QVBoxLayout* m_list; ///< of the rows
    QLineEdit* m_entry;
    QLabel* m_message;
};
