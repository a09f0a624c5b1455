// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commandrun.h"
#include "app/inspectline.h"
#include "core/method.h"

#include <map>

/// Gathers the steps that are to be looked at while a run goes on.
class Gathered
{
public:
    explicit Gathered(const InspectPlan& plan);

    /// False: there is all that is wanted, or it cannot be had.
    bool take(const StepEvent& event);
    /// Throws CommandError for what was found to be wrong.
    void checkFailure() const;
    /// Computes what the run did not hold of the steps that are wanted, a pass each: of a source
    /// that which came after the injection. Throws Error, or CommandError where the user stops.
    void complete(
        Engine& engine, const Method& method, const Prepared& prepared, Interrupt& interrupt,
        Progress& progress);

    const std::map<int, Moment>& moments() const { return m_moments; } ///< by step
    const View& view() const { return m_view; }                        ///< all but its words
    int width() const { return m_width; }                              ///< of the picture
    int height() const { return m_height; }

private:
    void check(const StepEvent& event);
    std::vector<Spot> spots() const;

    const InspectPlan& m_plan;
    bool m_allSteps = false;
    View m_view = {};
    int m_width = 0, m_height = 0;
    std::map<int, Moment> m_moments;
    std::map<int, std::shared_ptr<const Latent>> m_before; ///< the latents before these steps
    std::shared_ptr<const Latent> m_last;
    Sentence m_failure = {};
};
