// SPDX-License-Identifier: GPL-3.0-or-later

// The time line: what acted when in the run that is shown and what will in the next one, and what
// can be done with a step.

#include "app/movespan.h"
#include "app/session.h"
#include "core/computed.h"
#include "ui/methodview.h"
#include "ui/noticebar.h"
#include "ui/resultpane.h"
#include "ui/shownpictures.h"
#include "ui/stepaxis.h"

#include <QApplication>
#include <QClipboard>

#include <algorithm>

namespace {

/// How many steps the whole way of a run has, as its method's parameter says; null: it has none.
const Value* stepsOf(const Method& method, const Values& values)
{
    const Parameter* steps = parameter(method, Role::Steps);
    const auto found = steps ? values.find(steps->id) : values.end();
    return found == values.end() ? nullptr : &found->second;
}

} // namespace

void ResultPane::connectTime()
{
    connect(m_axis, &StepAxis::decodeRequested, this, [this](int step) {
        m_session.runs().decodeStep(step, m_network ? Decode::Latent : Decode::Seen);
    });
    connect(m_axis, &StepAxis::saveRequested, this, &ResultPane::saveRequested);
    connect(m_axis, &StepAxis::branchRequested, this, &ResultPane::branchRequested);
    connect(m_axis, &StepAxis::compareRequested, this, [this](int, bool first) {
        Q_EMIT compareRequested(first);
    });
    connect(m_axis, &StepAxis::hashRequested, this, &ResultPane::copyHash);
    connect(m_axis, &StepAxis::spanTaken, this, [this] { m_session.history().seal(); });
    connect(m_axis, &StepAxis::spanMoved, this, [this](int at, int begin, int end) {
        const Run* run = m_shown->run();
        if (!run)
            return;
        const Values values = run->values();
        const auto spans =
            nextSpans(m_session.editor(), stepsOf(m_session.editor().method(), values));
        if (std::size_t(at) < spans.size())
            moveSpan(
                m_session.editor(), m_session.inputs(), spans[std::size_t(at)], std::size_t(at),
                {begin, end}, run->stepCount);
        refreshSpans();
    });
    connect(&m_session.branch(), &BranchDraft::changed, this, &ResultPane::refreshSpans);
}

void ResultPane::refreshSpans()
{
    const Run* run = m_shown->run();
    const Editor& editor = m_session.editor();
    const int steps = run ? run->stepCount : 0;
    const Values values = run ? run->values() : editor.values();
    const Pictures& images = run ? run->request().images : editor.document().inputs;
    const Method* method = run ? m_session.runs().methodOf(*run) : &editor.method();
    auto spans = method ? spansOf(*method, values, images, steps) : std::vector<StepAxis::Span>();
    if (method && run && method->id == editor.method().id) {
        const auto next = nextSpans(editor, stepsOf(*method, values));
        const BranchDraft& branch = m_session.branch();
        for (std::size_t i = 0; i < std::min(next.size(), spans.size()); ++i) {
            const MovableEnds ends = movableEnds(editor, next[i]);
            const auto p = std::ranges::find(method->parameters, next[i].parameter, &Parameter::id);
            const Slot* slot = ::slot(*method, next[i].slot);
            const bool fixed = (p != method->parameters.end() && branch.fixes(*p))
                || (slot && branch.fixes(*slot));
            spans[i].nextBegin = std::min(next[i].steps.begin, steps);
            spans[i].nextEnd = std::min(next[i].steps.end, steps);
            spans[i].movesBegin = ends.begin && !fixed;
            spans[i].movesEnd = ends.end && !fixed;
        }
    }
    const auto touches = spansOf(run ? run->request().touches : editor.touches(), steps);
    spans.insert(spans.end(), touches.begin(), touches.end());
    m_axis->setSpans(std::move(spans));
}

void ResultPane::copyHash(int step)
{
    const Run* run = m_shown->run();
    if (!run || step >= int(run->steps.size()) || !run->steps[std::size_t(step)].latent)
        return m_notices->say(tr("The latent of this step is not there any more."), true);
    QApplication::clipboard()->setText(
        QString::fromStdString(latentHash(*run->steps[std::size_t(step)].latent)));
    m_notices->say(
        tr("The hash of the latent after step %1 is on the clipboard.").arg(step), false);
}
