// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QList>
#include <QPointer>
#include <QString>

class Actions;
class QAction;
class QLabel;
class QLineEdit;
class QMainWindow;
class QTreeWidget;

/// Over the window: a field for some words, and below it what the window can do that has them all
/// in its name, its menu or its tip. Return does it. What cannot be done now is grey, and says why.
class CommandSearch : public QFrame
{
    Q_OBJECT

public:
    CommandSearch(QMainWindow& window, Actions& actions);

    void open();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    /// Something that can be done.
    struct Command
    {
        QPointer<QAction> action = {};
        QString where = {}; ///< the menus in which it stands
    };

    void gather();
    void list();
    void describe();
    void run();
    void leave();
    void fit();

    QMainWindow& m_window;
    Actions& m_actions;
    QLineEdit* m_words;
    QTreeWidget* m_list;
    QLabel* m_tip;
    QList<Command> m_commands;
    QPointer<QWidget> m_before; ///< had the focus
};

/// The text of an action without its mark for the keyboard and its dots.
QString plainText(const QAction& action);
/// Whether a text has all the words, in any order and case, each at least as part of a word.
bool hasWords(const QString& text, const QString& words);
