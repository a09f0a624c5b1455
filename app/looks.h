// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/traces.h"
#include "core/inspect/view.h"

#include <QObject>
#include <QString>
#include <QThreadPool>

#include <atomic>
#include <map>
#include <memory>
#include <optional>

class Engine;
class Runs;
struct Run;

/// Looks at what the network held in a step of the run that is shown: from what was recorded, in
/// the background, also while a run goes; what was not recorded is computed again when asked. One
/// view after the other; of several that are asked for meanwhile the last one counts.
class Looks : public QObject
{
    Q_OBJECT

public:
    Looks(Engine& engine, Runs& runs, Traces& traces, QObject* parent = nullptr);
    ~Looks() override; ///< stops, waits for the look in progress

    /// seen(), lacking() or failed() follows, if no other view is asked for meanwhile.
    void see(const View& view);
    bool looking() const { return m_looking; }
    /// Computes what the last view lacks: a pass of the network, behind the step in progress. Then
    /// the view is seen.
    void compute();
    void stopComputing();
    bool computing() const { return m_computing.has_value(); }
    /// The recorded steps of a run, to be read on any thread: for curves (figures alone, of every
    /// step), and for what is exported.
    std::vector<Traces::Trace> figures(const Run& run) const;
    /// The view's step for any thread; throws what see() would.
    std::function<Seen()> seer(const Run& run, const View& view) const;

Q_SIGNALS:
    void seen(int run, const View& view, const Seen& seen);
    /// The view's step was not recorded so far; to compute it takes about so many seconds (0: not
    /// known).
    void lacking(int run, const View& view, double seconds);
    void failed(const QString& sentence);
    void computingChanged();

private:
    struct Answer
    {
        std::optional<Seen> seen = {}; ///< none: the trace lacks what the view needs
        QString problem = {};
    };
    struct Computing
    {
        std::shared_ptr<std::atomic<bool>> stopped = {};
    };
    struct FitKey;
    struct FitStore;

    void lookNow();
    void answered(int run, const View& view, const Answer& answer);
    std::function<Answer()> work(const Run& run, const View& view) const;
    void endComputing();

    Engine& m_engine;
    Runs& m_runs;
    Traces& m_traces;
    std::optional<View> m_next, m_last;
    std::optional<Computing> m_computing;
    std::shared_ptr<FitStore> m_fits;
    QThreadPool m_pool; ///< of one thread
    bool m_looking = false;
};
