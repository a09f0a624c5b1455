// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/manylooks.h"

#include "core/errors.h"

#include <QtConcurrent>

#include <map>
#include <utility>

Moment momentOf(const Run& run, int step, const Traces::Trace& trace)
{
    const RunStep& after = run.steps.at(std::size_t(step) + 1);
    return {
        .trace = trace,
        .latent = after.latent,
        .prediction = after.prediction,
        .clean = after.clean};
}

ManyLooks::ManyLooks(Traces& traces, QObject* parent)
    : QObject(parent)
    , m_traces(traces)
{
}

void ManyLooks::look(const std::shared_ptr<const Run>& run, const std::vector<View>& views)
{
    cancel();
    m_run = run;
    std::map<int, std::vector<View>> steps;
    for (const View& view : views)
        if (view.step >= 0 && view.step + 1 < int(run->steps.size()))
            steps[view.step].push_back(view);
    for (auto& [step, each] : steps)
        m_steps.push_back(std::move(each));
    m_busy = true;
    next();
}

void ManyLooks::cancel()
{
    ++m_turn;
    m_steps.clear();
    m_busy = false;
}

void ManyLooks::next()
{
    if (m_steps.empty()) {
        m_busy = false;
        Q_EMIT done();
        return;
    }
    const std::vector<View> views = std::move(m_steps.front());
    m_steps.pop_front();
    const auto step = std::size_t(views.front().step);
    m_traces.fetch(
        m_run->number, int(step), m_run->steps[step].latent, m_run->steps[step + 1].latent,
        [this, turn = m_turn, views](const Traces::Trace& trace) {
            if (turn == m_turn)
                take(trace, views);
        });
}

void ManyLooks::take(const Traces::Trace& trace, const std::vector<View>& views)
{
    if (!trace)
        return next();
    const Moment moment = momentOf(*m_run, views.front().step, trace);
    QtConcurrent::run([views, moment] {
        std::vector<std::pair<View, Seen>> all;
        for (const View& view : views)
            try {
                all.emplace_back(view, see(view, moment));
            } catch (const Error&) {
                // A layer without that place, head or token has no map among the others.
            }
        return all;
    }).then(this, [this, turn = m_turn](const std::vector<std::pair<View, Seen>>& all) {
        if (turn != m_turn)
            return;
        for (const auto& [view, seen] : all)
            Q_EMIT this->seen(view, seen);
        if (turn == m_turn)
            next();
    });
}
