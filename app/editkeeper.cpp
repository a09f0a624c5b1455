// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/editkeeper.h"

#include "app/methodlist.h"
#include "app/session.h"
#include "app/store/storewriter.h"
#include "app/usable.h"
#include "core/errors.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace {

using namespace std::chrono_literals;
constexpr auto delay = 300ms; // typing is one write

} // namespace

EditKeeper::EditKeeper(Session& session, RunIds ids, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_ids(std::move(ids))
    , m_methods(std::make_shared<const std::vector<Method>>(session.editor().methods().methods()))
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(delay);
    connect(&m_timer, &QTimer::timeout, this, &EditKeeper::keepAll);
    const auto soon = [this] {
        if (m_writer)
            m_timer.start();
    };
    connect(&session.editor(), &Editor::edited, this, soon);
    connect(&session.editor(), &Editor::replaced, this, soon);
    connect(&session.history(), &History::changed, this, soon);
    connect(&session.queue(), &Queue::changed, this, &EditKeeper::keepQueue);
}

EditsRead EditKeeper::read(
    const SessionFile& file, const std::vector<std::shared_ptr<Run>>& runs,
    const PictureOf& pictures) const
{
    EditsRead read;
    const MethodList& methods = m_session.editor().methods();
    try {
        if (const std::string text = file.document(); !text.empty())
            read.document = usable(parseDocument(text, pictures), methods);
        readHistory(read, file, runs);
    } catch (const Error& error) {
        throw DamagedEdits(error.sentence());
    }
    return read;
}

void EditKeeper::readHistory(
    EditsRead& read, const SessionFile& file, const std::vector<std::shared_ptr<Run>>& runs)
{
    read.queued = queuedOf(file.waiting());
    const auto placeOf = [&](int64_t id) {
        const auto found = std::ranges::find(runs, id, [](const auto& run) { return run->id; });
        return found == runs.end() ? 0 : int(found - runs.begin()) + 1;
    };
    const auto edits = file.edits();
    try {
        read.steps = stepsOf(edits, placeOf, read.queued);
    } catch (const Error& error) {
        throw Error("The history of this session cannot be read: %1", error.sentence());
    }
    const auto undone = std::ranges::find(edits, true, &KeptEdit::undone);
    for (const HistoryStep& step : read.steps)
        read.position += undone == edits.end() || step.number < undone->number;
    for (const KeptEdit& edit : edits)
        read.kept[edit.number] = 0;
}

void EditKeeper::restore(EditsRead read, const std::vector<std::shared_ptr<Run>>& runs)
{
    m_session.queue().restore(read.queued);
    m_waiting.clear();
    m_unavailable.clear();
    for (const Queued& run : read.queued) {
        m_waiting[run.key] = run.place;
        if (!m_session.editor().methods().find(run.prepared.request.method))
            m_unavailable.emplace_back(run.key, run.id);
    }
    for (HistoryStep& step : read.steps) {
        for (HistoryStep::Mark& mark : step.marks)
            mark.run = runs[std::size_t(mark.run) - 1]->number;
        for (auto* list : {&step.queueBefore, &step.queueAfter})
            for (Queued& run : *list)
                run.id = std::ranges::find(read.queued, run.key, &Queued::key)->id;
    }
    m_session.history().restore(read.steps, read.position);
    m_steps = std::move(read.kept);
}

void EditKeeper::setWriter(StoreWriter* writer)
{
    m_timer.stop();
    m_writer = writer;
    ++m_turn;
    if (m_writer)
        m_timer.start();
}

void EditKeeper::flush()
{
    if (!m_writer || !m_timer.isActive())
        return;
    m_timer.stop();
    keepAll();
}

void EditKeeper::keepAll()
{
    keepEdits();
    keepQueue();
}

void EditKeeper::keepEdits()
{
    const History& history = m_session.history();
    EditsToKeep edits {.document = m_session.editor().document()};
    const auto before = std::exchange(m_steps, {});
    for (int i = 0; i < history.count(); ++i) {
        const HistoryStep& step = history.at(i);
        if (i < history.position())
            edits.last = step.number;
        const auto known = before.find(step.number);
        if (known == before.end() || known->second != step.revision)
            edits.steps.push_back({step, aboutText(step, m_ids)});
        m_steps[step.number] = step.revision;
    }
    for (const auto& [number, revision] : before)
        if (!m_steps.contains(number))
            edits.gone.push_back(number);
    m_writer->add(
        [this, edits = std::move(edits), methods = m_methods, turn = m_turn](SessionFile& file) {
            keep(file, edits, *methods);
            std::vector<std::pair<int64_t, int>> kept;
            for (const auto& [step, about] : edits.steps)
                kept.emplace_back(step.number, step.revision);
            QMetaObject::invokeMethod(
                this, [this, kept, turn] { tellKept(kept, turn); }, Qt::QueuedConnection);
        });
}

/// Those of a session that was left are no longer asked for.
void EditKeeper::tellKept(const std::vector<std::pair<int64_t, int>>& steps, int turn)
{
    for (const auto& [number, revision] : steps)
        if (turn == m_turn)
            m_session.history().wasKept(number, revision);
}

/// Those that wait, and those that a step of the history puts there again.
void EditKeeper::keepQueue()
{
    if (!m_writer)
        return;
    const Queue& queue = m_session.queue();
    std::map<int64_t, int> places;
    const auto add = [&](const Queued& run, int place) {
        const Method* method = m_session.editor().methods().find(run.prepared.request.method);
        if (!method && !m_waiting.contains(run.key))
            return;
        if (!places.try_emplace(run.key, place).second || m_waiting.contains(run.key))
            return;
        m_writer->add(
            [run, place, method = *method](SessionFile& file) { keep(file, run, place, method); });
    };
    for (const auto& [key, id] : m_unavailable)
        if (queue.started(id)) // it failed, and waits for its plug-in
            places.emplace(key, int(places.size()));
    const int first = int(places.size());
    for (std::size_t i = 0; i < queue.waiting().size(); ++i)
        add(queue.waiting()[i], first + int(i));
    const History& history = m_session.history();
    for (int i = 0; i < history.count(); ++i)
        for (const auto* list : {&history.at(i).queueBefore, &history.at(i).queueAfter})
            for (const Queued& run : *list)
                if (!queue.started(run.id))
                    add(run, -1);
    if (places == m_waiting)
        return;
    m_waiting = places;
    m_writer->add([places = std::move(places)](SessionFile& file) { file.orderWaiting(places); });
}
