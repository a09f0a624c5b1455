// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/curveplot.h"

#include "app/translated.h"
#include "ui/colormap.h"
#include "ui/theme.h"

#include <QEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QMouseEvent>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <qcustomplot.h>

namespace {

constexpr int mostInLegend = 10, mostTold = 5;

/// Of few curves the colours of marks; of many along a scale, so that their order is seen.
QColor colorOfCurve(std::size_t index, std::size_t count)
{
    if (count <= 4)
        return markColor(int(index));
    return scaleColor(0.12 + 0.8 * double(index) / double(count - 1), ColourMap::Viridis);
}

QVector<double> toVector(const std::vector<double>& numbers)
{
    return {numbers.begin(), numbers.end()};
}

} // namespace

CurvePlot::CurvePlot(QWidget* parent)
    : QWidget(parent)
    , m_plot(new QCustomPlot(this))
    , m_told(new QLabel(this))
{
    setLayoutDirection(Qt::LeftToRight); // the steps go as on the time line
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 6, 12, 4);
    layout->setSpacing(2);
    layout->addWidget(m_plot, 1);
    m_told->setProperty("role", QStringLiteral("dim"));
    m_told->setWordWrap(true);
    m_told->setMinimumHeight(36);
    m_told->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    layout->addWidget(m_told);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Curves"));
    setToolTip(tr("Left and right: the values of one step or layer after the other. Return or a "
                  "click: go there."));
    m_hover = new QCPItemStraightLine(m_plot);
    m_head = new QCPItemStraightLine(m_plot);
    for (auto* line : {m_hover, m_head})
        line->setVisible(false);
    m_plot->setMouseTracking(true);
    m_plot->setFocusPolicy(Qt::NoFocus);
    m_plot->installEventFilter(this);
    m_plot->axisRect()->setMinimumMargins({8, 8, 8, 8});
    m_plot->axisRect()->insetLayout()->setInsetAlignment(0, Qt::AlignTop | Qt::AlignRight);
    applyTheme();
}

void CurvePlot::setContent(const Content& content)
{
    m_content = content;
    fill();
}

void CurvePlot::fill()
{
    m_plot->clearGraphs();
    const std::size_t count = m_content.curves.size();
    double low = m_content.fromZero ? 0 : INFINITY, high = -INFINITY;
    double first = INFINITY, last = -INFINITY;
    const auto add = [&](const Curve& curve, const QPen& pen, const QString& name) {
        QCPGraph* graph = m_plot->addGraph();
        graph->setData(toVector(curve.x), toVector(curve.y), true);
        graph->setPen(pen);
        graph->setName(name);
        if (name.isEmpty() || count > mostInLegend)
            graph->removeFromLegend();
        for (const double y : curve.y) {
            low = std::min(low, y);
            high = std::max(high, y);
        }
        for (const double x : curve.x) {
            first = std::min(first, x);
            last = std::max(last, x);
        }
        return graph;
    };
    for (std::size_t i = 0; i < m_content.earlier.size(); ++i)
        add(m_content.earlier[i],
            QPen(colorOfCurve(i, std::max(count, m_content.earlier.size())), 1.2, Qt::DashLine),
            {});
    for (std::size_t i = 0; i < count; ++i) {
        const Curve& curve = m_content.curves[i];
        const bool whole = count > 1 && i < m_content.marked.size() && m_content.marked[i];
        QCPGraph* graph =
            add(curve, QPen(colorOfCurve(i, count), whole ? 3.2 : 1.8), translated(curve.label));
        if (curve.x.size() == 1)
            graph->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, 6));
    }
    if (count == 1) {
        Curve out;
        const Curve& curve = m_content.curves.front();
        for (std::size_t i = 0; i < curve.x.size() && i < m_content.marked.size(); ++i)
            if (m_content.marked[i]) {
                out.x.push_back(curve.x[i]);
                out.y.push_back(curve.y[i]);
            }
        m_plot->graph(m_plot->graphCount() - 1)
            ->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, 5));
        QCPGraph* graph = add(out, QPen(theme().warning, 2), {});
        graph->setLineStyle(QCPGraph::lsNone);
        graph->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDiamond, 13));
    }
    m_plot->legend->setVisible(count > 1 && count <= mostInLegend);
    if (low <= high) {
        const double room = high > low ? (high - low) * 0.06 : std::max(0.05, std::abs(high) * 0.1);
        m_plot->yAxis->setRange(m_content.fromZero ? 0 : low - room, high + room);
        const double wide = std::max(1.0, last - first) * 0.02;
        m_plot->xAxis->setRange(
            first + m_content.shownFrom - wide, last + m_content.shownFrom + wide);
    }
    // Steps are shown from 1 on.
    if (m_content.shownFrom != 0)
        for (int i = 0; i < m_plot->graphCount(); ++i)
            for (auto it = m_plot->graph(i)->data()->begin(); it != m_plot->graph(i)->data()->end();
                 ++it)
                it->key += m_content.shownFrom;
    m_plot->xAxis->setLabel(m_content.x);
    m_plot->yAxis->setLabel(m_content.y);
    auto ticker = QSharedPointer<QCPAxisTicker>::create();
    m_plot->xAxis->setTicker(ticker);
    m_plot->xAxis->setNumberFormat(QStringLiteral("gb"));
    setAccessibleDescription(
        tr("%1 by %2, %n curve(s)", nullptr, int(count)).arg(m_content.y, m_content.x));
    tell(m_at);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void CurvePlot::setPosition(double x)
{
    m_head->setVisible(x >= 0 && !m_content.curves.empty());
    m_head->point1->setCoords(x + m_content.shownFrom, 0);
    m_head->point2->setCoords(x + m_content.shownFrom, 1);
    m_at = std::max(0.0, x);
    tell(m_at);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

double CurvePlot::nearest(double x) const
{
    double best = x, away = INFINITY;
    for (const Curve& curve : m_content.curves)
        for (const double at : curve.x)
            if (std::abs(at - x) < away) {
                away = std::abs(at - x);
                best = at;
            }
    return best;
}

QString CurvePlot::textAt(double x) const
{
    const double at = nearest(x);
    std::vector<std::pair<double, QString>> values;
    for (std::size_t i = 0; i < m_content.curves.size(); ++i) {
        const Curve& curve = m_content.curves[i];
        const auto found = std::ranges::find(curve.x, at);
        if (found == curve.x.end())
            continue;
        const double y = curve.y[std::size_t(found - curve.x.begin())];
        QString text = QStringLiteral("%1 %2").arg(translated(curve.label), numberText(y));
        if (i < m_content.earlier.size()) {
            const Curve& other = m_content.earlier[i];
            const auto there = std::ranges::find(other.x, at);
            if (there != other.x.end())
                text += tr(" (earlier %1)")
                            .arg(numberText(other.y[std::size_t(there - other.x.begin())]));
        }
        values.emplace_back(y, text);
    }
    if (values.empty())
        return {};
    // Of many curves those at the ends.
    if (int(values.size()) > mostTold)
        std::ranges::stable_sort(values, std::greater(), &std::pair<double, QString>::first);
    QStringList texts;
    for (std::size_t i = 0; i < values.size(); ++i)
        if (int(values.size()) <= mostTold || i < 3 || i + 2 >= values.size())
            texts << values[i].second;
        else if (i == 3)
            texts << QStringLiteral("…");
    return QStringLiteral("%1 %2: %3")
        .arg(m_content.x)
        .arg(at + m_content.shownFrom)
        .arg(texts.join(QStringLiteral(" · ")));
}

QString CurvePlot::told() const
{
    return m_told->text();
}

void CurvePlot::tell(double x)
{
    const QString text = textAt(x);
    m_told->setText(text.isEmpty() ? m_content.empty : text);
    const double at = nearest(x) + m_content.shownFrom;
    m_hover->point1->setCoords(at, 0);
    m_hover->point2->setCoords(at, 1);
    m_hover->setVisible(!m_content.curves.empty());
}

bool CurvePlot::eventFilter(QObject*, QEvent* event)
{
    const auto x = [&] {
        return m_plot->xAxis->pixelToCoord(static_cast<QMouseEvent*>(event)->position().x())
            - m_content.shownFrom;
    };
    if (event->type() == QEvent::MouseMove) {
        tell(x());
        m_plot->replot(QCustomPlot::rpQueuedReplot);
    } else if (event->type() == QEvent::MouseButtonPress) {
        setFocus(Qt::MouseFocusReason);
        m_at = nearest(x());
        Q_EMIT chosen(m_at);
    }
    return false;
}

void CurvePlot::keyPressEvent(QKeyEvent* event)
{
    const int by = event->key() == Qt::Key_Left ? -1 : event->key() == Qt::Key_Right ? 1 : 0;
    if (by != 0) {
        m_at = nearest(m_at + by);
        tell(m_at);
        m_plot->replot(QCustomPlot::rpQueuedReplot);
    } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        Q_EMIT chosen(m_at);
    } else {
        QWidget::keyPressEvent(event);
    }
}

void CurvePlot::applyTheme()
{
    m_plot->setBackground(QBrush(theme().panel));
    QFont small = font();
    small.setPixelSize(11);
    for (QCPAxis* axis : {m_plot->xAxis, m_plot->yAxis}) {
        axis->setBasePen(QPen(theme().border));
        axis->setTickPen(QPen(theme().border));
        axis->setSubTickPen(QPen(theme().border));
        axis->setTickLabelColor(theme().dim);
        axis->setLabelColor(theme().dim);
        axis->setTickLabelFont(small);
        axis->setLabelFont(small);
        axis->grid()->setPen(QPen(theme().raised));
        axis->grid()->setZeroLinePen(QPen(theme().raised));
    }
    m_plot->legend->setBrush(theme().panel);
    m_plot->legend->setBorderPen(QPen(theme().raised));
    m_plot->legend->setTextColor(theme().text);
    m_plot->legend->setFont(small);
    m_plot->legend->setRowSpacing(0);
    m_hover->setPen(QPen(theme().dim, 1, Qt::DotLine));
    m_head->setPen(QPen(theme().text, 1.5));
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void CurvePlot::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::PaletteChange)
        applyTheme();
    QWidget::changeEvent(event);
}
