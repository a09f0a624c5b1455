// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/samplefigure.h"

#include "app/sample.h"
#include "core/errors.h"
#include "ui/convert.h"
#include "ui/theme.h"

#include <QPainter>

#include <algorithm>

namespace {

constexpr int figureGap = 30, between = 8, largest = 84;

void drawArrow(QPainter& painter, QPointF middle)
{
    const QPointF tip = middle + QPointF(9, 0);
    painter.drawLine(middle - QPointF(9, 0), tip);
    painter.drawLine(tip, tip + QPointF(-5, -5));
    painter.drawLine(tip, tip + QPointF(-5, 5));
}

void drawPlus(QPainter& painter, QPointF middle)
{
    painter.drawLine(middle - QPointF(6, 0), middle + QPointF(6, 0));
    painter.drawLine(middle - QPointF(0, 6), middle + QPointF(0, 6));
}

} // namespace

SampleFigure::SampleFigure(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
}

void SampleFigure::setRows(Rows rows)
{
    m_rows = std::move(rows);
    updateGeometry();
    update();
}

QSize SampleFigure::sizeHint() const
{
    return {180, 136};
}

void SampleFigure::paintEvent(QPaintEvent*)
{
    std::size_t most = 0;
    for (const auto& row : m_rows)
        most = std::max(most, row.size());
    if (most == 0)
        return;
    QPainter painter(this);
    painter.setRenderHints(QPainter::SmoothPixmapTransform | QPainter::Antialiasing);
    painter.setPen(QPen(theme().dim, 1.6, Qt::SolidLine, Qt::RoundCap));
    const int rows = int(m_rows.size()), columns = int(most);
    const int side = std::min(
        {largest, (width() - figureGap * (columns - 1)) / columns,
         (height() - between * (rows - 1)) / rows});
    const int high = side * rows + between * (rows - 1);
    for (int y = 0; y < rows; ++y) {
        const int shown = int(m_rows[y].size()), wide = side * shown + figureGap * (shown - 1);
        for (int x = 0; x < shown; ++x) {
            const QRect place(
                (width() - wide) / 2 + x * (side + figureGap),
                (height() - high) / 2 + y * (side + between), side, side);
            painter.drawImage(place, m_rows[y][x]);
            if (x == 0)
                continue;
            const QPointF middle(place.left() - figureGap / 2., place.center().y() + 0.5);
            if (x + 1 == shown)
                drawArrow(painter, middle);
            else
                drawPlus(painter, middle);
        }
    }
}

SampleFigure::Rows figureOf(const Method& method)
{
    std::vector<QImage> all;
    try {
        const Sample sample = readSample(method);
        for (const Slot& slot : method.slots)
            if (const auto found = sample.pictures.find(slot.id); found != sample.pictures.end())
                all.push_back(toQImage(found->second.front().image));
        if (sample.made.empty())
            return {};
        all.push_back(toQImage(sample.made));
    } catch (const Error&) {
        return {}; // it is said when the sample is asked for
    }
    if (!method.onGrid || all.size() != 4)
        return {all};
    return {{all[0], all[1]}, {all[2], all[3]}};
}
