// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/runs.h"
#include "core/inspect/view.h"

#include <QObject>
#include <QThreadPool>

#include <memory>
#include <vector>

class Looks;

/// Looks at many layers and steps of a run, one after the other in the background: for small
/// multiples, the range of a run, and what is saved of all.
class ManyLooks : public QObject
{
    Q_OBJECT

public:
    explicit ManyLooks(Looks& looks, QObject* parent = nullptr);
    ~ManyLooks() override; ///< waits for the look in progress

    /// Begins anew: what is still going on is dropped. What was not recorded is left out.
    void look(const std::shared_ptr<const Run>& run, const std::vector<View>& views);
    void cancel();
    bool busy() const { return m_next < m_views.size(); }

Q_SIGNALS:
    void seen(const View& view, const Seen& seen);
    void done();

private:
    void next();

    Looks& m_looks;
    std::shared_ptr<const Run> m_run;
    std::vector<View> m_views;
    std::size_t m_next = 0;
    int m_turn = 0; ///< what comes of an earlier one is dropped
    QThreadPool m_pool;
};
