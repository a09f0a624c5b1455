// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/branchpoint.h"
#include "app/engine.h"
#include "app/samemodel.h"
#include "core/computed.h"
#include "core/method.h"
#include "core/record.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QElapsedTimer>
#include <QObject>
#include <QString>
#include <QStringList>

#include <algorithm>
#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

class MethodList;

/// A step of a run as it is kept.
struct RunStep
{
    double time = 0;
    std::shared_ptr<const Latent> latent = {};
    std::shared_ptr<const Latent> prediction = {}, clean = {}; ///< as StepEvent has them
    std::vector<Image> previews = {}, noisy = {}; ///< by candidate, as StepEvent has them
    /// Empty until a full decode was asked for: of what is seen, and of the latent itself.
    std::vector<Candidate> decoded = {}, decodedLatent = {};
};

/// What a full decode of a step is of.
enum class Decode {
    Seen,  ///< what the preview shows: the predicted clean latent, where there is one
    Latent ///< the latent itself, noise and all, as the network sees it
};
/// The latent that is seen at a step.
inline const std::shared_ptr<const Latent>& seenAt(const RunStep& step)
{
    return step.clean ? step.clean : step.latent;
}

/// What the user made of a run.
struct Marks
{
    bool starred = false;
    QString name = {};
    bool binned = false; ///< it is not listed, and can come back
    bool operator==(const Marks&) const = default;
};

/// A run, in progress or done.
struct Run
{
    Q_DECLARE_TR_FUNCTIONS(Run)
public:
    enum State { Waiting, Running, Stopping, Done, Stopped, Discarded, Failed, Paused };

    int number = 0;
    int64_t id = 0; ///< in the session; 0: it is not listed
    /// Its input pictures, steps and result lie in the session, and are read when it is shown.
    bool away = false;
    bool goesOn = false;        ///< from steps that it had: a stop leaves it, whatever is wanted
    int stepsKept = 0;          ///< while it is away: with the start
    SharedImage thumbnail = {}; ///< of a run that came from a session
    State state = Waiting;
    bool pausing = false; ///< it is Stopping, and will be Paused
    Prepared prepared = {};
    std::optional<BranchPoint> from = {}; ///< of a branch; its run is 0 where it is not known
    QString model = {};
    Computed computed = {};          ///< with what; empty: not known
    ModelCard card = {};             ///< its path is that of the file that was chosen
    ModelMark modelMark = {};        ///< of its file; without the hash until that is known
    std::vector<RunStep> steps = {}; ///< [0] is the start latent
    int stepCount = 0;
    std::vector<Candidate> candidates = {};
    QStringList notes = {}; ///< what is to be said of the result
    QString error = {}, errorDetails = {};
    Failure::Cause cause = Failure::Other; ///< of a run that failed
    Marks marks = {};
    /// Of a picture that was opened and not made here: what its file says of it.
    std::shared_ptr<const Record> opened = {};
    QString stage = {};
    double stageDone = 0;          ///< of the stage, 0 to 1
    SharedImage stagePreview = {}; ///< what it has of the canvas; empty: nothing to be seen
    QDateTime started = {};
    double secondsPerStep = 0, secondsLeft = 0, seconds = 0;

    /// How many steps it has taken.
    int stepsDone() const { return std::max(0, (away ? stepsKept : int(steps.size())) - 1); }
    bool isOver() const { return state == Done || state == Stopped || state == Failed; }
    /// Whether it stopped on the way, so that it can go on from there; behind the last step what is
    /// left is the decoding.
    bool canGoOn() const { return state == Paused || (state == Stopped && stepsDone() > 0); }
    /// Whether another run can go on from a step of it.
    bool canBranch(int step) const { return !opened && step <= stepsDone() && step < stepCount; }

    const Request& request() const { return prepared.request; } ///< values as set by hand
    /// Whether it is a run of that; of one that is away as far as its pictures do not tell.
    bool isOf(Request request) const;
    const Values& values() const { return prepared.values; } ///< all that were used
};

/// The runs of the session, the one in progress, and the one that is shown.
class Runs : public QObject
{
    Q_OBJECT

public:
    Runs(Engine& engine, const MethodList& methods, QObject* parent = nullptr);

    const std::vector<std::shared_ptr<Run>>& all() const { return m_runs; }
    std::shared_ptr<Run> run(int number) const;  ///< null if there is none
    std::shared_ptr<Run> byId(int64_t id) const; ///< null if it is not listed
    std::shared_ptr<Run> current() const;        ///< the one that is shown; null if there is none
    std::shared_ptr<Run> inProgress() const;     ///< null if there is none
    bool running() const { return m_inProgress != 0; }
    const Method* methodOf(const Run& run) const;

    /// Starts a run of what is ready and shows it; none may be in progress. @p card is that of the
    /// chosen model's file; @p recording is what is told by traced(). @p id is that of the run in
    /// the session; 0: it gets one. @p from says which run a branch goes on from: where that is
    /// listed, its steps are taken over.
    void start(
        const Prepared& prepared, const ModelCard& card, const Recording& recording = {},
        int64_t id = 0, const std::optional<BranchPoint>& from = {});
    /// Lists a picture of ours that was opened, as a run that is done, and shows it.
    void addOpened(const Record& record, const SharedImage& picture);
    /// Goes on with a run that stopped or was paused, from the step where it did; none may be in
    /// progress.
    void goOn(int number, const Prepared& prepared, const Recording& recording = {});
    /// Ends the run in progress after the step at the latest, so that it can go on from there.
    void pause();
    /// Says why a run does not go on: a note of it.
    void refuse(int number, const QString& why);
    /// Lists runs that were made earlier, behind those that are there; deleted ones go to the bin.
    void list(const std::vector<std::shared_ptr<Run>>& runs);
    /// Forgets all of them, with the bin; none may be in progress.
    void clear();
    /// Who reads what is away when a run is shown.
    void setFetch(std::function<void(Run&)> fetch) { m_fetch = std::move(fetch); }
    /// Lists a request that could not be made ready, as a run that failed.
    void addFailed(
        const Request& request, const ModelCard& card, const QString& why, int64_t id = 0);
    void stop(bool keep); ///< keep: the pictures of the last step; else the run is removed
    void show(int number);
    void showLastOf(const std::string& method);
    /// Reads what is away of a run that is not the one that is shown.
    void fetch(int number);
    void remove(int number); ///< not the one in progress
    /// What was made of a run, also of one that is in the bin; one that goes there is not the one
    /// in progress.
    Marks marks(int number) const;
    void setMarks(int number, const Marks& marks);
    /// Forgets a run that is in the bin.
    void removeBinned(int number);
    /// Asks for a full decode of a step of the shown run: stepDecoded() or decodeFailed() follows.
    void decodeStep(int step, Decode of = Decode::Seen);
    /// Asks for the pictures of a step of the shown run, as they are seen, with 16 bits a channel.
    /// One of the two is called, unless @p context is gone.
    void decodeDeep(
        QObject* context, int step, std::function<void(const std::vector<DeepCandidate>&)> done,
        std::function<void(const QString& sentence)> failed);
    /// Whether that can be asked of a step of @p run.
    bool canDecodeDeep(const Run& run, int step) const;
    /// When to ask about a run, so that no other model is loaded beside that of the one in
    /// progress.
    Engine::Turn turnFor(const Run& run) const;

Q_SIGNALS:
    void added(int number);
    void changed(int number); ///< state, stage; not steps
    void removed(int number);
    void marked(int number);              ///< its star or its name
    void modelLearnt(int number);         ///< the hash of its model
    void stepAdded(int number, int step); ///< with its times
    /// What the network held in a step, counted from 0, that led to the next of the run's steps.
    void traced(int number, int step, const std::shared_ptr<const StepTrace>& trace);
    void stepDecoded(int number, int step);
    void decodeFailed(int number, int step, const QString& sentence);
    void currentChanged();
    void ended(int number); ///< whatever came of it

private:
    std::shared_ptr<Run> add(const Prepared& prepared, const ModelCard& card);
    std::shared_ptr<Run> parentOf(const Branch& branch);
    void takeStage(const StageEvent& event);
    void takeStep(const StepEvent& event, double seconds);
    void finish(const Result& result);
    void fail(const Failure& failure);
    void end(Run& run);
    void takeDecoded(int number, int step, Decode of, const std::vector<Candidate>& candidates);
    void takeOut(int number);
    void showNow(int number);
    void learnHash(const Run& run);
    Method onSameModel(const Run& run, const Method& method);
    bool backAgain(Run& run, const Failure& failure);

    Engine& m_engine;
    const MethodList& m_methods;
    std::vector<std::shared_ptr<Run>> m_runs;
    std::function<void(Run&)> m_fetch;
    int m_current = 0; ///< number; 0: none
    int m_inProgress = 0, m_lastNumber = 0;
    bool m_keep = false;
    QElapsedTimer m_clock;
    std::vector<double> m_finishedSteps;
    std::set<std::tuple<int, int, Decode>> m_decoding; ///< run and step
    std::vector<std::shared_ptr<Run>> m_bin;
    /// Whether the run in progress was refused before anything was computed; set by the worker.
    std::shared_ptr<std::atomic<bool>> m_refused = {};
    struct Before
    {
        Run::State state = Run::Stopped;
        bool goesOn = false;
        std::vector<Candidate> candidates = {};
    };
    std::optional<Before> m_before = {};  ///< of a run that goes on: what it was
    std::set<std::string> m_hashing = {}; ///< the stamps of the models that are being read
};
