// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/colormap.h"

#include <QImage>
#include <QWidget>

#include <map>
#include <optional>
#include <vector>

/// Small multiples: the same view of many layers, downwards, at many steps, across. A row has one
/// scale. A click, or Return on the marked one, enlarges it.
class MapSheet : public QWidget
{
    Q_OBJECT

public:
    struct Row
    {
        int layer = 0;
        QString label = {};
    };

    explicit MapSheet(QWidget* parent = nullptr);

    /// Other rows and columns; all places are empty then.
    void setPlaces(std::vector<Row> rows, std::vector<int> steps);
    const std::vector<Row>& rows() const { return m_rows; }
    const std::vector<int>& steps() const { return m_steps; }
    void setMaps(int layer, int step, std::vector<SeenMap> maps);
    void setColors(ColourMap colors);
    /// The marked place.
    void setCurrent(int layer, int step);
    /// As many steps of @p count as fit, from the first to the last.
    std::vector<int> stepsThatFit(int count) const;
    int filled() const { return int(m_maps.size()); }
    QImage shown();

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {200, sizeHint().height()}; }

Q_SIGNALS:
    void chosen(int layer, int step);
    void told(const QString& text);
    void columnsChanged(); ///< another number of steps fits

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void focusInEvent(QFocusEvent*) override { update(); }
    void focusOutEvent(QFocusEvent*) override { update(); }

private:
    QRect place(int row, int column) const;
    std::optional<QPoint> placeAt(QPoint at) const; ///< column, row
    const QImage& picture(int row, int column);
    void move(int columns, int rows);
    QString textOf(int row, int column) const;

    std::vector<Row> m_rows;
    std::vector<int> m_steps;
    std::map<std::pair<int, int>, std::vector<SeenMap>> m_maps; ///< by layer and step
    std::map<std::pair<int, int>, QImage> m_pictures;
    ColourMap m_colors = ColourMap::Automatic;
    QPoint m_current; ///< column, row
    int m_fitting = 0;
};
