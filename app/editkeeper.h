// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/store/keepedits.h"

#include <QObject>
#include <QTimer>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

class Session;
class StoreWriter;
struct Run;

/// What a session says of the document, its history and the queue.
struct EditsRead
{
    std::optional<Document> document = {};
    std::vector<HistoryStep> steps = {}; ///< a mark's run is its place among the runs, from 1
    int position = 0;                    ///< how many of them are not undone
    std::map<int64_t, int> kept = {};    ///< steps that are in the file
    std::vector<Queued> queued = {};     ///< those that wait, and those that were taken out
};

/// Keeps what is edited, its history and the runs that wait: of these, what is different from what
/// was kept.
class EditKeeper : public QObject
{
    Q_OBJECT

public:
    /// @p ids gives the id of a run in the session by its number.
    EditKeeper(Session& session, RunIds ids, QObject* parent = nullptr);

    /// Throws DamagedEdits. @p runs are those of the session, in their order.
    EditsRead read(
        const SessionFile& file, const std::vector<std::shared_ptr<Run>>& runs,
        const PictureOf& pictures) const;
    /// Takes what was read in place of what there is; the runs are listed already.
    void restore(EditsRead read, const std::vector<std::shared_ptr<Run>>& runs);
    /// Where it is written from now on; null: nowhere.
    void setWriter(StoreWriter* writer);
    /// Hands what is different to the writer.
    void flush();

private:
    static void readHistory(
        EditsRead& read, const SessionFile& file, const std::vector<std::shared_ptr<Run>>& runs);
    void keepAll();
    void keepEdits();
    void tellKept(const std::vector<std::pair<int64_t, int>>& steps, int turn);
    void keepQueue();

    Session& m_session;
    RunIds m_ids;
    StoreWriter* m_writer = nullptr;
    int m_turn = 0; ///< of the writers
    QTimer m_timer;
    std::shared_ptr<const std::vector<Method>> m_methods;
    std::map<int64_t, int> m_steps;                     ///< those in the file, with their revision
    std::map<int64_t, int> m_waiting;                   ///< likewise, with their places
    std::vector<std::pair<int64_t, int>> m_unavailable; ///< whose method is not there, with ids
};
