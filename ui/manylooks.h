// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/runs.h"
#include "app/traces.h"
#include "core/inspect/view.h"

#include <QObject>

#include <deque>
#include <memory>
#include <vector>

/// Looks at many layers and steps of a run, step after step in the background: for small multiples,
/// the range of a run, and what is saved of all.
class ManyLooks : public QObject
{
    Q_OBJECT

public:
    explicit ManyLooks(Traces& traces, QObject* parent = nullptr);

    /// Begins anew: what is still going on is dropped. Views of a step that is not recorded are
    /// left out.
    void look(const std::shared_ptr<const Run>& run, const std::vector<View>& views);
    void cancel();
    bool busy() const { return m_busy; }

Q_SIGNALS:
    void seen(const View& view, const Seen& seen);
    void done();

private:
    void next();
    void take(const Traces::Trace& trace, const std::vector<View>& views);

    Traces& m_traces;
    std::shared_ptr<const Run> m_run;
    std::deque<std::vector<View>> m_steps; ///< views of a step each
    int m_turn = 0;                        ///< what comes of an earlier one is dropped
    bool m_busy = false;
};

/// What a step of a run left, besides its trace.
Moment momentOf(const Run& run, int step, const Traces::Trace& trace);
