// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/document.h"
#include "app/queue.h"
#include "app/runs.h"

#include <QElapsedTimer>
#include <QObject>
#include <QUndoStack>

#include <vector>

/// A step of the history: a change of the document, of what was made of runs, or of the order of
/// those that wait.
struct HistoryStep
{
    Edit document = {}; ///< also has the label
    struct Mark
    {
        int run = 0; ///< its number
        Marks before = {}, after = {};
    };
    std::vector<Mark> marks = {};
    std::vector<Queued> queueBefore = {}, queueAfter = {};
    bool queue = false; ///< the order is part of it
};

/// What was edited, step by step, to be undone and made again: the only history of the window.
class History : public QObject
{
    Q_OBJECT

public:
    static constexpr int limit = 200; ///< steps that are kept

    History(Editor& editor, Runs& runs, Queue& queue, QObject* parent = nullptr);

    bool canUndo() const { return m_stack.canUndo(); }
    bool canRedo() const { return m_stack.canRedo(); }
    QString undoText() const
    {
        return m_stack.undoText();
    } ///< the label of the step, "Swap A and B"
    QString redoText() const { return m_stack.redoText(); }
    void undo();
    void redo();
    /// Undoes a step if it is the last one; else says that it is not.
    bool undoStep(int number);
    /// What is typed from now on is a step of its own.
    void seal() { m_sealed = true; }
    /// What is typed later than that after what was typed before is a step of its own.
    void setPause(int milliseconds) { m_pause = milliseconds; }

    /// Marks runs, as a step.
    void mark(const QString& label, const std::vector<HistoryStep::Mark>& marks);

    /// All steps in their order, and how many of them are not undone: what there is to be kept.
    std::vector<HistoryStep> steps() const;
    int position() const { return m_stack.index(); }
    /// Takes kept steps in place of those that are there; the document is not touched.
    void restore(const std::vector<HistoryStep>& steps, int position);

Q_SIGNALS:
    void changed(); ///< what can be undone or made again
    void undone(const QString& label);
    void redone(const QString& label);

private:
    class Command;
    void addEdit(const Edit& edit);
    void add(HistoryStep step, bool continues = false);
    void put(const HistoryStep& step, bool after);
    const Command* last() const; ///< null: nothing to undo

    Editor& m_editor;
    Runs& m_runs;
    Queue& m_queue;
    QUndoStack m_stack;
    QElapsedTimer m_clock; ///< since the last step
    int m_pause = 1500;
    bool m_sealed = true, m_restoring = false;
};
