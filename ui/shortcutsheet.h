// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class Actions;
class QAction;
class QKeySequenceEdit;
class QLabel;
class QLineEdit;
class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;

/// All keys in a list, by where they act. Each action can be given another one; a key that is taken
/// is said, and taken over only when that is asked for.
class ShortcutSheet : public QDialog
{
    Q_OBJECT

public:
    explicit ShortcutSheet(Actions& actions, QWidget* parent = nullptr);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QTreeWidgetItem* group(const QString& name);
    void fill();
    void filter(const QString& words);
    void select();
    void take(const QKeySequence& key);
    void give(const QKeySequence& key);
    void reset(const QList<QAction*>& actions);
    void say(const QString& sentence);
    QAction* chosen() const;

    Actions& m_actions;
    QLineEdit* m_words;
    QTreeWidget* m_list;
    QLabel* m_name;
    QKeySequenceEdit* m_keys;
    QPushButton* m_reset;
    QLabel* m_said;
    QPushButton* m_takeOver;
    QPushButton* m_resetAll;
};
