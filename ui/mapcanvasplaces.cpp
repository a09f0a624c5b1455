// SPDX-License-Identifier: GPL-3.0-or-later

// The places of a MapCanvas: how they are drawn, moved and told.

#include "core/bounded.h"
#include "ui/mapcanvas.h"
#include "ui/savepicture.h"
#include "ui/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>
#include <utility>

namespace {

constexpr int bigMove = 4;            // cells
constexpr double leastOutline = 0.01; // between two points of an outline, in parts of the picture

QRectF boxOf(const Spot& spot)
{
    const auto& a = spot.corners.front();
    const auto& b = spot.corners.back();
    return QRectF(QPointF(a[0], a[1]), QPointF(b[0], b[1])).normalized();
}

} // namespace

Spot spotAt(int x, int y, QSize cells)
{
    x = bounded(x, 0, cells.width() - 1);
    y = bounded(y, 0, cells.height() - 1);
    return {.corners = {{(x + 0.5) / cells.width(), (y + 0.5) / cells.height()}}};
}

QString spotText(const Spot& spot, QSize cells)
{
    const auto cell = [&](QPointF part) {
        return QStringLiteral("%1, %2")
            .arg(std::min(int(part.x() * cells.width()), cells.width() - 1))
            .arg(std::min(int(part.y() * cells.height()), cells.height() - 1));
    };
    if (spot.shape == Spot::Outline)
        return MapCanvas::tr("an outline");
    if (spot.shape == Spot::Point)
        return MapCanvas::tr("cell %1").arg(cell({spot.corners[0][0], spot.corners[0][1]}));
    const QRectF box = boxOf(spot);
    return MapCanvas::tr("cells %1 to %2").arg(cell(box.topLeft()), cell(box.bottomRight()));
}

void MapCanvas::setSpots(std::vector<Spot> spots)
{
    m_spots = std::move(spots);
    setActive(std::min(m_active, int(m_spots.size())));
    say();
    update();
}

void MapCanvas::setAsking(bool asking, QSize cells)
{
    m_asking = asking;
    m_cells = cells.expandedTo({1, 1});
    say();
    update();
}

void MapCanvas::setActive(int place)
{
    place = std::clamp(place, 0, 1);
    if (std::exchange(m_active, place) != place)
        Q_EMIT activeChanged(place);
    update();
}

void MapCanvas::say()
{
    QStringList parts;
    if (m_asking)
        for (std::size_t i = 0; i < m_spots.size(); ++i)
            parts << (i == 0 ? tr("First place: %1") : tr("Second place: %1"))
                         .arg(spotText(m_spots[i], m_cells));
    for (std::size_t i = 0; i < m_maps.size(); ++i)
        parts << tr("%1 by %2 cells, %3 to %4")
                     .arg(m_maps[i].width)
                     .arg(m_maps[i].height)
                     .arg(numberText(m_ranges[i].from), numberText(m_ranges[i].to));
    setAccessibleDescription(parts.join(QStringLiteral(". ")));
}

Spot MapCanvas::drawnSpot() const
{
    const auto& way = m_gesture->way;
    if (m_gesture->outline && way.size() > 2)
        return {.shape = Spot::Outline, .corners = way};
    if (way.size() > 1)
        return {.shape = Spot::Box, .corners = {way.front(), way.back()}};
    return {.corners = {way.front()}};
}

/// In the place of the active one, or behind the first.
void MapCanvas::put(const Spot& spot)
{
    if (m_active < int(m_spots.size()))
        m_spots[std::size_t(m_active)] = spot;
    else
        m_spots.push_back(spot);
    setActive(std::min(m_active, int(m_spots.size()) - 1));
    say();
    update();
    Q_EMIT spotsChanged(m_spots);
}

void MapCanvas::paintSpot(
    QPainter& painter, const QRectF& picture, const Spot& spot, int index) const
{
    const auto at = [&](const std::array<double, 2>& part) {
        return picture.topLeft() + QPointF(part[0] * picture.width(), part[1] * picture.height());
    };
    QPainterPath path;
    if (spot.shape == Spot::Outline) {
        QPolygonF polygon;
        for (const auto& corner : spot.corners)
            polygon << at(corner);
        path.addPolygon(polygon);
        path.closeSubpath();
    } else if (spot.shape == Spot::Box) {
        const QRectF box = boxOf(spot);
        path.addRect(QRectF(at({box.left(), box.top()}), at({box.right(), box.bottom()})));
    } else {
        const QSizeF cell(picture.width() / m_cells.width(), picture.height() / m_cells.height());
        const QPointF corner(
            picture.x() + std::floor(spot.corners[0][0] * m_cells.width()) * cell.width(),
            picture.y() + std::floor(spot.corners[0][1] * m_cells.height()) * cell.height());
        path.addRect({corner, cell});
        path.addEllipse(QRectF(corner, cell).center(), 6, 6);
    }
    // Three lines, so that it is seen on any picture.
    const bool marked = hasFocus() && index == m_active;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(QColor(0, 0, 0, 210), marked ? 6 : 5));
    painter.drawPath(path);
    painter.setPen(QPen(Qt::white, marked ? 4 : 3));
    painter.drawPath(path);
    painter.setPen(QPen(markColor(index), 2));
    painter.drawPath(path);
}

void MapCanvas::paintOver(QPainter& painter, const QRect&)
{
    if (!m_asking)
        return;
    painter.save();
    for (int tile = 0; tile < int(m_panels.size()); ++tile) {
        if (m_panels[std::size_t(tile)].ground != 0)
            continue;
        const QRectF picture = pictureRect(tile);
        for (std::size_t i = 0; i < m_spots.size(); ++i)
            if (!m_gesture || int(i) != m_active)
                paintSpot(painter, picture, m_spots[i], int(i));
        if (m_gesture)
            paintSpot(painter, picture, drawnSpot(), m_active);
    }
    painter.restore();
}

void MapCanvas::mousePressEvent(QMouseEvent* event)
{
    const int tile = tileAt(event->position());
    const bool asks = m_asking && event->button() == Qt::LeftButton && !pans(*event) && tile >= 0
        && m_panels[std::size_t(tile)].ground == 0;
    if (!asks)
        return ImageView::mousePressEvent(event);
    if (event->modifiers() & Qt::ControlModifier)
        setActive(1);
    m_gesture = Gesture {
        .began = event->position(),
        .way = {partAt(tile, event->position())},
        .outline = m_outlining || event->modifiers() & Qt::ShiftModifier};
    update();
}

void MapCanvas::mouseMoveEvent(QMouseEvent* event)
{
    if (!m_gesture) {
        ImageView::mouseMoveEvent(event);
        return hover(event->position());
    }
    const int tile = tileAt(m_gesture->began);
    auto& way = m_gesture->way;
    const auto now = partAt(tile, event->position());
    const bool far = (event->position() - m_gesture->began).manhattanLength()
        >= QApplication::startDragDistance();
    if (m_gesture->outline) {
        const auto& last = way.back();
        if (std::hypot(now[0] - last[0], now[1] - last[1]) >= leastOutline)
            way.push_back(now);
    } else if (far || way.size() > 1) {
        way.resize(2);
        way[1] = now;
    }
    update();
}

void MapCanvas::mouseReleaseEvent(QMouseEvent* event)
{
    if (!m_gesture)
        return ImageView::mouseReleaseEvent(event);
    const Spot spot = drawnSpot();
    m_gesture.reset();
    put(spot);
}

void MapCanvas::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (m_asking)
        mousePressEvent(event); // two quick clicks are two questions
    else
        ImageView::mouseDoubleClickEvent(event);
}

void MapCanvas::moveBy(int x, int y)
{
    if (m_active >= int(m_spots.size()))
        return put(spotAt(m_cells.width() / 2, m_cells.height() / 2, m_cells));
    Spot spot = m_spots[std::size_t(m_active)];
    if (spot.shape == Spot::Point)
        return put(spotAt(
            int(spot.corners[0][0] * m_cells.width()) + x,
            int(spot.corners[0][1] * m_cells.height()) + y, m_cells));
    const std::array<double, 2> way = {double(x) / m_cells.width(), double(y) / m_cells.height()};
    for (std::size_t axis = 0; axis < 2; ++axis) {
        const auto [low, high] = std::ranges::minmax(
            spot.corners, {}, [axis](const auto& corner) { return corner[axis]; });
        const double by = bounded(way[axis], -low[axis], 1 - high[axis]);
        for (auto& corner : spot.corners)
            corner[axis] += by;
    }
    put(spot);
}

/// Moves the lower right corner of the box, which a point becomes.
void MapCanvas::resizeBy(int x, int y)
{
    if (m_active >= int(m_spots.size()))
        return moveBy(0, 0);
    const Spot& old = m_spots[std::size_t(m_active)];
    const double w = 1.0 / m_cells.width(), h = 1.0 / m_cells.height();
    QRectF box;
    if (old.shape == Spot::Point)
        box = {std::floor(old.corners[0][0] / w) * w, std::floor(old.corners[0][1] / h) * h, w, h};
    else if (old.shape == Spot::Box)
        box = boxOf(old);
    else
        return;
    const double right = bounded(box.right() + x * w, box.left() + w, 1.0);
    const double bottom = bounded(box.bottom() + y * h, box.top() + h, 1.0);
    put({.shape = Spot::Box, .corners = {{box.left(), box.top()}, {right, bottom}}});
}

void MapCanvas::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy))
        return copy();
    if (event->matches(QKeySequence::Save))
        return save();
    if (m_gesture && event->key() == Qt::Key_Escape) {
        m_gesture.reset();
        return update();
    }
    const int by = event->modifiers() & Qt::ShiftModifier ? bigMove : 1;
    const int x = event->key() == Qt::Key_Left ? -by : event->key() == Qt::Key_Right ? by : 0;
    const int y = event->key() == Qt::Key_Up ? -by : event->key() == Qt::Key_Down ? by : 0;
    if (m_asking && (x != 0 || y != 0)) {
        if (event->modifiers() & Qt::ControlModifier)
            resizeBy(x, y);
        else
            moveBy(x, y);
    } else if (m_asking && event->key() == Qt::Key_S) {
        setActive(1 - m_active);
        if (m_active >= int(m_spots.size()))
            moveBy(0, 0);
    } else if (m_asking && event->key() == Qt::Key_Delete && m_active < int(m_spots.size())) {
        auto spots = m_spots;
        spots.erase(spots.begin() + m_active);
        setSpots(std::move(spots));
        setActive(0);
        Q_EMIT spotsChanged(m_spots);
    } else {
        ImageView::keyPressEvent(event);
    }
}

bool MapCanvas::event(QEvent* event)
{
    // Copy and save are meant for the map while it has the focus, not for the result.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->matches(QKeySequence::Copy) || key->matches(QKeySequence::Save)) {
            event->accept();
            return true;
        }
    }
    return ImageView::event(event);
}

void MapCanvas::leaveEvent(QEvent* event)
{
    ImageView::leaveEvent(event);
    Q_EMIT hovered({});
}

void MapCanvas::copy()
{
    QGuiApplication::clipboard()->setImage(shown());
}

void MapCanvas::save()
{
    savePicture(
        this, shown(), tr("map"), [this](const QString& sentence) { Q_EMIT saveFailed(sentence); });
}

void MapCanvas::contextMenuEvent(QContextMenuEvent* event)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Copy"), this, &MapCanvas::copy);
    menu->addAction(tr("Save as PNG..."), this, &MapCanvas::save);
    menu->popup(event->globalPos());
}
