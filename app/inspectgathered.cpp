// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/inspectgathered.h"

#include "core/errors.h"
#include "core/inspect/jointraces.h"
#include "core/stopping.h"

#include <QEventLoop>

#include <algorithm>
#include <atomic>

namespace {

constexpr int pixelsOfACell = 8; // what Stable Diffusion's autoencoder makes of a latent's cell

} // namespace

Gathered::Gathered(const InspectPlan& plan)
    : m_plan(plan)
    , m_allSteps(
          !plan.step
          || (hasComponents(plan.view.kind) && !standsAlone(plan.view.kind)
              && !plan.view.fitEachStep))
{
}

bool Gathered::take(const StepEvent& event)
{
    if (!m_failure.empty())
        return false;
    try {
        check(event);
    } catch (const Error& error) {
        m_failure = error.sentence();
        return false;
    }
    const int step = event.step - 1; // 0 is the start
    if (step >= 0 && (m_allSteps || step == *m_plan.step)) {
        m_moments[step] = momentOf(event);
        m_before[step] = m_last;
    }
    m_last = event.latent;
    return m_allSteps || step < *m_plan.step;
}

void Gathered::checkFailure() const
{
    if (!m_failure.empty())
        throw CommandError(ExitBadArguments, m_failure);
    if (m_moments.empty())
        throw CommandError(ExitBadArguments, "The run has no step to look at.");
}

void Gathered::complete(
    Engine& engine, const Method& method, const Prepared& prepared, Interrupt& interrupt,
    Progress& progress)
{
    // Of all else a pass would hold no more than the run did.
    if (!m_view.subject.source || !method.trace)
        return;
    const Moment& first = m_moments.begin()->second;
    if (first.trace && !first.trace->setting->tokens.contains(m_view.subject))
        throw CommandError(
            ExitBadArguments, "This run has no source to look at: leave --source away.");
    const auto stopped = std::make_shared<std::atomic<bool>>(false);
    for (auto& [step, moment] : m_moments) {
        if ((moment.trace && holds(*moment.trace, m_view)) || !m_before[step])
            continue;
        progress.stage({.stage = {"Computing step %1 again", step}});
        QEventLoop loop;
        QObject::connect(&interrupt, &Interrupt::interrupted, &loop, [&] { *stopped = true; });
        Failure failure;
        std::shared_ptr<const StepTrace> made;
        using Trace = std::shared_ptr<const StepTrace>;
        engine.ask<Trace>(
            &loop,
            [&method, &prepared, stopped, at = step, view = m_view,
             before = m_before[step]](Models& models) {
                const Stopping stopping([stopped] { return stopped->load(); });
                return traced(
                    method, prepared.whole(), models, needed(view), at, *before,
                    [stopped](const StageEvent&) { return !*stopped; });
            },
            [&](const Trace& trace) {
                made = trace;
                loop.quit();
            },
            [&](const Failure& failed) {
                failure = failed;
                loop.quit();
            });
        loop.exec();
        progress.end();
        if (!failure.sentence.isEmpty())
            throw WorkError("%1", failure.sentence.toStdString());
        if (!made)
            throw CommandError(ExitStopped, "Stopped: nothing was written.");
        moment.trace = moment.trace ? joined(*moment.trace, *made) : made;
    }
}

/// As soon as it is known how many steps there are, and what the words and the size.
void Gathered::check(const StepEvent& event)
{
    if (m_plan.step && *m_plan.step >= event.steps)
        throw Error(
            "There is no step %1 of %2: steps count from 0, the noisiest.", *m_plan.step,
            event.steps);
    if (m_width > 0 || !event.latent)
        return;
    m_width = int(event.latent->shape[3]) * pixelsOfACell;
    m_height = int(event.latent->shape[2]) * pixelsOfACell;
    m_view = m_plan.view;
    if (m_plan.form != MapForm::Csv)
        m_view.spots = spots();
    if (m_view.subject.candidate >= event.latent->shape[0])
        throw Error(
            "There is no candidate %1: there are %2.", int64_t(m_view.subject.candidate) + 1,
            event.latent->shape[0]);
}

std::vector<Spot> Gathered::spots() const
{
    std::vector<Spot> spots;
    for (const PixelBox& box : m_plan.places) {
        if (box.x > m_width - std::max(box.width, 1) || box.y > m_height - std::max(box.height, 1))
            throw Error(
                "The place %1,%2 lies outside the picture, which has %3 x %4 pixels.", box.x, box.y,
                m_width, m_height);
        if (box.width == 0) {
            spots.push_back(spotOfPixel(box.x, box.y, m_width, m_height));
            continue;
        }
        const auto corner = [&](int x, int y) {
            return std::array {double(x) / m_width, double(y) / m_height};
        };
        spots.push_back(
            {.shape = Spot::Box,
             .corners = {corner(box.x, box.y), corner(box.x + box.width, box.y + box.height)}});
    }
    return spots;
}
