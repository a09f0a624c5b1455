// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/undoactions.h"

#include "app/history.h"
#include "ui/actions.h"
#include "ui/paintcanvas.h"
#include "ui/paintpane.h"

#include <QAbstractSpinBox>
#include <QAction>
#include <QApplication>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>

UndoActions::UndoActions(History& history, Actions& actions, PaintPane& painter, QWidget& window)
    : QObject(&window)
    , m_history(history)
    , m_actions(actions)
    , m_painter(painter)
    , m_window(window)
{
    connect(actions("undo"), &QAction::triggered, this, [this] { act(true); });
    connect(actions("redo"), &QAction::triggered, this, [this] { act(false); });
    connect(&history, &History::changed, this, &UndoActions::refresh);
    connect(&history, &History::undone, this, [this](const QString& label) {
        Q_EMIT fieldsOutdated();
        Q_EMIT told(tr("Undone: %1").arg(label));
    });
    connect(&history, &History::redone, this, [this](const QString& label) {
        Q_EMIT fieldsOutdated();
        Q_EMIT told(tr("Made again: %1").arg(label));
    });
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget* before, QWidget* now) {
        if (now)
            m_focus = now;
        if (before && now)
            m_history.seal(); // what is typed elsewhere is another step
        refresh();
    });
    qApp->installEventFilter(this);
    refresh();
}

void UndoActions::act(bool back)
{
    if (back && m_painter.canvas().dropStroke()) // it was never a step: it goes first
        return refresh();
    if (back && m_focus && m_focus->property("invalid").toBool())
        Q_EMIT fieldsOutdated(); // nor was what is not accepted
    else if (back)
        m_history.undo();
    else
        m_history.redo();
    refresh();
}

void UndoActions::refresh()
{
    QAction *undo = m_actions("undo"), *redo = m_actions("redo");
    const auto named = [](const QString& what, const QString& label) {
        return label.isEmpty()
            ? what
            : tr("%1: %2").arg(
                what, QString(label).replace(QLatin1Char('&'), QStringLiteral("&&")));
    };
    const bool stroke = m_painter.canvas().painting().inStroke();
    const bool invalid = m_focus && m_focus->property("invalid").toBool();
    undo->setText(named(
        tr("&Undo"),
        stroke        ? tr("Stroke")
            : invalid ? tr("Typing")
                      : m_history.undoText()));
    redo->setText(named(tr("R&edo"), m_history.redoText()));
    undo->setEnabled(stroke || invalid || m_history.canUndo());
    redo->setEnabled(m_history.canRedo());
}

/// The fields leave the keys of undo and redo to the window, and their menus show its actions.
bool UndoActions::eventFilter(QObject* watched, QEvent* event)
{
    const bool key = event->type() == QEvent::ShortcutOverride || event->type() == QEvent::KeyPress;
    if (!key && event->type() != QEvent::ContextMenu)
        return false;
    auto* widget = qobject_cast<QWidget*>(watched);
    if (!widget || widget->window() != &m_window)
        return false;
    if (event->type() == QEvent::ContextMenu)
        return popUp(*widget, static_cast<QContextMenuEvent&>(*event));
    const auto& pressed = static_cast<QKeyEvent&>(*event);
    const QKeySequence keys(pressed.keyCombination());
    if (!m_actions("undo")->shortcuts().contains(keys)
        && !m_actions("redo")->shortcuts().contains(keys))
        return false;
    refresh(); // a field may have come to show what is not accepted
    event->setAccepted(event->type() == QEvent::KeyPress); // there: nothing to undo, so nothing
    return true;
}

bool UndoActions::popUp(QWidget& field, const QContextMenuEvent& event)
{
    auto* line = qobject_cast<QLineEdit*>(&field);
    auto* text = qobject_cast<QPlainTextEdit*>(&field);
    if (!text) // its menu is asked for on its viewport
        text = qobject_cast<QPlainTextEdit*>(field.parentWidget());
    if ((line && line->isReadOnly()) || (text && text->isReadOnly()))
        return false;
    QMenu* menu = line ? line->createStandardContextMenu()
        : text         ? text->createStandardContextMenu()
                       : nullptr;
    if (!menu)
        return false;
    // It begins with the field's own two.
    for (int i = 0; i < 2 && !menu->isEmpty(); ++i)
        menu->removeAction(menu->actions().first());
    QAction* first = menu->isEmpty() ? nullptr : menu->actions().first();
    menu->insertAction(first, m_actions("undo"));
    menu->insertAction(first, m_actions("redo"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->popup(event.globalPos());
    return true;
}
