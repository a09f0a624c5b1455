// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/oldlooks.h"

#include "app/runs.h"

#include <algorithm>
#include <utility>

OldLooks::OldLooks(Engine& engine, Runs& runs, QObject* parent)
    : QObject(parent)
    , m_engine(engine)
    , m_runs(runs)
{
}

void OldLooks::look(const std::string& kind, int layer, int step)
{
    m_next = Look {.kind = kind, .layer = layer, .step = std::max(0, step - 1)};
    if (!looking())
        lookNow();
}

void OldLooks::next()
{
    m_looking.reset();
    if (m_next)
        lookNow();
}

void OldLooks::lookNow()
{
    const auto run = m_runs.current();
    const Look look = *std::exchange(m_next, std::nullopt);
    const Method* method = run ? m_runs.methodOf(*run) : nullptr;
    if (!method || !method->inspect || look.step >= int(run->steps.size()))
        return;
    const auto latent = run->steps[std::size_t(look.step)].latent;
    if (!latent)
        return;
    m_looking = look;
    m_engine.ask<Inspection>(
        this,
        [inspect = method->inspect, request = run->prepared.whole(), look, latent](Models& models) {
            return inspect(request, models, look, *latent);
        },
        [this, look, number = run->number](const Inspection& inspection) {
            const bool last = !m_next;
            next();
            if (last)
                Q_EMIT looked(number, look, inspection);
        },
        [this](const Failure& failure) {
            const bool last = !m_next;
            next();
            if (last)
                Q_EMIT failed(failure.sentence);
        },
        m_runs.turnFor(*run));
}
