// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/document.h"
#include "app/queue.h"
#include "app/runs.h"

#include <QElapsedTimer>
#include <QObject>
#include <QUndoStack>

#include <cstddef>
#include <cstdint>
#include <functional>
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
    /// The runs that it deletes are removed for good when the session is closed.
    bool untilClosing = false;
    int64_t number = 0; ///< of it alone: those later in the history have larger ones
    int revision = 0;   ///< another one where something was merged into it
    int kept = -1;      ///< the revision that can be read again
    bool away = false;  ///< what was edited lies in a session, and is read when it is needed
};

/// What was edited, step by step, to be undone and made again: the only history of the window.
class History : public QObject
{
    Q_OBJECT

public:
    static constexpr int limit = 200; ///< steps that are kept
    static constexpr std::size_t room = std::size_t(128) << 20;

    History(Editor& editor, Runs& runs, Queue& queue, QObject* parent = nullptr);

    bool canUndo() const { return m_stack.canUndo(); }
    bool canRedo() const { return m_stack.canRedo(); }
    QString undoText() const
    {
        return m_stack.undoText();
    } ///< the label of the step, "Swap A and B"
    QString redoText() const { return m_stack.redoText(); }
    /// False: there is no such step, or it cannot be read (setFetch()), and all stays as it is.
    bool undo();
    bool redo();
    /// Undoes a step if it is the last one; else says that it is not.
    bool undoStep(int number);
    /// What is typed from now on is a step of its own.
    void seal() { m_sealed = true; }
    /// What is typed later than that after what was typed before is a step of its own.
    void setPause(int milliseconds) { m_pause = milliseconds; }

    /// Marks runs, as a step.
    void mark(
        const QString& label, const std::vector<HistoryStep::Mark>& marks,
        bool untilClosing = false);

    /// All steps in their order, and how many of them are not undone: what there is to be kept.
    int count() const { return m_stack.count(); }
    const HistoryStep& at(int place) const;
    int position() const { return m_stack.index(); }
    /// Takes kept steps in place of those that are there; the document is not touched.
    void restore(const std::vector<HistoryStep>& steps, int position);
    /// Who reads what is away; false: it cannot be read, and that is told.
    void setFetch(std::function<bool(HistoryStep&)> fetch) { m_fetch = std::move(fetch); }
    /// A step can be read from now on, so that its pictures need not stay in memory.
    void wasKept(int64_t number, int revision);
    /// What the pictures of steps may take in memory: those of the nearest ones stay.
    void setRoom(std::size_t bytes) { m_room = bytes; }

Q_SIGNALS:
    void changed(); ///< what can be undone or made again
    void undone(const QString& label);
    void redone(const QString& label);

private:
    class Command;
    void addEdit(const Edit& edit);
    void add(HistoryStep step, bool continues = false);
    void put(HistoryStep& step, bool after);
    bool fetch(HistoryStep& step) const;
    void release();
    const Command* command(int place) const;
    const Command* last() const; ///< null: nothing to undo

    Editor& m_editor;
    Runs& m_runs;
    Queue& m_queue;
    QUndoStack m_stack;
    QElapsedTimer m_clock; ///< since the last step
    std::function<bool(HistoryStep&)> m_fetch;
    std::size_t m_room = room;
    int64_t m_lastNumber = 0;
    int m_pause = 1500;
    bool m_sealed = true, m_restoring = false;
};
