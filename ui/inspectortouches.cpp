// SPDX-License-Identifier: GPL-3.0-or-later

// Trying what is seen: a touch of it, its run, and that run beside the untouched one.

#include "app/engine.h"
#include "app/session.h"
#include "app/touched.h"
#include "app/translated.h"
#include "core/touchtext.h"
#include "ui/convert.h"
#include "ui/inspector.h"
#include "ui/inspectview.h"
#include "ui/methodview.h"
#include "ui/resultpane.h"
#include "ui/stepaxis.h"
#include "ui/touchedview.h"
#include "ui/touchpanel.h"

#include <algorithm>

void Inspector::connectTouches()
{
    TouchPanel& panel = m_view.choices().touches();
    connect(&panel, &TouchPanel::tried, this, &Inspector::tryTouch);
    connect(&m_view.pages().touched(), &TouchedView::readout, &m_view, &InspectView::readout);
    connect(&m_session.runs(), &Runs::currentChanged, this, &Inspector::showTried);
}

/// The run of what is tried beside the untouched one, as soon as it begins.
void Inspector::showTried()
{
    const auto run = m_session.runs().current();
    if (!m_tried || !run || run->request() != *m_tried)
        return;
    m_tried.reset();
    m_view.pages().setPage(InspectPages::Touched);
}

/// The touch becomes one of a run that goes on from the one that is seen, whatever the document
/// says besides; the touches of that run are those of the document then, as if they were typed.
void Inspector::tryTouch(const Touch& seen, int step)
{
    TouchPanel& panel = m_view.choices().touches();
    const auto run = this->run();
    if (!run)
        return;
    Touch touch = seen;
    touch.begin = partFrom(step, run->stepCount);
    panel.say({}, false);
    try {
        m_tried = m_session.startTouched(*run, withTouch(run->request().touches, touch));
    } catch (...) {
        panel.say(currentFailure().sentence, true);
        return;
    }
    m_session.editor().setTouches(m_tried->touches);
    showTried();
    if (m_tried)
        panel.say(tr("It starts when the run in progress has ended."), false);
}

void Inspector::refreshTouched()
{
    const auto run = this->run();
    const auto untouched = run ? untouchedOf(m_session.runs(), *run) : nullptr;
    m_view.pages().setTouchable(untouched != nullptr);
    if (m_view.pages().page() != InspectPages::Touched)
        return;
    TouchedView& view = m_view.pages().touched();
    if (!untouched)
        return view.setMessage(tr("This run is not touched, or the untouched one is not there: try "
                                  "something that is seen, on the right."));
    m_session.runs().fetch(untouched->number);
    const Method* method = m_session.runs().methodOf(*run);
    const auto candidate = std::size_t(std::max(0, m_pane.candidate()));
    const auto at = std::size_t(m_pane.axis().value());
    const auto isAtEnd = [&](const Run& one) {
        return at + 1 >= one.steps.size() && candidate < one.candidates.size();
    };
    const bool over = isAtEnd(*run) && isAtEnd(*untouched);
    const auto pictureOf = [&](const Run& one) {
        if (over)
            return toQImage(one.candidates[candidate].image);
        if (at >= one.steps.size() || candidate >= one.steps[at].previews.size())
            return QImage();
        return resultPart(method, toQImage(one.steps[at].previews[candidate]));
    };
    QStringList said;
    for (const Touch& touch : run->request().touches)
        if (!std::ranges::count(untouched->request().touches, touch))
            said << translated(described(touch));
    view.setTouches(said.join(QStringLiteral("; ")));
    view.setNames(
        tr("Run %1, untouched").arg(untouched->number), tr("Run %1, touched").arg(run->number));
    view.setPictures(pictureOf(*untouched), pictureOf(*run), !over);
}
