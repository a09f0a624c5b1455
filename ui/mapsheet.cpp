// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/mapsheet.h"

#include "core/bounded.h"
#include "ui/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <utility>

namespace {

constexpr int sheetSide = 72, sheetGap = 4, labelWidth = 104, headerHeight = 22, border = 12;

} // namespace

MapSheet::MapSheet(QWidget* parent)
    : QWidget(parent)
{
    setLayoutDirection(Qt::LeftToRight); // the steps go as on the time line
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAccessibleName(tr("All layers at many steps"));
    setToolTip(tr("Layers downwards, steps across; a row has one scale. Arrows go through them; "
                  "Return or a click enlarges one."));
}

void MapSheet::setPlaces(std::vector<Row> rows, std::vector<int> steps)
{
    m_rows = std::move(rows);
    m_steps = std::move(steps);
    m_maps.clear();
    m_pictures.clear();
    m_current.setX(bounded(m_current.x(), 0, int(m_steps.size()) - 1));
    m_current.setY(bounded(m_current.y(), 0, int(m_rows.size()) - 1));
    updateGeometry();
    update();
}

void MapSheet::setMaps(int layer, int step, std::vector<SeenMap> maps)
{
    m_maps[{layer, step}] = std::move(maps);
    // The scale of the row may be another one now.
    std::erase_if(m_pictures, [layer](const auto& known) { return known.first.first == layer; });
    update();
}

void MapSheet::setColors(ColourMap colors)
{
    m_colors = colors;
    m_pictures.clear();
    update();
}

void MapSheet::setCurrent(int layer, int step)
{
    const auto row = std::ranges::find(m_rows, layer, &Row::layer);
    if (row != m_rows.end())
        m_current.setY(int(row - m_rows.begin()));
    for (int i = 0; i < int(m_steps.size()); ++i)
        if (m_steps[std::size_t(i)] <= step)
            m_current.setX(i);
    update();
}

std::vector<int> MapSheet::stepsThatFit(int count) const
{
    const int room = std::max(2, (width() - labelWidth - 2 * border) / (sheetSide + sheetGap));
    const int shown = std::min(count, room);
    std::vector<int> steps;
    for (int i = 0; i < shown; ++i)
        steps.push_back(shown > 1 ? i * (count - 1) / (shown - 1) : 0);
    return steps;
}

QSize MapSheet::sizeHint() const
{
    return {
        labelWidth + 2 * border + int(m_steps.size()) * (sheetSide + sheetGap),
        headerHeight + border + int(m_rows.size()) * (sheetSide + sheetGap)};
}

QRect MapSheet::place(int row, int column) const
{
    return {
        border + labelWidth + column * (sheetSide + sheetGap),
        headerHeight + row * (sheetSide + sheetGap), sheetSide, sheetSide};
}

std::optional<QPoint> MapSheet::placeAt(QPoint at) const
{
    for (int row = 0; row < int(m_rows.size()); ++row)
        for (int column = 0; column < int(m_steps.size()); ++column)
            if (place(row, column).contains(at))
                return QPoint(column, row);
    return {};
}

QString MapSheet::textOf(int row, int column) const
{
    return tr("%1, step %2")
        .arg(m_rows[std::size_t(row)].label)
        .arg(m_steps[std::size_t(column)] + 1);
}

/// The maps of a place, mixed if there are several, in the scale of the row.
const QImage& MapSheet::picture(int row, int column)
{
    static const QImage none;
    const int layer = m_rows[std::size_t(row)].layer;
    const std::pair key(layer, m_steps[std::size_t(column)]);
    const auto maps = m_maps.find(key);
    if (maps == m_maps.end() || maps->second.empty())
        return none;
    QImage& known = m_pictures[key];
    if (!known.isNull())
        return known;
    const std::size_t count = maps->second.size();
    std::vector<ValueRange> ranges;
    for (std::size_t i = 0; i < count; ++i) {
        ValueRange range = rangeOf(maps->second[i]);
        for (const auto& [other, seen] : m_maps)
            if (other.first == layer && i < seen.size()) {
                const ValueRange each = rangeOf(seen[i]);
                range = {std::min(range.from, each.from), std::max(range.to, each.to)};
            }
        ranges.push_back(range);
    }
    const SeenMap& first = maps->second.front();
    const bool mixes = count > 1 && std::ranges::all_of(maps->second, [&](const SeenMap& map) {
                           return map.channels == 1 && !map.diverges && map.width == first.width
                               && map.height == first.height && map.reference == first.reference;
                       });
    if (!mixes)
        return known = drawn(first, ranges.front(), m_colors);
    std::vector<const SeenMap*> all;
    for (const SeenMap& map : maps->second)
        all.push_back(&map);
    return known = mixed(all, ranges);
}

void MapSheet::paintEvent(QPaintEvent* event)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme().window);
    QFont small = font();
    small.setPixelSize(11);
    painter.setFont(small);
    for (int column = 0; column < int(m_steps.size()); ++column) {
        const QRect below = place(0, column);
        painter.setPen(theme().dim);
        painter.drawText(
            QRect(below.x(), 0, sheetSide, headerHeight), Qt::AlignCenter,
            column == 0 ? tr("step %1").arg(m_steps[std::size_t(column)] + 1)
                        : QString::number(m_steps[std::size_t(column)] + 1));
    }
    for (int row = 0; row < int(m_rows.size()); ++row) {
        const QRect first = place(row, 0);
        if (!event->rect().intersects(QRect(0, first.y(), width(), sheetSide)))
            continue;
        painter.setPen(theme().dim);
        painter.drawText(
            QRect(border, first.y(), labelWidth - 10, sheetSide),
            Qt::AlignVCenter | Qt::TextWordWrap, m_rows[std::size_t(row)].label);
        for (int column = 0; column < int(m_steps.size()); ++column) {
            const QRect at = place(row, column);
            painter.fillRect(at, theme().panel);
            if (const QImage& image = picture(row, column); !image.isNull()) {
                const QSize size = image.size().scaled(at.size(), Qt::KeepAspectRatio);
                painter.drawImage(
                    QRect(at.center() - QPoint(size.width(), size.height()) / 2, size), image);
            }
            if (QPoint(column, row) == m_current) {
                painter.setBrush(Qt::NoBrush);
                painter.setPen(QPen(hasFocus() ? theme().link : theme().dim, 2));
                painter.drawRect(at.adjusted(-1, -1, 0, 0));
            }
        }
    }
}

void MapSheet::mousePressEvent(QMouseEvent* event)
{
    const auto at = placeAt(event->pos());
    if (!at || event->button() != Qt::LeftButton)
        return;
    m_current = *at;
    update();
    Q_EMIT chosen(m_rows[std::size_t(at->y())].layer, m_steps[std::size_t(at->x())]);
}

void MapSheet::mouseMoveEvent(QMouseEvent* event)
{
    if (const auto at = placeAt(event->pos()))
        Q_EMIT told(textOf(at->y(), at->x()));
}

void MapSheet::move(int columns, int rows)
{
    if (m_rows.empty() || m_steps.empty())
        return;
    m_current.setX(bounded(m_current.x() + columns, 0, int(m_steps.size()) - 1));
    m_current.setY(bounded(m_current.y() + rows, 0, int(m_rows.size()) - 1));
    const QString text = textOf(m_current.y(), m_current.x());
    setAccessibleDescription(text);
    Q_EMIT told(text);
    update();
}

void MapSheet::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Left:
        return move(-1, 0);
    case Qt::Key_Right:
        return move(1, 0);
    case Qt::Key_Up:
        return move(0, -1);
    case Qt::Key_Down:
        return move(0, 1);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_current.y() < int(m_rows.size()) && m_current.x() < int(m_steps.size()))
            Q_EMIT chosen(
                m_rows[std::size_t(m_current.y())].layer, m_steps[std::size_t(m_current.x())]);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

void MapSheet::resizeEvent(QResizeEvent*)
{
    const int room = (width() - labelWidth - 2 * border) / (sheetSide + sheetGap);
    if (std::exchange(m_fitting, room) != room)
        Q_EMIT columnsChanged();
}

QImage MapSheet::shown()
{
    return grab(QRect(QPoint(), sizeHint().boundedTo(size()))).toImage();
}
