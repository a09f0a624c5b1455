// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/comparecanvas.h"

#include "ui/convert.h"
#include "ui/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <utility>

namespace {

constexpr double apart = 0.03; // between pictures, in parts of their side
constexpr double step = 0.01;  // of the line, a key

} // namespace

CompareCanvas::CompareCanvas(QWidget* parent)
    : ImageView(parent)
{
    setFramed(false);
    setAccessibleName(tr("The two pictures"));
    connect(this, &ImageView::beforeHeld, this, &CompareCanvas::blink);
}

void CompareCanvas::setPictures(const QImage& first, const QImage& second)
{
    m_first = first;
    m_second = second;
    refresh();
}

void CompareCanvas::setNames(const QString& first, const QString& second)
{
    m_nameFirst = first;
    m_nameSecond = second;
    refresh();
}

void CompareCanvas::setMode(Mode mode)
{
    m_mode = mode;
    m_showsFirst = false;
    refresh();
}

void CompareCanvas::setLook(const DifferenceLook& look)
{
    m_look = look;
    refresh();
}

void CompareCanvas::setDivider(double part)
{
    m_divider = std::clamp(part, 0., 1.);
    update();
}

void CompareCanvas::blink(bool first)
{
    if (m_mode != Blink)
        return;
    m_showsFirst = first;
    refresh();
}

void CompareCanvas::refresh()
{
    if (m_first.isNull() || m_second.isNull())
        return setTiles({}, {});
    const QSizeF size = m_first.size();
    if (m_mode == Side) {
        const double gap = size.width() * apart;
        return setTiles(
            {2 * size.width() + gap, size.height()},
            {{.rect = {QPointF(), size}, .image = m_first, .label = m_nameFirst},
             {.rect = {QPointF(size.width() + gap, 0), size},
              .image = m_second,
              .label = m_nameSecond}});
    }
    Tile tile {.rect = {QPointF(), size}, .image = m_first, .label = m_nameFirst};
    if (m_mode == Blink && !m_showsFirst)
        tile = {.rect = tile.rect, .image = m_second, .label = m_nameSecond};
    if (m_mode == Difference)
        tile = {
            .rect = tile.rect,
            .image = toQImage(differencePicture(toImage(m_first), toImage(m_second), m_look)),
            .label = tr("Difference \u00d7 %1").arg(m_look.gain)};
    setTiles(size, {tile});
}

QImage CompareCanvas::shown() const
{
    if (tiles().empty())
        return {};
    if (m_mode != Wipe && m_mode != Side)
        return tiles().front().image;
    const bool wipe = m_mode == Wipe;
    const QSize size = m_first.size();
    const int gap = wipe ? 0 : int(std::lround(size.width() * apart));
    QImage made(wipe ? size : QSize(2 * size.width() + gap, size.height()), QImage::Format_RGB32);
    made.fill(Qt::white);
    QPainter painter(&made);
    painter.drawImage(0, 0, m_first);
    const int line = wipe ? int(std::lround(m_divider * size.width())) : size.width() + gap;
    painter.drawImage(
        QPoint(line, 0), m_second, QRect(wipe ? line : 0, 0, size.width(), size.height()));
    return made;
}

double CompareCanvas::lineAt() const
{
    const QRectF picture = pictureRect(0);
    return picture.left() + m_divider * picture.width();
}

void CompareCanvas::paintOver(QPainter& painter, const QRect&)
{
    if (m_mode != Wipe || tiles().empty())
        return;
    const QRectF picture = pictureRect(0);
    const double line = lineAt();
    painter.save();
    painter.setClipRect(QRectF(line, picture.top(), picture.right() - line, picture.height()));
    const QSize pixels = (picture.size() * devicePixelRatioF()).toSize();
    if (picture.width() > 2.0 * m_second.width()
        || std::max(pixels.width(), pixels.height()) > 4096) {
        painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
        painter.drawImage(picture, m_second);
    } else {
        if (std::exchange(m_rightKey, m_second.cacheKey()) != m_second.cacheKey()
            || m_right.size() != pixels)
            m_right = QPixmap::fromImage(scaledToShow(m_second, pixels));
        painter.drawPixmap(picture, m_right, QRectF(m_right.rect()));
    }
    painter.restore();
    // Dark beside light, so that it is seen on every picture.
    painter.fillRect(QRectF(line - 2, picture.top(), 4, picture.height()), theme().chip);
    painter.fillRect(QRectF(line - 1, picture.top(), 2, picture.height()), theme().onChip);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme().chip);
    painter.drawEllipse(QPointF(line, picture.center().y()), 9, 9);
    painter.setBrush(theme().onChip);
    painter.drawEllipse(QPointF(line, picture.center().y()), 4, 4);
    paintChip(painter, picture, m_nameSecond, Qt::AlignRight);
}

void CompareCanvas::mousePressEvent(QMouseEvent* event)
{
    setFocus(Qt::MouseFocusReason);
    if (event->button() != Qt::LeftButton || pans(*event) || tiles().empty())
        return ImageView::mousePressEvent(event);
    if (m_mode == Wipe) {
        m_dragging = true;
        mouseMoveEvent(event);
    } else if (m_mode == Blink) {
        blink(true);
    } else {
        ImageView::mousePressEvent(event);
    }
}

void CompareCanvas::mouseMoveEvent(QMouseEvent* event)
{
    if (!m_dragging)
        return ImageView::mouseMoveEvent(event);
    const QRectF picture = pictureRect(0);
    setDivider((event->position().x() - picture.left()) / picture.width());
}

void CompareCanvas::mouseReleaseEvent(QMouseEvent* event)
{
    m_dragging = false;
    blink(false);
    ImageView::mouseReleaseEvent(event);
}

void CompareCanvas::keyPressEvent(QKeyEvent* event)
{
    const bool moves = event->key() == Qt::Key_Left || event->key() == Qt::Key_Right;
    if (m_mode != Wipe || !moves || tiles().empty())
        return ImageView::keyPressEvent(event);
    setDivider(m_divider + (event->key() == Qt::Key_Left ? -step : step));
}
