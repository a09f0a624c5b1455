// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/history.h"

#include "app/editlabel.h"

#include <QScopedValueRollback>

#include <algorithm>

/// A step on the stack. What it does first is done already.
class History::Command : public QUndoCommand
{
public:
    Command(History& history, HistoryStep step, bool continues)
        : QUndoCommand(step.document.label)
        , m_history(history)
        , m_step(std::move(step))
        , m_continues(continues)
    {
        const Edit& edit = m_step.document;
        if (!m_step.away)
            m_field = typedField(history.m_editor.methods(), edit.before, edit.after);
    }

    const HistoryStep& step() const { return m_step; }
    int editNumber() const { return m_step.document.number; }
    const std::string& field() const { return m_field; }

    void undo() override { m_history.put(m_step, false); }
    void redo() override
    {
        if (!std::exchange(m_done, false))
            m_history.put(m_step, true);
    }
    int id() const override { return 1; }
    bool mergeWith(const QUndoCommand* other) override
    {
        const auto& next = static_cast<const Command&>(*other);
        if (!next.m_continues)
            return false;
        Edit& edit = m_step.document;
        edit.after = next.m_step.document.after;
        ++m_step.revision;
        setObsolete(edit.before == edit.after);
        return true;
    }

private:
    History& m_history;
    HistoryStep m_step;
    bool m_done = true;       ///< the next redo() is that of the stack itself
    bool m_continues = false; ///< the step before it
    std::string m_field;
};

History::History(Editor& editor, Runs& runs, Queue& queue, QObject* parent)
    : QObject(parent)
    , m_editor(editor)
    , m_runs(runs)
    , m_queue(queue)
{
    m_stack.setUndoLimit(limit);
    m_clock.start();
    connect(&editor, &Editor::edited, this, &History::addEdit);
    connect(
        &queue, &Queue::edited, this,
        [this](const QString& label, const auto& before, const auto& after) {
            add(
                {.document = {.label = label},
                 .queueBefore = before,
                 .queueAfter = after,
                 .queue = true});
        });
    connect(&m_stack, &QUndoStack::indexChanged, this, &History::changed);
}

const History::Command* History::last() const
{
    return m_stack.canUndo() ? static_cast<const Command*>(m_stack.command(m_stack.index() - 1))
                             : nullptr;
}

void History::addEdit(const Edit& edit)
{
    HistoryStep step {.document = edit};
    if (edit.label.isEmpty())
        step.document.label = editLabel(m_editor.methods(), edit.before, edit.after);
    const Command* before = last();
    const std::string field = typedField(m_editor.methods(), edit.before, edit.after);
    const bool late = before && edit.number > 0 && before->editNumber() == edit.number;
    const bool typing = before && !m_sealed && edit.label.isEmpty() && !field.empty()
        && before->field() == field && m_clock.elapsed() <= m_pause;
    add(std::move(step), late || typing);
}

void History::mark(
    const QString& label, const std::vector<HistoryStep::Mark>& marks, bool untilClosing)
{
    for (const HistoryStep::Mark& mark : marks)
        m_runs.setMarks(mark.run, mark.after);
    add({.document = {.label = label}, .marks = marks, .untilClosing = untilClosing});
}

void History::add(HistoryStep step, bool continues)
{
    step.number = ++m_lastNumber;
    m_stack.push(new Command(*this, std::move(step), continues));
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
    if (!step || step->editNumber() != number)
        return false;
    undo();
    return true;
}

const HistoryStep& History::at(int place) const
{
    return static_cast<const Command*>(m_stack.command(place))->step();
}

void History::restore(const std::vector<HistoryStep>& steps, int position)
{
    const QScopedValueRollback restoring(m_restoring, true);
    m_stack.clear();
    for (HistoryStep step : steps) {
        step.document.number = 0; // the editor's begin anew
        m_lastNumber = std::max(m_lastNumber, step.number);
        m_stack.push(new Command(*this, std::move(step), false));
    }
    m_stack.setIndex(position);
    seal();
}

/// Puts back what was before a step or behind it, unless it is there already, as after a restore.
void History::put(HistoryStep& step, bool after)
{
    if (m_restoring || (step.away && !(m_fetch && m_fetch(step))))
        return;
    const Edit& edit = step.document;
    if (edit.before != edit.after)
        m_editor.put(after ? edit.after : edit.before);
    for (const HistoryStep::Mark& mark : step.marks)
        m_runs.setMarks(mark.run, after ? mark.after : mark.before);
    if (step.queue && after)
        m_queue.arrange(step.queueBefore, step.queueAfter);
    else if (step.queue)
        m_queue.arrange(step.queueAfter, step.queueBefore);
}
