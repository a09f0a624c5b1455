// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QImage>
#include <QPointF>

#include <vector>

/// A picture that is painted on: round strokes with hard edges, what changes all of it, and the way
/// back. Whatever changes it returns which part is another one now.
class Painting
{
public:
    Painting() = default;
    /// Of Format_Grayscale8 or Format_RGB32.
    explicit Painting(const QImage& image);

    const QImage& image() const { return m_image; }
    /// Whether it is another picture than at the beginning.
    bool changed() const { return m_image != m_first; }

    /// A stroke begins with a dot and goes smoothly along the points that follow.
    QRect begin(QPointF at, double size, const QColor& color);
    QRect lineTo(QPointF to);
    QRect end();
    QRect drop(); ///< takes back the stroke that is under way
    bool inStroke() const { return !m_before.isNull(); }

    QRect fill(const QColor& color);
    QRect invert();

    bool canUndo() const { return !m_undo.empty(); }
    bool canRedo() const { return !m_redo.empty(); }
    QRect undo();
    QRect redo();

private:
    /// A part of the picture as it was.
    struct Part
    {
        QPoint at = {};
        QImage pixels = {};
    };

    QRect segment(QPointF from, QPointF to);
    QRect curve(QPointF from, QPointF control, QPointF to);
    void put(const Part& part);
    void remember(const QImage& before, const QRect& where);
    QRect exchange(std::vector<Part>& from, std::vector<Part>& to);

    QImage m_image, m_first;
    QImage m_before; ///< the stroke that is under way
    QRect m_touched; ///< by that stroke
    QPointF m_last, m_middle;
    double m_radius = 0;
    QColor m_color;
    std::vector<Part> m_undo, m_redo;
};
