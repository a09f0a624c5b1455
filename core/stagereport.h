// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run.h"
#include "core/sentence.h"

#include <concepts>
#include <functional>
#include <utility>

/// How long work below a run talks with its caller: it tells what is being done, and the answer is
/// whether to go on. A run's Report serves as one; an empty one is told nothing and goes on.
class StageReport
{
public:
    StageReport() = default;
    StageReport(const Report& report)
        : m_tell([tell = report.tell](const StageEvent& event) { return tell(event).goOn; })
    {
    }
    template<std::predicate<const StageEvent&> Tell>
    StageReport(Tell tell)
        : m_tell(std::move(tell))
    {
    }

    /// False: stop.
    bool operator()(const StageEvent& event) const { return !m_tell || m_tell(event); }
    /// The same of a stage of which @p done parts are done; @p of is 0 where they cannot be
    /// counted. @p preview is what there is of the canvas.
    bool operator()(
        const Sentence& stage, int done = 0, int of = 0, const SharedImage& preview = {}) const
    {
        return (*this)(StageEvent {stage, done, of, preview});
    }

private:
    std::function<bool(const StageEvent&)> m_tell = {};
};
