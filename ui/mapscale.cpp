// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/mapscale.h"

#include "app/translated.h"
#include "ui/theme.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace {

constexpr int scaleSide = 10, barHeight = 10, barTop = 9, rowHeight = 20, numberWidth = 64;

} // namespace

MapScale::MapScale(MapCanvas& canvas, QWidget* parent)
    : QWidget(parent)
    , m_canvas(canvas)
{
    setLayoutDirection(Qt::LeftToRight); // from the least to the largest number
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Scale of the colours"));
    connect(&canvas, &MapCanvas::hovered, this, [this](const std::vector<double>& values) {
        m_hovered = values;
        update();
    });
}

void MapScale::refresh()
{
    m_hovered.clear();
    QStringList texts;
    for (int i = 0; i < int(m_canvas.maps().size()); ++i)
        texts << textOf(i);
    setAccessibleDescription(texts.join(QStringLiteral(". ")));
    updateGeometry();
    update();
}

QString MapScale::textOf(int map) const
{
    const auto i = std::size_t(map);
    const ValueRange& range = m_canvas.ranges()[i];
    return tr("%1, %2 to %3")
        .arg(translated(m_canvas.maps()[i].label), numberText(range.from), numberText(range.to));
}

QSize MapScale::sizeHint() const
{
    const bool nothing = m_canvas.maps().empty();
    return {300, nothing ? 0 : m_canvas.mixes() ? legendHeight(nullptr) + 8 : 28};
}

/// Writes the entries one behind the other, or measures how much room they take.
int MapScale::legendHeight(QPainter* painter) const
{
    QFont small = font();
    small.setPixelSize(12);
    const QFontMetrics metrics(small);
    int x = scaleSide, y = 4;
    for (int i = 0; i < int(m_canvas.maps().size()); ++i) {
        const auto at = std::size_t(i);
        QString text = textOf(i);
        const double value = at < m_hovered.size() ? m_hovered[at] : NAN;
        if (!std::isnan(value))
            text += QStringLiteral(": ") + numberText(value);
        // Room for the number beforehand, so that nothing moves under the pointer.
        const int wide = 22 + metrics.horizontalAdvance(textOf(i)) + 60;
        if (x > scaleSide && x + wide > width() - scaleSide) {
            x = scaleSide;
            y += rowHeight;
        }
        if (painter) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(markColor(i));
            painter->drawRoundedRect(QRect(x, y + 4, 14, 12), 2, 2);
            painter->setPen(theme().text);
            painter->drawText(
                QRect(x + 20, y, width() - x - 20, rowHeight), Qt::AlignVCenter, text);
        }
        x += wide;
    }
    return y + rowHeight;
}

void MapScale::paintBar(QPainter& painter, int map)
{
    const auto i = std::size_t(map);
    const SeenMap& seen = m_canvas.maps()[i];
    const ValueRange& range = m_canvas.ranges()[i];
    const QRect bar(
        scaleSide + numberWidth, barTop, std::max(40, width() - 2 * (scaleSide + numberWidth)),
        barHeight);
    ColourMap colors = m_canvas.look().colors;
    if (colors == ColourMap::Automatic && seen.diverges)
        colors = ColourMap::Diverging;
    for (int x = 0; x < bar.width(); ++x) {
        const double part = double(x) / std::max(1, bar.width() - 1);
        painter.fillRect(
            QRect(bar.left() + x, bar.top(), 1, bar.height()), scaleColor(part, colors));
    }
    painter.setPen(theme().border);
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(bar.adjusted(-1, -1, 0, 0));
    painter.setPen(theme().dim);
    painter.drawText(
        QRect(scaleSide, 0, numberWidth - 8, 28), Qt::AlignVCenter | Qt::AlignRight,
        numberText(range.from));
    painter.drawText(
        QRect(bar.right() + 8, 0, numberWidth, 28), Qt::AlignVCenter, numberText(range.to));
    // The map under the pointer is the one whose number is there.
    const auto pointed = std::ranges::find_if(m_hovered, [](double v) { return !std::isnan(v); });
    if (pointed == m_hovered.end())
        return;
    const double part = std::clamp(partOf(*pointed, range), 0.0, 1.0);
    const int x = bar.left() + int(part * (bar.width() - 1));
    painter.setPen(QPen(theme().text, 2));
    painter.drawLine(x, bar.top() - 4, x, bar.bottom() + 4);
    const QString text = numberText(*pointed);
    const int wide = painter.fontMetrics().horizontalAdvance(text) + 10;
    const bool left = x + wide + 6 > bar.right();
    const QRect chip(left ? x - wide - 4 : x + 5, bar.center().y() - 8, wide, 17);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme().chip);
    painter.drawRoundedRect(chip, 3, 3);
    painter.setPen(theme().onChip);
    painter.drawText(chip, Qt::AlignCenter, text);
}

void MapScale::paintEvent(QPaintEvent*)
{
    const auto& maps = m_canvas.maps();
    if (maps.empty())
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QFont small = font();
    small.setPixelSize(12);
    painter.setFont(small);
    if (m_canvas.mixes()) {
        legendHeight(&painter);
        return;
    }
    // The scale of the map under the pointer, else of the first.
    const auto pointed = std::ranges::find_if(m_hovered, [](double v) { return !std::isnan(v); });
    const int map = pointed == m_hovered.end() ? 0 : int(pointed - m_hovered.begin());
    if (maps[std::size_t(map)].channels == 1)
        return paintBar(painter, map);
    painter.setPen(theme().dim);
    painter.drawText(
        rect().adjusted(scaleSide, 0, -scaleSide, 0), Qt::AlignVCenter,
        tr("Red, green, blue: components 1, 2, 3, each from its least to its largest score"));
}

void MapScale::resizeEvent(QResizeEvent*)
{
    if (m_canvas.mixes())
        updateGeometry();
}
