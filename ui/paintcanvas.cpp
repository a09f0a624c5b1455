// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/paintcanvas.h"

#include "core/bounded.h"
#include "ui/maskoverlay.h"
#include "ui/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace {

constexpr int frame = 3; // around the brush and what was painted

/// Brings @p part of a picture to half its size; the part that is another one there.
QRect halve(const QImage& from, QImage& to, const QRect& part)
{
    const QRect where(
        QPoint(part.left() / 2, part.top() / 2), QPoint(part.right() / 2, part.bottom() / 2));
    for (int y = where.top(); y <= where.bottom(); ++y) {
        const auto row = [&](int at) {
            return reinterpret_cast<const QRgb*>(
                from.constScanLine(std::min(at, from.height() - 1)));
        };
        const QRgb *above = row(2 * y), *below = row(2 * y + 1);
        auto* out = reinterpret_cast<QRgb*>(to.scanLine(y));
        for (int x = where.left(); x <= where.right(); ++x) {
            const int a = 2 * x, b = std::min(a + 1, from.width() - 1);
            const auto mean = [&](int (*channel)(QRgb)) {
                return (channel(above[a]) + channel(above[b]) + channel(below[a])
                        + channel(below[b]) + 2)
                    / 4;
            };
            out[x] = qRgb(mean(qRed), mean(qGreen), mean(qBlue));
        }
    }
    return where;
}

} // namespace

PaintCanvas::PaintCanvas(QWidget* parent)
    : ImageView(parent)
{
    setCursor(Qt::CrossCursor);
    setContextMenuPolicy(Qt::PreventContextMenu); // the right button paints
    connect(this, &ImageView::beforeHeld, this, [this](bool held) {
        m_before = held;
        update();
    });
}

void PaintCanvas::start(const QImage& below, const QImage& picture)
{
    m_painting = Painting(picture);
    m_button = Qt::NoButton;
    m_brushAt.reset();
    m_before = false;
    if (!isMask()) {
        QSize size = picture.size();
        for (QImage& reduced : m_reduced) {
            size = (size + QSize(1, 1)) / 2;
            reduced = QImage(size, QImage::Format_RGB32);
        }
        reduce(picture.rect());
    }
    setTiles(
        picture.size(),
        {{.rect = QRectF(picture.rect()), .image = below.isNull() ? picture : below}});
    fit();
}

void PaintCanvas::take(const QImage& picture)
{
    m_painting = Painting(picture);
    m_button = Qt::NoButton;
    refresh(picture.rect());
}

void PaintCanvas::clear()
{
    m_painting = {};
    m_reduced = {};
    m_button = Qt::NoButton;
    setTiles({}, {});
}

bool PaintCanvas::isMask() const
{
    return m_painting.image().format() == QImage::Format_Grayscale8;
}

double PaintCanvas::scale() const
{
    return tiles().empty() ? 1 : pictureRect(0).width() / m_painting.image().width();
}

QPointF PaintCanvas::toPicture(QPointF position) const
{
    return tiles().empty() ? QPointF() : (position - pictureRect(0).topLeft()) / scale();
}

QPointF PaintCanvas::toWidget(QPointF point) const
{
    return tiles().empty() ? QPointF() : point * scale() + pictureRect(0).topLeft();
}

QColor PaintCanvas::colorAt(int tile, QPoint pixel) const
{
    return isMask() ? ImageView::colorAt(tile, pixel) : m_painting.image().pixelColor(pixel);
}

void PaintCanvas::setColors(const QColor& left, const QColor& right)
{
    m_left = left;
    m_right = right;
}

void PaintCanvas::setPicking(bool picking)
{
    m_picking = picking;
    update(brushRect());
}

void PaintCanvas::fill(const QColor& color)
{
    endStroke();
    refresh(m_painting.fill(color));
}

void PaintCanvas::invert()
{
    endStroke();
    refresh(m_painting.invert());
}

void PaintCanvas::endStroke()
{
    m_button = Qt::NoButton;
    if (!m_painting.inStroke())
        return;
    refresh(m_painting.end());
    Q_EMIT stroked();
}

bool PaintCanvas::dropStroke()
{
    if (!m_painting.inStroke())
        return false;
    m_button = Qt::NoButton;
    refresh(m_painting.drop());
    return true;
}

/// Shows a part of the picture anew.
void PaintCanvas::refresh(const QRect& pixels)
{
    if (pixels.isEmpty())
        return;
    if (!isMask())
        reduce(pixels);
    const QRectF shown(toWidget(QRectF(pixels).topLeft()), QSizeF(pixels.size()) * scale());
    update(shown.toAlignedRect().adjusted(-frame, -frame, frame, frame));
}

void PaintCanvas::reduce(const QRect& pixels)
{
    const QImage* from = &m_painting.image();
    QRect part = pixels;
    for (QImage& reduced : m_reduced) {
        part = halve(*from, reduced, part);
        from = &reduced;
    }
}

QRect PaintCanvas::brushRect() const
{
    if (!m_brushAt)
        return {};
    const double radius = std::max(2.0, m_size / 2 * scale()) + frame;
    return QRectF(toWidget(*m_brushAt) - QPointF(radius, radius), QSizeF(2 * radius, 2 * radius))
        .toAlignedRect();
}

void PaintCanvas::changeBrush(std::optional<QPointF> at, double size)
{
    update(brushRect());
    m_brushAt = at;
    m_size = size;
    update(brushRect());
}

/// By the keys; from the middle on where there is no brush yet. The view follows.
void PaintCanvas::moveBrush(QPointF way)
{
    const QRectF all(m_painting.image().rect());
    const QPointF to = m_brushAt ? *m_brushAt + way : all.center();
    changeBrush(
        QPointF(bounded(to.x(), all.left(), all.right()), bounded(to.y(), all.top(), all.bottom())),
        m_size);
    const QPointF seen = toWidget(*m_brushAt);
    const QPointF back(
        bounded(seen.x(), 0.0, double(width())), bounded(seen.y(), 0.0, double(height())));
    if (back != seen)
        panBy(back - seen);
    Q_EMIT readout(readoutAt(back));
}

void PaintCanvas::dot(const QColor& color)
{
    if (m_button != Qt::NoButton)
        return;
    if (!m_brushAt)
        moveBrush({});
    if (m_picking) {
        pick(toWidget(*m_brushAt));
        return;
    }
    refresh(m_painting.begin(*m_brushAt, m_size, color));
    endStroke();
}

void PaintCanvas::pick(QPointF position)
{
    const QPointF at = toPicture(position);
    const QPoint pixel(int(std::floor(at.x())), int(std::floor(at.y())));
    if (m_painting.image().rect().contains(pixel))
        Q_EMIT colorPicked(colorAt(0, pixel));
}

void PaintCanvas::mousePressEvent(QMouseEvent* event)
{
    const bool paints = event->button() == Qt::LeftButton || event->button() == Qt::RightButton;
    if (pans(*event)) {
        ImageView::mousePressEvent(event);
    } else if (paints && m_picking) {
        pick(event->position());
    } else if (paints && m_button == Qt::NoButton && !tiles().empty()) {
        m_button = event->button();
        changeBrush(toPicture(event->position()), m_size);
        refresh(
            m_painting.begin(*m_brushAt, m_size, m_button == Qt::LeftButton ? m_left : m_right));
    }
}

void PaintCanvas::mouseMoveEvent(QMouseEvent* event)
{
    ImageView::mouseMoveEvent(event); // may move the view
    changeBrush(toPicture(event->position()), m_size);
    if (m_button != Qt::NoButton && event->buttons() & m_button)
        refresh(m_painting.lineTo(*m_brushAt));
}

void PaintCanvas::mouseReleaseEvent(QMouseEvent* event)
{
    ImageView::mouseReleaseEvent(event);
    setCursor(Qt::CrossCursor);
    if (event->button() == m_button)
        endStroke();
}

void PaintCanvas::mouseDoubleClickEvent(QMouseEvent* event)
{
    mousePressEvent(event); // two quick dots
}

void PaintCanvas::keyPressEvent(QKeyEvent* event)
{
    const double step = event->modifiers() & Qt::ShiftModifier ? 1 : std::max(1.0, m_size / 2);
    switch (event->key()) {
    case Qt::Key_Left:
        return moveBrush({-step, 0});
    case Qt::Key_Right:
        return moveBrush({step, 0});
    case Qt::Key_Up:
        return moveBrush({0, -step});
    case Qt::Key_Down:
        return moveBrush({0, step});
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return dot(m_left);
    case Qt::Key_Backspace:
        return dot(m_right);
    default:
        ImageView::keyPressEvent(event);
    }
}

void PaintCanvas::keyReleaseEvent(QKeyEvent* event)
{
    ImageView::keyReleaseEvent(event);
    if (event->key() == Qt::Key_Space && !event->isAutoRepeat())
        setCursor(Qt::CrossCursor);
}

void PaintCanvas::leaveEvent(QEvent* event)
{
    ImageView::leaveEvent(event);
    if (m_button == Qt::NoButton)
        changeBrush({}, m_size);
}

void PaintCanvas::focusOutEvent(QFocusEvent* event)
{
    ImageView::focusOutEvent(event);
    setCursor(Qt::CrossCursor);
}

void PaintCanvas::paintOver(QPainter& painter, const QRect& part)
{
    if (tiles().empty())
        return;
    painter.save();
    if (!m_before && isMask())
        paintMask(painter, part);
    else if (!m_before)
        paintMap(painter);
    if (m_brushAt && !m_picking)
        paintBrush(painter);
    painter.restore();
}

void PaintCanvas::paintMask(QPainter& painter, const QRect& part)
{
    const double ratio = devicePixelRatioF();
    const QRectF target = pictureRect(0);
    const QRect seen = part & target.toAlignedRect().adjusted(-frame, -frame, frame, frame);
    if (seen.isEmpty())
        return;
    const QRect pixels =
        QRectF(QPointF(seen.topLeft()) * ratio, QSizeF(seen.size()) * ratio).toAlignedRect();
    const QImage overlay = maskOverlay(
        m_painting.image(), pixels, {target.topLeft() * ratio, target.size() * ratio},
        std::max(1, int(ratio)));
    painter.drawImage(
        QRectF(QPointF(pixels.topLeft()) / ratio, QSizeF(pixels.size()) / ratio), overlay);
}

void PaintCanvas::paintMap(QPainter& painter)
{
    const double shown = scale() * devicePixelRatioF();
    const int level = shown > 0.5 ? 0 : shown > 0.25 ? 1 : 2;
    const QImage& image = level == 0 ? m_painting.image() : m_reduced[std::size_t(level) - 1];
    painter.setRenderHint(QPainter::SmoothPixmapTransform, scale() <= 2);
    painter.drawImage(
        pictureRect(0), image,
        QRectF(QPointF(), QSizeF(m_painting.image().size()) / double(1 << level)));
}

void PaintCanvas::paintBrush(QPainter& painter)
{
    const QPointF center = toWidget(*m_brushAt);
    const double radius = std::max(2.0, m_size / 2 * scale());
    QColor dark = theme().chip;
    dark.setAlpha(255);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    for (const QPen& pen : {QPen(dark, 3), QPen(theme().onChip, 1.2)}) {
        painter.setPen(pen);
        painter.drawEllipse(center, radius, radius);
    }
}
