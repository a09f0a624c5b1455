// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/noiseplot.h"

#include "ui/stepaxis.h"
#include "ui/theme.h"

#include <QEvent>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>
#include <qcustomplot.h>

NoisePlot::NoisePlot(QWidget* parent)
    : QWidget(parent)
    , m_plot(new QCustomPlot(this))
{
    setLayoutDirection(Qt::LeftToRight); // as the time line below it
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(StepAxis::labelWidth, 0, StepAxis::rightMargin, 6);
    layout->addWidget(m_plot);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Latent norm by step"));
    setToolTip(tr("The root mean square of the latent after each step: how much noise is left."));

    m_plot->axisRect()->setAutoMargins(QCP::msNone);
    m_plot->axisRect()->setMargins({});
    for (QCPAxis* axis : m_plot->axisRect()->axes())
        axis->setVisible(false);
    m_plot->addGraph();
    auto* head = new QCPItemStraightLine(m_plot);
    head->setVisible(false);
    m_plot->setMinimumHeight(30);
    m_plot->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_plot->setFocusPolicy(Qt::NoFocus); // it only shows
    applyTheme();
}

void NoisePlot::setCurve(const std::vector<double>& norms, int total)
{
    QVector<double> x, y;
    for (std::size_t i = 0; i < norms.size(); ++i) {
        x << double(i);
        y << norms[i];
    }
    m_plot->graph(0)->setData(x, y, true);
    m_plot->xAxis->setRange(0, std::max(1, total));
    if (!norms.empty()) {
        const auto [low, high] = std::ranges::minmax_element(norms);
        const double room = std::max(0.05, (*high - *low) * 0.2);
        m_plot->yAxis->setRange(*low - room, *high + room);
    }
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void NoisePlot::setPosition(int step)
{
    auto* head = static_cast<QCPItemStraightLine*>(m_plot->item(0));
    head->point1->setCoords(step, 0);
    head->point2->setCoords(step, 1);
    head->setVisible(m_plot->graph(0)->dataCount() > 0);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void NoisePlot::applyTheme()
{
    m_plot->setBackground(QBrush(theme().raised));
    m_plot->graph(0)->setPen(QPen(theme().curve, 1.6));
    static_cast<QCPItemStraightLine*>(m_plot->item(0))->setPen(QPen(theme().text, 2));
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void NoisePlot::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::PaletteChange)
        applyTheme();
    QWidget::changeEvent(event);
}

void NoisePlot::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    QFont small = font();
    small.setPixelSize(11);
    painter.setFont(small);
    painter.setPen(theme().dim);
    painter.drawText(
        QRect(12, 0, StepAxis::labelWidth - 16, height() - 6), Qt::AlignVCenter, tr("Latent norm"));
}
