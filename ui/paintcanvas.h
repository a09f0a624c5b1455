// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/imageview.h"
#include "ui/painting.h"

#include <array>
#include <optional>

/// A view on which is painted: the left button and Return with one colour, the right button and
/// Backspace with another; the arrow keys move the brush.
class PaintCanvas : public ImageView
{
    Q_OBJECT

public:
    explicit PaintCanvas(QWidget* parent = nullptr);

    /// Begins with another picture. A mask, in grey, is shown over the one @p below it, which has
    /// its size; where that is null the picture itself is shown.
    void start(const QImage& below, const QImage& picture);
    /// Takes another picture of the same size and format; a stroke under way is dropped.
    void take(const QImage& picture);
    void clear(); ///< no picture any more
    const Painting& painting() const { return m_painting; }
    void keep() { m_painting.keep(); }

    void setBrush(double size) { changeBrush(m_brushAt, size); } ///< in pixels of the picture
    double brush() const { return m_size; }
    void setColors(const QColor& left, const QColor& right);
    /// The next press takes a colour instead of painting.
    void setPicking(bool picking);

    void fill(const QColor& color);
    void invert();
    void endStroke();
    bool dropStroke(); ///< false: none is under way

Q_SIGNALS:
    void stroked(); ///< a stroke is done
    void colorPicked(const QColor& color);

protected:
    void paintOver(QPainter& painter, const QRect& part) override;
    QColor colorAt(int tile, QPoint pixel) const override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    bool isMask() const;
    double scale() const; ///< of the picture to the widget
    QPointF toPicture(QPointF position) const;
    QPointF toWidget(QPointF point) const;
    QRect brushRect() const;
    void changeBrush(std::optional<QPointF> at, double size);
    void moveBrush(QPointF way);
    void dot(const QColor& color);
    void pick(QPointF position);
    void refresh(const QRect& pixels);
    void reduce(const QRect& pixels);
    void paintMask(QPainter& painter, const QRect& part);
    void paintMap(QPainter& painter);
    void paintBrush(QPainter& painter);

    Painting m_painting;
    std::array<QImage, 2> m_reduced; ///< of a map: halves and quarters, so that thin lines are seen
    QColor m_left, m_right;
    double m_size = 1;
    std::optional<QPointF> m_brushAt;        ///< in the picture
    Qt::MouseButton m_button = Qt::NoButton; ///< that paints the stroke under way
    bool m_picking = false, m_before = false;
};
