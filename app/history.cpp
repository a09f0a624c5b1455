// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/history.h"

#include "app/editlabel.h"

#include <QScopedValueRollback>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <numeric>
#include <set>

namespace {

std::size_t bytesOf(const Image& image)
{
    return image.rgb.size() + image.alpha.size();
}

} // namespace

/// A step on the stack. What it does first is done already.
class History::Command : public QUndoCommand
{
public:
    Command(History& history, HistoryStep step, bool continues)
        : QUndoCommand(step.document.label)
        , m_history(history)
        , m_step(std::make_unique<HistoryStep>(std::move(step)))
        , m_continues(continues)
    {
        const Edit& edit = m_step->document;
        if (!m_step->away)
            m_field = typedField(history.m_editor.methods(), edit.before, edit.after);
    }

    HistoryStep& step() const { return *m_step; } ///< the stack gives a command only to be read
    int editNumber() const { return m_step->document.number; }
    const std::string& field() const { return m_field; }

    void undo() override { m_history.put(*m_step, false); }
    void redo() override
    {
        if (!std::exchange(m_done, false))
            m_history.put(*m_step, true);
    }
    int id() const override { return 1; }
    bool mergeWith(const QUndoCommand* other) override
    {
        const auto& next = static_cast<const Command&>(*other);
        if (!next.m_continues || !m_history.fetch(*m_step))
            return false;
        Edit& edit = m_step->document;
        edit.after = next.m_step->document.after;
        ++m_step->revision;
        setObsolete(edit.before == edit.after);
        return true;
    }

private:
    History& m_history;
    std::unique_ptr<HistoryStep> m_step;
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

const History::Command* History::command(int place) const
{
    return static_cast<const Command*>(m_stack.command(place));
}

const History::Command* History::last() const
{
    return m_stack.canUndo() ? command(m_stack.index() - 1) : nullptr;
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

bool History::undo()
{
    // What is away is read first: where it cannot be, the history stays where it is.
    if (!canUndo() || !fetch(command(position() - 1)->step()))
        return false;
    const QString label = undoText();
    seal();
    m_stack.undo();
    release();
    Q_EMIT undone(label);
    return true;
}

bool History::redo()
{
    if (!canRedo() || !fetch(command(position())->step()))
        return false;
    const QString label = redoText();
    seal();
    m_stack.redo();
    release();
    Q_EMIT redone(label);
    return true;
}

bool History::undoStep(int number)
{
    const Command* step = last();
    if (!step || step->editNumber() != number)
        return false;
    return undo();
}

const HistoryStep& History::at(int place) const
{
    return command(place)->step();
}

void History::restore(const std::vector<HistoryStep>& steps, int position)
{
    const QScopedValueRollback restoring(m_restoring, true);
    m_stack.clear();
    for (HistoryStep step : steps) {
        step.document.number = 0; // the editor's begin anew
        step.kept = step.revision;
        m_lastNumber = std::max(m_lastNumber, step.number);
        m_stack.push(new Command(*this, std::move(step), false));
    }
    m_stack.setIndex(position);
    seal();
}

/// Puts back what was before a step or behind it, unless it is there already, as after a restore.
void History::put(HistoryStep& step, bool after)
{
    if (m_restoring || !fetch(step))
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

/// False: it cannot be read.
bool History::fetch(HistoryStep& step) const
{
    return !step.away || (m_fetch && m_fetch(step));
}

void History::wasKept(int64_t number, int revision)
{
    for (int i = 0; i < count(); ++i)
        if (HistoryStep& step = command(i)->step(); step.number == number)
            step.kept = revision;
    release();
}

/// Forgets what was edited in steps that are far from where the history is, and can be read again.
void History::release()
{
    std::vector<int> places;
    places.resize(std::size_t(count()));
    std::iota(places.begin(), places.end(), 0);
    std::ranges::stable_sort(places, {}, [this](int i) { return std::abs(i - position()); });
    std::set<const Image*> seen;
    std::size_t bytes = 0;
    const auto add = [&](const Document& document) {
        for (const auto& [slot, inputs] : document.inputs)
            for (const Input& input : inputs)
                if (seen.insert(&*input.image).second)
                    bytes += bytesOf(input.image);
    };
    add(m_editor.document());
    bytes = 0; // these are there in any case
    for (const int place : places) {
        HistoryStep& step = command(place)->step();
        add(step.document.before);
        add(step.document.after);
        if (bytes <= m_room || step.away || step.kept != step.revision)
            continue;
        step.away = step.document.before != step.document.after;
        step.document.before = step.document.after = {};
    }
}
