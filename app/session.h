// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/branchdraft.h"
#include "app/controlmaps.h"
#include "app/document.h"
#include "app/history.h"
#include "app/inputs.h"
#include "app/looks.h"
#include "app/lorachoice.h"
#include "app/maps.h"
#include "app/modelchoice.h"
#include "app/notes.h"
#include "app/queue.h"
#include "app/ranking.h"
#include "app/restorer.h"
#include "app/runs.h"
#include "app/traces.h"
#include "app/verifier.h"

#include <QObject>
#include <QString>
#include <QStringList>

#include <memory>
#include <string>

class Engine;
class MethodList;
class Settings;
struct SweepAxis;

/// What is open: the document that is edited, its parts, and the runs. Widgets change the parts and
/// listen to them, and do nothing else. The session itself joins them: what a run needs of all.
class Session : public QObject
{
    Q_OBJECT

public:
    Session(
        Engine& engine, const MethodList& methods, Settings& settings, QObject* parent = nullptr);

    Editor& editor() { return m_editor; }
    const Editor& editor() const { return m_editor; }
    History& history() { return m_history; }
    const History& history() const { return m_history; }
    Inputs& inputs() { return m_inputs; }
    const Inputs& inputs() const { return m_inputs; }
    ModelChoice& model() { return m_model; }
    const ModelChoice& model() const { return m_model; }
    LoraChoice& loras() { return m_loras; }
    Maps& maps() { return m_maps; }
    Queue& queue() { return m_queue; }
    const Queue& queue() const { return m_queue; }
    Runs& runs() { return m_runs; }
    const Runs& runs() const { return m_runs; }
    Looks& looks() { return m_looks; }
    ControlMaps& controlMaps() { return m_controlMaps; }
    Traces& traces() { return m_traces; }
    Notes& notes() { return m_notes; }
    BranchDraft& branch() { return m_branch; }
    const BranchDraft& branch() const { return m_branch; }
    Verifier& verifier() { return m_verifier; }
    Restorer& restorer() { return m_restorer; }
    Ranker& ranker() { return m_ranker; }

    /// The picture of the main slot goes along where the other's is empty; the last run of the
    /// method is shown.
    void setMethod(const std::string& id);
    void setDevice(const QString& device);
    void setPrecision(const QString& precision);
    /// What is needed before a run can start, as in "Still needed: a picture for A"; empty:
    /// nothing.
    QStringList missing() const;
    Request request() const;
    /// Starts a run; while one is in progress, puts it behind those that wait, or in front of them.
    /// Does nothing while something is missing.
    void start(bool inFront = false);
    /// Puts the runs of a sweep behind those that wait, all from the start and with one seed unless
    /// that is an axis; gives their requests. Throws Error where one of them is not ready: then
    /// none is put there.
    std::vector<Request> startSweep(const std::vector<SweepAxis>& axes);
    /// Starts a run that differs in its touches from one that was made, as a branch of it where it
    /// can be, behind the one in progress; gives its request. Throws Error where they do not fit.
    Request startTouched(const Run& run, std::vector<Touch> touches);
    /// Edits of runs, each a step of the history.
    void setStarred(const std::vector<int>& runs, bool starred);
    void setName(int run, const QString& name);
    void bin(const std::vector<int>& runs); ///< not the one in progress
    /// Those that are over, began before that and have no star.
    std::vector<int> olderThan(const QDateTime& time) const;
    /// Deletes them, to be undone until the session is closed: then they are gone.
    void binOld(const std::vector<int>& runs);
    /// Makes a request of an earlier session ready, whose model had that name. Throws Error where
    /// its method or its model is not here.
    Prepared prepareAgain(const Request& request, const std::string& model) const;
    /// Goes on with a run that stopped or was paused. Does nothing while a run is in progress.
    void goOn(int number);

Q_SIGNALS:
    /// What is being painted, and is not in the document yet, is to be put there now.
    void aboutToStart();

private:
    void begin();
    uint64_t takeSeed();
    std::vector<HistoryStep::Mark> toBin(const std::vector<int>& runs) const;
    std::optional<Notes::Question> question() const;
    Recording recording() const;
    void shareTrace(int number, int step);
    void keepTrace(int number, int step, const std::shared_ptr<const StepTrace>& trace);

    Settings& m_settings;
    Editor m_editor;
    Runs m_runs;
    Queue m_queue;
    History m_history;
    Inputs m_inputs;
    ModelChoice m_model;
    LoraChoice m_loras;
    BranchDraft m_branch;
    Traces m_traces;
    Looks m_looks;
    Maps m_maps;
    ControlMaps m_controlMaps;
    Notes m_notes;
    Restorer m_restorer;
    Verifier m_verifier;
    Ranker m_ranker;
};
