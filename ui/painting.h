// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QImage>
#include <QPointF>

/// A picture that is painted on: round strokes with hard edges, and what changes all of it.
/// Whatever changes it returns which part is another one now.
class Painting
{
public:
    Painting() = default;
    /// Of Format_Grayscale8 or Format_RGB32.
    explicit Painting(const QImage& image);

    const QImage& image() const { return m_image; }
    /// Whether it is another picture than at the beginning, or than the one that was kept last.
    bool changed() const { return m_image != m_kept; }
    void keep() { m_kept = m_image; }

    /// A stroke begins with a dot and goes smoothly along the points that follow.
    QRect begin(QPointF at, double size, const QColor& color);
    QRect lineTo(QPointF to);
    QRect end();
    QRect drop(); ///< takes back the stroke that is under way
    bool inStroke() const { return !m_before.isNull(); }

    QRect fill(const QColor& color);
    QRect invert();

private:
    QRect segment(QPointF from, QPointF to);
    QRect curve(QPointF from, QPointF control, QPointF to);

    QImage m_image, m_kept;
    QImage m_before; ///< the stroke that is under way
    QRect m_touched; ///< by that stroke
    QPointF m_last, m_middle;
    double m_radius = 0;
    QColor m_color;
};
