// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/painting.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace {

constexpr double thinnest = 0.71; ///< a radius that leaves no gaps on diagonals

/// The pixels whose centres are no farther than @p radius from the line.
template<typename Pixel>
void paintSegment(
    QImage& image, const QRect& where, QPointF from, QPointF to, double radius, Pixel value)
{
    const QPointF way = to - from;
    const double length = QPointF::dotProduct(way, way), limit = radius * radius;
    for (int y = where.top(); y <= where.bottom(); ++y) {
        auto* row = reinterpret_cast<Pixel*>(image.scanLine(y));
        for (int x = where.left(); x <= where.right(); ++x) {
            const QPointF at = QPointF(x + 0.5, y + 0.5) - from;
            const double along =
                length > 0 ? std::clamp(QPointF::dotProduct(at, way) / length, 0.0, 1.0) : 0;
            const QPointF apart = at - way * along;
            if (QPointF::dotProduct(apart, apart) <= limit)
                row[x] = value;
        }
    }
}

} // namespace

Painting::Painting(const QImage& image)
    : m_image(image)
    , m_kept(image)
{
}

QRect Painting::begin(QPointF at, double size, const QColor& color)
{
    end();
    m_before = m_image;
    m_touched = {};
    m_last = m_middle = at;
    m_radius = std::max(size / 2, thinnest);
    m_color = color;
    return segment(at, at);
}

QRect Painting::lineTo(QPointF to)
{
    // From middle to middle, with the points between as controls: no corners where the pointer was
    // quick.
    const QPointF middle = (m_last + to) / 2;
    const QRect where = curve(m_middle, m_last, middle);
    m_middle = middle;
    m_last = to;
    return where;
}

QRect Painting::end()
{
    if (!inStroke())
        return {};
    m_before = {};
    return segment(m_middle, m_last);
}

QRect Painting::drop()
{
    if (!inStroke())
        return {};
    m_image = std::exchange(m_before, {});
    return m_touched;
}

QRect Painting::segment(QPointF from, QPointF to)
{
    const QRectF around =
        QRectF(from, to).normalized().adjusted(-m_radius, -m_radius, m_radius, m_radius);
    const QRect where = around.toAlignedRect() & m_image.rect();
    if (m_image.format() == QImage::Format_Grayscale8)
        paintSegment(m_image, where, from, to, m_radius, uchar(qGray(m_color.rgb())));
    else
        paintSegment(m_image, where, from, to, m_radius, m_color.rgb());
    m_touched |= where;
    return where;
}

QRect Painting::curve(QPointF from, QPointF control, QPointF to)
{
    const QPointF way = to - from, bend = from - 2 * control + to;
    const bool straight = std::hypot(bend.x(), bend.y()) < 0.5;
    const double length = std::hypot(way.x(), way.y()) + std::hypot(bend.x(), bend.y());
    const int pieces = straight ? 1 : std::clamp(int(length / std::max(2.0, m_radius / 4)), 2, 32);
    QRect where;
    QPointF at = from;
    for (int i = 1; i <= pieces; ++i) {
        const double t = double(i) / pieces;
        const QPointF next = from * (1 - t) * (1 - t) + control * 2 * t * (1 - t) + to * t * t;
        where |= segment(at, next);
        at = next;
    }
    return where;
}

QRect Painting::fill(const QColor& color)
{
    end();
    m_image.fill(color);
    return m_image.rect();
}

QRect Painting::invert()
{
    end();
    m_image.invertPixels();
    return m_image.rect();
}
