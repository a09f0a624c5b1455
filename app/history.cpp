// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/history.h"

#include "app/editlabel.h"

#include <QScopedValueRollback>

#include <algorithm>

/// A step of the document on the stack. What it does first is done already.
class History::Command : public QUndoCommand
{
public:
    Command(History& history, Edit edit, bool continues)
        : QUndoCommand(edit.label)
        , m_history(history)
        , m_edit(std::move(edit))
        , m_continues(continues)
        , m_field(typedField(history.m_editor.methods(), m_edit.before, m_edit.after))
    {
    }

    const Edit& edit() const { return m_edit; }
    const std::string& field() const { return m_field; }

    void undo() override { m_history.put(m_edit.before); }
    void redo() override
    {
        if (!std::exchange(m_done, false))
            m_history.put(m_edit.after);
    }
    int id() const override { return 1; }
    bool mergeWith(const QUndoCommand* other) override
    {
        const auto& next = static_cast<const Command&>(*other);
        if (!next.m_continues)
            return false;
        m_edit.after = next.m_edit.after;
        setObsolete(m_edit.before == m_edit.after);
        return true;
    }

private:
    History& m_history;
    Edit m_edit;
    bool m_done = true;       ///< the next redo() is that of the stack itself
    bool m_continues = false; ///< the step before it
    std::string m_field;
};

History::History(Editor& editor, QObject* parent)
    : QObject(parent)
    , m_editor(editor)
{
    m_stack.setUndoLimit(limit);
    m_clock.start();
    connect(&editor, &Editor::edited, this, &History::add);
    connect(&m_stack, &QUndoStack::indexChanged, this, &History::changed);
}

const History::Command* History::last() const
{
    return m_stack.canUndo() ? static_cast<const Command*>(m_stack.command(m_stack.index() - 1))
                             : nullptr;
}

void History::add(const Edit& edit)
{
    Edit step = edit;
    if (step.label.isEmpty())
        step.label = editLabel(m_editor.methods(), edit.before, edit.after);
    const Command* before = last();
    const std::string field = typedField(m_editor.methods(), edit.before, edit.after);
    const bool late = before && edit.number > 0 && before->edit().number == edit.number;
    const bool typing = before && !m_sealed && edit.label.isEmpty() && !field.empty()
        && before->field() == field && m_clock.elapsed() <= m_pause;
    m_stack.push(new Command(*this, std::move(step), late || typing));
    m_sealed = false;
    m_clock.start();
    Q_EMIT changed(); // the index is the same where the step before it took it in
}

void History::undo()
{
    if (!canUndo())
        return;
    const QString label = undoText();
    seal();
    m_stack.undo();
    Q_EMIT undone(label);
}

void History::redo()
{
    if (!canRedo())
        return;
    const QString label = redoText();
    seal();
    m_stack.redo();
    Q_EMIT redone(label);
}

bool History::undoStep(int number)
{
    const Command* step = last();
    if (!step || step->edit().number != number)
        return false;
    undo();
    return true;
}

std::vector<Edit> History::steps() const
{
    std::vector<Edit> all;
    for (int i = 0; i < m_stack.count(); ++i)
        all.push_back(static_cast<const Command*>(m_stack.command(i))->edit());
    return all;
}

void History::restore(const std::vector<Edit>& steps, int position)
{
    const QScopedValueRollback restoring(m_restoring, true);
    m_stack.clear();
    for (Edit step : steps) {
        step.number = 0; // numbers begin anew
        m_stack.push(new Command(*this, std::move(step), false));
    }
    m_stack.setIndex(position);
    seal();
}

/// Puts a document back, unless it is there already, as after a restore.
void History::put(const Document& document)
{
    if (!m_restoring)
        m_editor.put(document);
}
