// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/painting.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <utility>

namespace {

constexpr double thinnest = 0.71; ///< a radius that leaves no gaps on diagonals
constexpr qsizetype undoBytes = qsizetype(128) << 20;

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
    , m_first(image)
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
    const QRect where = segment(m_middle, m_last);
    remember(std::exchange(m_before, {}), m_touched);
    return where;
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
    const QImage before = m_image;
    m_image.fill(color);
    remember(before, m_image.rect());
    return m_image.rect();
}

QRect Painting::invert()
{
    end();
    const QImage before = m_image;
    m_image.invertPixels();
    remember(before, m_image.rect());
    return m_image.rect();
}

void Painting::remember(const QImage& before, const QRect& where)
{
    if (where.isEmpty() || before == m_image)
        return;
    m_redo.clear();
    m_undo.push_back({where.topLeft(), before.copy(where)});
    qsizetype bytes = 0;
    auto oldest = m_undo.end();
    while (oldest != m_undo.begin() && bytes <= undoBytes)
        bytes += (--oldest)->pixels.sizeInBytes();
    m_undo.erase(m_undo.begin(), oldest); // what is too much, but never the last change
}

void Painting::put(const Part& part)
{
    const qsizetype bytes = qsizetype(part.pixels.width()) * part.pixels.depth() / 8;
    const qsizetype left = qsizetype(part.at.x()) * m_image.depth() / 8;
    for (int y = 0; y < part.pixels.height(); ++y)
        std::memcpy(
            m_image.scanLine(part.at.y() + y) + left, part.pixels.constScanLine(y),
            std::size_t(bytes));
}

QRect Painting::exchange(std::vector<Part>& from, std::vector<Part>& to)
{
    end();
    if (from.empty())
        return {};
    const Part part = std::move(from.back());
    from.pop_back();
    const QRect where(part.at, part.pixels.size());
    to.push_back({part.at, m_image.copy(where)});
    put(part);
    return where;
}

QRect Painting::undo()
{
    return exchange(m_undo, m_redo);
}

QRect Painting::redo()
{
    return exchange(m_redo, m_undo);
}
