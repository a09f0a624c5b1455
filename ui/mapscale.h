// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/mapcanvas.h"

#include <QWidget>

#include <vector>

/// What the colours of the maps on a canvas stand for: a bar from the least to the largest number
/// with a mark at the one under the pointer, or, of several maps in colours, a legend.
class MapScale : public QWidget
{
    Q_OBJECT

public:
    explicit MapScale(MapCanvas& canvas, QWidget* parent = nullptr);

    /// Takes maps, ranges and colours from the canvas.
    void refresh();
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {160, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void paintBar(QPainter& painter, int map);
    QString textOf(int map) const;
    int legendHeight(QPainter* painter) const;

    MapCanvas& m_canvas;
    std::vector<double> m_hovered;
};
