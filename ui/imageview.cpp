// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/imageview.h"

#include "ui/convert.h"
#include "ui/theme.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <utility>

namespace {

constexpr double viewMargin = 10, largestZoom = 64, smallestZoom = 0.05;

void paintRing(QPainter& painter, QPointF center, double progress)
{
    const QRectF ring(center - QPointF(11, 11), QSizeF(22, 22));
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme().chip);
    painter.drawEllipse(ring.adjusted(-4, -4, 4, 4));
    painter.setBrush(Qt::NoBrush);
    QPen pen(theme().onChip, 3);
    pen.setCapStyle(Qt::FlatCap);
    painter.setPen(pen);
    painter.drawArc(ring, 90 * 16, -int(progress * 360 * 16));
}

void paintCheckers(QPainter& painter, const QRectF& rect)
{
    painter.fillRect(rect, QColor(0xffffff));
    QPixmap tile(16, 16);
    tile.fill(QColor(0xffffff));
    QPainter cells(&tile);
    cells.fillRect(0, 0, 8, 8, QColor(0xd8d8dc));
    cells.fillRect(8, 8, 8, 8, QColor(0xd8d8dc));
    cells.end();
    painter.drawTiledPixmap(rect, tile);
}

} // namespace

ImageView::ImageView(QWidget* parent)
    : QWidget(parent)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Pictures"));
}

void ImageView::setTiles(QSizeF canvas, std::vector<Tile> tiles)
{
    const bool other = canvas != m_canvas;
    m_canvas = canvas;
    m_tiles = std::move(tiles);
    m_scaled.resize(m_tiles.size());
    if (m_fitted >= int(m_tiles.size()))
        m_fitted = -1;
    if (other)
        fit();
    update();
}

/// The tile whose pixels count: that which fills the view, else the last with a picture; -1: none.
int ImageView::counted() const
{
    if (m_fitted >= 0 && !m_tiles[m_fitted].image.isNull())
        return m_fitted;
    for (int i = int(m_tiles.size()) - 1; i >= 0; --i)
        if (!m_tiles[i].image.isNull() && !m_tiles[i].smooth)
            return i;
    return -1;
}

double ImageView::zoom() const
{
    const int tile = counted();
    return tile < 0 ? m_scale
                    : pictureRect(tile).width() * devicePixelRatioF() / m_tiles[tile].image.width();
}

QRectF ImageView::imageRect(const Tile& tile) const
{
    if (tile.image.isNull())
        return tile.rect;
    const QSizeF size = QSizeF(tile.image.size()).scaled(tile.rect.size(), Qt::KeepAspectRatio);
    return {tile.rect.center() - QPointF(size.width(), size.height()) / 2, size};
}

QRectF ImageView::toWidget(const QRectF& rect) const
{
    return {rect.topLeft() * m_scale + m_origin, rect.size() * m_scale};
}

QRectF ImageView::tileRect(int tile) const
{
    return toWidget(m_tiles.at(tile).rect);
}

QRectF ImageView::pictureRect(int tile) const
{
    return toWidget(imageRect(m_tiles.at(tile)));
}

int ImageView::tileAt(QPointF position) const
{
    for (std::size_t i = 0; i < m_tiles.size(); ++i)
        if (shows(int(i)) && tileRect(int(i)).contains(position))
            return int(i);
    return -1;
}

QString ImageView::readoutAt(QPointF position) const
{
    const int index = tileAt(position);
    if (index < 0 || m_tiles[index].image.isNull())
        return {};
    const Tile& tile = m_tiles[index];
    const QRectF shown = pictureRect(index);
    const int x = int(std::floor((position.x() - shown.x()) / shown.width() * tile.image.width()));
    const int y =
        int(std::floor((position.y() - shown.y()) / shown.height() * tile.image.height()));
    if (!tile.image.rect().contains(x, y))
        return {};
    const QString color = colorAt(index, {x, y}).name().toUpper();
    return QStringLiteral("%1 %2, %3 · %4").arg(tile.label).arg(x).arg(y).arg(color).trimmed();
}

QColor ImageView::colorAt(int tile, QPoint pixel) const
{
    return m_tiles.at(tile).image.pixel(pixel);
}

void ImageView::show(const QRectF& part)
{
    const QSizeF room(
        std::max(1.0, width() - 2 * viewMargin), std::max(1.0, height() - 2 * viewMargin));
    m_scale = std::min(room.width() / part.width(), room.height() / part.height());
    m_origin = QPointF(width(), height()) / 2 - part.center() * m_scale;
    update();
    Q_EMIT viewChanged();
}

void ImageView::fit()
{
    m_fitted = -1;
    m_free = false;
    if (!m_canvas.isEmpty())
        show({QPointF(), m_canvas});
}

void ImageView::fitTile(int tile)
{
    m_fitted = tile;
    m_free = false;
    show(m_tiles.at(tile).rect);
}

void ImageView::zoomBy(double factor, QPointF around)
{
    const double scale = std::clamp(m_scale * factor, smallestZoom, largestZoom);
    m_origin = around + (m_origin - around) * (scale / m_scale);
    m_scale = scale;
    m_free = true;
    update();
    Q_EMIT viewChanged();
}

void ImageView::zoomIn()
{
    zoomBy(1.25, rect().center());
}

void ImageView::zoomOut()
{
    zoomBy(0.8, rect().center());
}

void ImageView::showActualSize()
{
    const int tile = counted();
    zoomBy(1 / zoom(), tile < 0 ? QPointF(rect().center()) : pictureRect(tile).center());
}

void ImageView::panBy(QPointF way)
{
    m_origin += way;
    m_free = true;
    update();
    Q_EMIT viewChanged();
}

void ImageView::paintOver(QPainter&, const QRect&) { }

void ImageView::paintChip(
    QPainter& painter, const QRectF& place, const QString& whole, Qt::AlignmentFlag side)
{
    constexpr double inset = 7;
    QFont font = smaller(QApplication::font());
    font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    const QFontMetricsF metrics(font);
    const QString text =
        metrics.elidedText(whole, Qt::ElideRight, std::max(24.0, place.width() - 2 * inset - 14));
    const double width = std::max(metrics.horizontalAdvance(text) + 14, 21.0);
    const double left =
        side == Qt::AlignRight ? place.right() - inset - width : place.left() + inset;
    const QRectF chip(left, place.top() + inset, width, metrics.height() + 4);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme().chip);
    painter.drawRoundedRect(chip, 3, 3);
    painter.setPen(theme().onChip);
    painter.drawText(chip, Qt::AlignCenter, text);
}

void ImageView::paintEvent(QPaintEvent* event)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme().window);
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_framed && m_tiles.size() > 1 && m_fitted < 0) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme().frame);
        painter.drawRoundedRect(toWidget({QPointF(), m_canvas}), 3, 3);
    }
    for (std::size_t i = 0; i < m_tiles.size(); ++i)
        if (shows(int(i)))
            paintTile(painter, i);
    paintOver(painter, event->rect());
    if (hasFocus()) {
        painter.setPen(theme().accent);
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
    }
}

void ImageView::paintTile(QPainter& painter, std::size_t index)
{
    const Tile& tile = m_tiles[index];
    const QRectF place = toWidget(tile.rect);
    if (!place.intersects(QRectF(rect())))
        return;
    painter.fillRect(place, theme().panel);
    if (tile.dashed) {
        painter.setPen(QPen(theme().dim, 1, Qt::DashLine));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(place.adjusted(3, 3, -3, -3));
    }
    if (!tile.image.isNull()) {
        const QRectF target = toWidget(imageRect(tile));
        if (tile.image.hasAlphaChannel())
            paintCheckers(painter, target);
        const QSize pixels = (target.size() * devicePixelRatioF()).toSize();
        if (target.width() > 2.0 * tile.image.width() || pixels.width() > 4096
            || pixels.height() > 4096) {
            painter.setRenderHint(QPainter::SmoothPixmapTransform, tile.smooth);
            painter.drawImage(target, tile.image);
        } else {
            Scaled& scaled = m_scaled[index];
            if (scaled.key != tile.image.cacheKey() || scaled.pixmap.size() != pixels) {
                scaled.key = tile.image.cacheKey();
                scaled.pixmap = QPixmap::fromImage(scaledToShow(tile.image, pixels));
            }
            painter.drawPixmap(target, scaled.pixmap, QRectF(scaled.pixmap.rect()));
        }
    }
    if (!tile.label.isEmpty())
        paintChip(painter, place, tile.label);
    if (tile.progress > 0)
        paintRing(painter, place.topRight() + QPointF(-24, 24), tile.progress);
}

void ImageView::resizeEvent(QResizeEvent*)
{
    if (m_canvas.isEmpty())
        return;
    if (m_free)
        Q_EMIT viewChanged();
    else if (m_fitted >= 0)
        fitTile(m_fitted);
    else
        fit();
}

void ImageView::wheelEvent(QWheelEvent* event)
{
    zoomBy(std::pow(1.0015, event->angleDelta().y()), event->position());
    event->accept();
}

bool ImageView::pans(const QMouseEvent& event) const
{
    return event.button() == Qt::MiddleButton || (event.button() == Qt::LeftButton && m_space);
}

void ImageView::mousePressEvent(QMouseEvent* event)
{
    m_pressed = event->position();
    m_panning = pans(*event);
    m_pressedTile = event->button() == Qt::LeftButton && !m_space ? tileAt(m_pressed) : -1;
    if (m_panning)
        setCursor(Qt::ClosedHandCursor);
    if (m_pressedTile >= 0)
        Q_EMIT tilePressed(m_pressedTile);
}

void ImageView::mouseMoveEvent(QMouseEvent* event)
{
    Q_EMIT readout(readoutAt(event->position()));
    const QPointF moved = event->position() - m_pressed;
    if (m_panning) {
        m_pressed = event->position();
        panBy(moved);
    } else if (
        m_pressedTile >= 0 && event->buttons() & Qt::LeftButton
        && moved.manhattanLength() >= QApplication::startDragDistance()) {
        const int tile = std::exchange(m_pressedTile, -1);
        if (tile < int(m_tiles.size()) && !m_tiles[tile].image.isNull())
            Q_EMIT dragOutRequested(tile);
    }
}

void ImageView::mouseReleaseEvent(QMouseEvent*)
{
    m_panning = false;
    m_pressedTile = -1;
    unsetCursor();
}

void ImageView::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (const int tile = tileAt(event->position()); tile >= 0)
        Q_EMIT tileActivated(tile);
}

void ImageView::keyPressEvent(QKeyEvent* event)
{
    const int number = event->key() - Qt::Key_1;
    const bool plain = !(event->modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier));
    if (event->key() == Qt::Key_Space && !event->isAutoRepeat()) {
        m_space = true;
        setCursor(Qt::OpenHandCursor);
    } else if (plain && event->key() == Qt::Key_B) {
        if (!event->isAutoRepeat())
            Q_EMIT beforeHeld(true);
    } else if (plain && event->key() == Qt::Key_F) {
        fit();
    } else if (plain && event->key() == Qt::Key_0) {
        Q_EMIT allRequested();
    } else if (plain && number >= 0 && number < int(m_tiles.size())) {
        Q_EMIT tileActivated(number);
    } else {
        QWidget::keyPressEvent(event);
    }
}

void ImageView::keyReleaseEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Space && !event->isAutoRepeat()) {
        m_space = false;
        unsetCursor();
    } else if (event->key() == Qt::Key_B && !event->isAutoRepeat()) {
        Q_EMIT beforeHeld(false);
    }
    QWidget::keyReleaseEvent(event);
}

void ImageView::focusOutEvent(QFocusEvent* event)
{
    Q_EMIT beforeHeld(false); // the release of the key goes elsewhere
    m_space = false;
    unsetCursor();
    QWidget::focusOutEvent(event);
}

void ImageView::leaveEvent(QEvent*)
{
    Q_EMIT readout({});
}
