// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>

class Actions;
class History;
class PaintPane;
class QContextMenuEvent;
class QLineEdit;
class QMenu;
class QPlainTextEdit;
class QWidget;

/// Undo and Redo of the window: they say what they do, and act everywhere in it, on the one history;
/// neither the text fields nor the painter have one of their own.
class UndoActions : public QObject
{
    Q_OBJECT

public:
    UndoActions(History& history, Actions& actions, PaintPane& painter, QWidget& window);

    void refresh(); ///< says anew what they do

Q_SIGNALS:
    /// A field shows what is not accepted, or what no longer holds: it is to show what counts.
    void fieldsOutdated();
    void told(const QString& what); ///< "Undone: Prompt"

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void act(bool back);
    bool popUp(QWidget& field, const QContextMenuEvent& event);

    History& m_history;
    Actions& m_actions;
    PaintPane& m_painter;
    QWidget& m_window;
    QPointer<QWidget> m_focus; ///< where the keyboard is; a menu does not take it away
};
