// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/stepaxis.h"

#include "core/bounded.h"
#include "ui/theme.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QToolButton>

#include <algorithm>
#include <cmath>
#include <utility>

namespace {

constexpr int axisRow = 17, trackHeight = 10, top = 6, bigStep = 5;
constexpr int playSide = 18, playTime = 160; // pixels; milliseconds a step

} // namespace

StepAxis::StepAxis(QWidget* parent)
    : QAbstractSlider(parent)
    , m_live(new QToolButton(this))
    , m_play(new QToolButton(this))
{
    setOrientation(Qt::Horizontal);
    setLayoutDirection(Qt::LeftToRight); // as time goes, in every language
    setRange(0, 0);
    setSingleStep(1);
    setPageStep(bigStep);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Steps of the run"));
    m_live->setText(tr("Back to live"));
    m_live->setObjectName(QStringLiteral("live"));
    m_live->setFont(smaller(font()));
    m_live->hide();
    connect(m_live, &QToolButton::clicked, this, [this] { setFollowing(true); });
    m_play->setProperty("role", QStringLiteral("flat"));
    m_play->setObjectName(QStringLiteral("play"));
    m_play->setFixedSize(playSide, playSide);
    m_play->setIconSize({playSide - 4, playSide - 4});
    m_play->move(labelWidth - playSide - 4, 2);
    m_play->setToolTip(tr("Play the steps (P, or Space on the time line)"));
    setPlaying(false);
    connect(m_play, &QToolButton::clicked, this, [this] { setPlaying(!playing()); });
    m_timer.setInterval(playTime);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        takeTo(value() < maximum() ? value() + 1 : minimum());
    });
    // Every way to move the play head by hand takes it from the run.
    connect(this, &QAbstractSlider::actionTriggered, this, [this] { setFollowing(false); });
}

QSize StepAxis::sizeHint() const
{
    return {360, top + axisRow * (1 + int(m_spans.size())) + 2};
}

void StepAxis::setProgress(int total, int finished, bool inProgress)
{
    m_inProgress = inProgress;
    m_total = std::max(total, finished);
    setMaximum(finished);
    if (m_following)
        setValue(finished);
    showLive();
    update();
}

/// Nothing is live once all steps are done, or no more of them come.
void StepAxis::showLive()
{
    m_live->setVisible(m_inProgress && !m_following && maximum() > 0 && maximum() < m_total);
}

void StepAxis::setSpans(std::vector<Span> spans)
{
    if (m_dragged.span >= 0)
        return; // they are told anew when the mouse has let go
    m_spans = std::move(spans);
    const std::vector<Handle> movable = handles();
    if (std::ranges::find(movable, m_handle) == movable.end())
        m_handle = {};
    updateGeometry();
    update();
}

void StepAxis::setFollowing(bool following)
{
    if (std::exchange(m_following, following) != following)
        Q_EMIT followingChanged(following);
    if (following)
        setValue(maximum());
    showLive();
    update();
}

void StepAxis::setPlaying(bool playing)
{
    if (playing && maximum() > 0)
        m_timer.start();
    else
        m_timer.stop();
    m_play->setIcon(icon(this->playing() ? QStringLiteral("pause") : QStringLiteral("play")));
    m_play->setAccessibleName(this->playing() ? tr("Stop playing") : tr("Play the steps"));
    Q_EMIT playingChanged(this->playing());
}

QRectF StepAxis::track(int row) const
{
    return QRectF(
        labelWidth, top + row * axisRow + (axisRow - trackHeight) / 2.0 - 2,
        std::max(10, width() - labelWidth - rightMargin), trackHeight);
}

double StepAxis::xOf(int step) const
{
    const QRectF rect = track(0);
    return rect.left() + rect.width() * step / std::max(1, m_total);
}

int StepAxis::stepAt(double x) const
{
    const QRectF rect = track(0);
    const int step = int(std::lround((x - rect.left()) / rect.width() * std::max(1, m_total)));
    return bounded(step, 0, maximum());
}

void StepAxis::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(smaller(font()));
    paintSteps(painter);
    for (std::size_t i = 0; i < m_spans.size(); ++i) {
        paintSpan(painter, int(i) + 1, m_spans[i]);
        paintNext(painter, int(i) + 1, m_spans[i]);
    }
    if (m_total > 0) {
        painter.setPen(QPen(m_following ? theme().text : theme().dim, 2));
        painter.drawLine(QPointF(xOf(value()), 2), QPointF(xOf(value()), height()));
    }
    if (hasFocus()) {
        painter.setPen(theme().accent);
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
    }
}

void StepAxis::paintSteps(QPainter& painter)
{
    const QRectF rect = track(0);
    painter.setPen(theme().dim);
    const int room = labelWidth - 16 - playSide;
    QString label = m_total > 0 ? tr("Step %1 / %2").arg(value()).arg(m_total) : tr("Steps");
    if (painter.fontMetrics().horizontalAdvance(label) > room)
        label = tr("%1 / %2").arg(value()).arg(m_total); // of hundreds of steps
    painter.drawText(QRectF(12, rect.top() - 4, room, rect.height() + 8), Qt::AlignVCenter, label);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme().raised);
    painter.drawRoundedRect(rect, 2, 2);
    if (m_total <= 0)
        return;
    painter.setBrush(theme().step);
    painter.drawRoundedRect(
        QRectF(rect.topLeft(), QSizeF(xOf(maximum()) - rect.left(), rect.height())), 2, 2);
    if (rect.width() / m_total < 4)
        return;
    painter.setPen(QPen(theme().window, 1));
    for (int step = 1; step < m_total; ++step)
        painter.drawLine(QPointF(xOf(step), rect.top() + 7), QPointF(xOf(step), rect.bottom()));
}

void StepAxis::paintSpan(QPainter& painter, int row, const Span& span)
{
    const QRectF rect = track(row);
    painter.setPen(theme().dim);
    painter.drawText(
        QRectF(12, rect.top() - 4, labelWidth - 16, rect.height() + 8), Qt::AlignVCenter,
        painter.fontMetrics().elidedText(span.label, Qt::ElideRight, labelWidth - 16));
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme().raised);
    painter.drawRoundedRect(rect, 2, 2);
    const int begin = std::min(span.begin, m_total), end = std::min(span.end, m_total);
    if (end <= begin)
        return;
    const QRectF bar(xOf(begin), rect.top(), xOf(end) - xOf(begin), rect.height());
    painter.setBrush(span.color);
    painter.drawRoundedRect(bar, 2, 2);
    if (span.hatched) {
        painter.setBrush(QBrush(theme().panel, Qt::BDiagPattern));
        painter.drawRoundedRect(bar, 2, 2);
    }
}

void StepAxis::takeTo(int step)
{
    setFollowing(false);
    setValue(step);
}

void StepAxis::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return;
    setPlaying(false);
    m_dragged = handleAt(event->position());
    if (m_dragged.span >= 0) {
        chooseHandle(m_dragged);
        m_draggedFrom = stepOf(m_dragged);
        return Q_EMIT spanTaken();
    }
    chooseHandle({});
    setSliderDown(true);
    takeTo(stepAt(event->position().x()));
}

void StepAxis::mouseMoveEvent(QMouseEvent* event)
{
    if (m_dragged.span >= 0)
        moveHandle(m_dragged, anyStepAt(event->position().x()));
    else if (isSliderDown())
        takeTo(stepAt(event->position().x()));
    else
        setCursor(handleAt(event->position()).span >= 0 ? Qt::SizeHorCursor : Qt::ArrowCursor);
}

void StepAxis::mouseReleaseEvent(QMouseEvent*)
{
    setSliderDown(false);
    const Handle moved = std::exchange(m_dragged, {});
    if (moved.span < 0)
        return;
    const Span& span = m_spans[std::size_t(moved.span)];
    if (stepOf(moved) != m_draggedFrom) // else it was clicked, not moved
        Q_EMIT spanMoved(moved.span, span.nextBegin, span.nextEnd);
}

void StepAxis::contextMenuEvent(QContextMenuEvent* event)
{
    if (m_total <= 0)
        return;
    const bool byMouse = event->reason() == QContextMenuEvent::Mouse;
    const int step = byMouse ? stepAt(event->pos().x()) : value();
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu->addAction(tr("Show step %1").arg(step)), &QAction::triggered, this, [this, step] {
        takeTo(step);
    });
    connect(menu->addAction(tr("Decode in full")), &QAction::triggered, this, [this, step] {
        takeTo(step);
        Q_EMIT decodeRequested(step);
    });
    connect(menu->addAction(tr("Save the picture...")), &QAction::triggered, this, [this, step] {
        takeTo(step);
        Q_EMIT saveRequested(step);
    });
    menu->addSeparator();
    for (const bool first : {true, false})
        connect(
            menu->addAction(first ? tr("Compare as A") : tr("Compare as B")), &QAction::triggered,
            this, [this, step, first] {
                takeTo(step);
                Q_EMIT compareRequested(step, first);
            });
    menu->addSeparator();
    QAction* branch =
        menu->addAction(icon(QStringLiteral("branch")), tr("Branch from step %1").arg(step));
    branch->setEnabled(step <= m_branches);
    connect(branch, &QAction::triggered, this, [this, step] {
        takeTo(step);
        Q_EMIT branchRequested(step);
    });
    connect(menu->addAction(tr("Copy the latent's hash")), &QAction::triggered, this, [this, step] {
        Q_EMIT hashRequested(step);
    });
    menu->popup(event->globalPos());
}

void StepAxis::keyPressEvent(QKeyEvent* event)
{
    if (moveByKey(*event))
        return;
    const int by = event->key() == Qt::Key_Left ? -1 : event->key() == Qt::Key_Right ? 1 : 0;
    if (by != 0 && event->modifiers() & Qt::ShiftModifier)
        takeTo(bounded(value() + by * bigStep, 0, maximum()));
    else if (event->key() == Qt::Key_Space)
        setPlaying(!playing());
    else
        QAbstractSlider::keyPressEvent(event);
}

void StepAxis::resizeEvent(QResizeEvent*)
{
    m_live->adjustSize();
    m_live->move(width() - rightMargin - m_live->width(), 0);
}

void StepAxis::sliderChange(SliderChange change)
{
    QAbstractSlider::sliderChange(change);
    if (change == SliderValueChange)
        tell();
    update();
}
