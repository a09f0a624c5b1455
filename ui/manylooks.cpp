// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/manylooks.h"

#include "app/background.h"
#include "app/looks.h"
#include "core/errors.h"

#include <QtConcurrentRun>

#include <optional>

ManyLooks::ManyLooks(Looks& looks, QObject* parent)
    : QObject(parent)
    , m_looks(looks)
{
    m_pool.setMaxThreadCount(1);
}

ManyLooks::~ManyLooks()
{
    m_pool.waitForDone();
}

void ManyLooks::look(const std::shared_ptr<const Run>& run, const std::vector<View>& views)
{
    cancel();
    m_run = run;
    for (const View& view : views)
        if (view.step >= 0 && view.step + 1 < int(run->steps.size()))
            m_views.push_back(view);
    next();
}

void ManyLooks::cancel()
{
    ++m_turn;
    m_views.clear();
    m_next = 0;
}

void ManyLooks::next()
{
    if (m_next >= m_views.size()) {
        Q_EMIT done();
        return;
    }
    const View view = m_views[m_next++];
    std::function<Seen()> look;
    try {
        look = m_looks.seer(*m_run, view);
    } catch (const Error&) {
        return next(); // the run's steps went out of memory meanwhile
    }
    whenDone(
        QtConcurrent::run(
            &m_pool,
            [look]() -> std::optional<Seen> {
                try {
                    return look();
                } catch (const Error&) {
                    return {}; // not recorded, or a layer without that place, head or token
                }
            }),
        this, [this, turn = m_turn, view](const std::optional<Seen>& seen) {
            if (turn != m_turn)
                return;
            if (seen)
                Q_EMIT this->seen(view, *seen);
            if (turn == m_turn)
                next();
        });
}
