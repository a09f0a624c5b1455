// SPDX-License-Identifier: GPL-3.0-or-later

// The ends of the spans, which mouse and keys move: for the next run, of which a frame tells beside
// the bar of the run that is shown.

#include "core/bounded.h"
#include "ui/stepaxis.h"
#include "ui/theme.h"

#include <QKeyEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace {

constexpr double handleReach = 6; // pixels around an end that take it
constexpr int spanStep = 5;

} // namespace

std::vector<StepAxis::Handle> StepAxis::handles() const
{
    std::vector<Handle> all;
    for (std::size_t i = 0; i < m_spans.size() && m_total > 0; ++i) {
        if (m_spans[i].movesBegin)
            all.push_back({int(i), false});
        if (m_spans[i].movesEnd)
            all.push_back({int(i), true});
    }
    return all;
}

int StepAxis::stepOf(const Handle& handle) const
{
    const Span& span = m_spans.at(std::size_t(handle.span));
    return bounded(handle.end ? span.nextEnd : span.nextBegin, 0, m_total);
}

QPointF StepAxis::placeOf(const Handle& handle) const
{
    return {xOf(stepOf(handle)), track(handle.span + 1).center().y()};
}

/// Where two lie over each other, that which can go to the side of the pointer.
StepAxis::Handle StepAxis::handleAt(QPointF position) const
{
    Handle best;
    double nearest = handleReach;
    for (const Handle& handle : handles()) {
        const QPointF place = placeOf(handle);
        const double away = std::abs(position.x() - place.x());
        const bool row = std::abs(position.y() - place.y()) <= track(0).height();
        const bool closer = away < nearest || (away == nearest && position.x() > place.x());
        if (row && away <= handleReach && (best.span < 0 || closer)) {
            best = handle;
            nearest = away;
        }
    }
    return best;
}

/// The step nearest to a place, also one that is not finished.
int StepAxis::anyStepAt(double x) const
{
    const QRectF rect = track(0);
    return bounded(
        int(std::lround((x - rect.left()) / rect.width() * std::max(1, m_total))), 0, m_total);
}

void StepAxis::moveHandle(const Handle& handle, int step)
{
    Span& span = m_spans.at(std::size_t(handle.span));
    if (handle.end)
        span.nextEnd = bounded(step, bounded(span.nextBegin, 0, m_total), m_total);
    else
        span.nextBegin = bounded(step, 0, bounded(span.nextEnd, 0, m_total));
    tell();
    update();
}

void StepAxis::chooseHandle(const Handle& handle)
{
    m_handle = handle;
    tell();
    update();
}

/// Up and Down go from the play head through the ends; Left and Right move the one that is chosen.
bool StepAxis::moveByKey(const QKeyEvent& event)
{
    const std::vector<Handle> all = handles();
    const int along = event.key() == Qt::Key_Down ? 1 : event.key() == Qt::Key_Up ? -1 : 0;
    const auto now = std::ranges::find(all, m_handle) - all.begin();
    if (along != 0) {
        const int places = int(all.size()) + 1; // the play head stands before the first
        const int at = now == std::ptrdiff_t(all.size()) ? 0 : int(now) + 1;
        const int to = bounded(at + along, 0, places - 1);
        chooseHandle(to == 0 ? Handle() : all[std::size_t(to - 1)]);
        return true;
    }
    if (m_handle.span < 0)
        return false;
    if (event.key() == Qt::Key_Escape) {
        chooseHandle({});
        return true;
    }
    int by = event.key() == Qt::Key_Left ? -1 : event.key() == Qt::Key_Right ? 1 : 0;
    if (event.key() == Qt::Key_Home)
        by = -m_total;
    if (event.key() == Qt::Key_End)
        by = m_total;
    if (by == 0)
        return false;
    if (event.modifiers() & Qt::ShiftModifier)
        by *= spanStep;
    const Handle moved = m_handle;
    moveHandle(moved, stepOf(moved) + by);
    const Span span = m_spans[std::size_t(moved.span)];
    Q_EMIT spanMoved(moved.span, span.nextBegin, span.nextEnd);
    return true;
}

/// A frame where the next run will be other than the one that is shown, and the ends to be taken.
void StepAxis::paintNext(QPainter& painter, int row, const Span& span)
{
    if ((!span.movesBegin && !span.movesEnd) || m_total <= 0)
        return;
    const QRectF rect = track(row);
    const int begin = bounded(span.nextBegin, 0, m_total);
    const int end = bounded(span.nextEnd, begin, m_total);
    const bool other = begin != std::min(span.begin, m_total) || end != std::min(span.end, m_total);
    if (other && end > begin) {
        painter.setPen(QPen(theme().text, 1, Qt::DashLine));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(xOf(begin), rect.top(), xOf(end) - xOf(begin), rect.height())
                             .adjusted(0.5, -0.5, -0.5, 0.5));
    }
    for (const bool last : {false, true}) {
        if (!(last ? span.movesEnd : span.movesBegin))
            continue;
        const Handle handle {row - 1, last};
        const bool chosen = hasFocus() && handle == m_handle;
        const QRectF grip(placeOf(handle) - QPointF(2.5, 7), QSizeF(5, 14));
        painter.setPen(QPen(chosen ? theme().link : theme().panel, chosen ? 2 : 1));
        painter.setBrush(theme().text);
        painter.drawRoundedRect(grip, 2, 2);
    }
}

/// What is read aloud: the play head's step, or the end that keys move.
void StepAxis::tell()
{
    QString said = tr("Step %1 of %2").arg(value()).arg(m_total);
    if (m_handle.span >= 0 && m_handle.span < int(m_spans.size())) {
        const QString name = m_spans[std::size_t(m_handle.span)].label;
        said = (m_handle.end ? tr("%1, end at step %2 of %3") : tr("%1, begin at step %2 of %3"))
                   .arg(name)
                   .arg(stepOf(m_handle))
                   .arg(m_total);
    }
    setAccessibleDescription(said);
}

void StepAxis::focusOutEvent(QFocusEvent* event)
{
    chooseHandle({});
    QAbstractSlider::focusOutEvent(event);
}
