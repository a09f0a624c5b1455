// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspect/view.h"
#include "ui/colormap.h"
#include "ui/imageview.h"

#include <optional>
#include <vector>

/// How maps are drawn.
struct MapLook
{
    bool beside = false; ///< the picture; else over it
    double opacity = 0.7;
    ColourMap colors = ColourMap::Automatic;
    bool smooth = false; ///< between the cells

    bool operator==(const MapLook&) const = default;
};

/// A picture large, with maps of the network over it or beside it. A click, a box or an outline
/// says which place is asked about; Ctrl says so of a second one. The arrow keys move the place by
/// a cell. Zoomed and moved as an ImageView.
class MapCanvas : public ImageView
{
    Q_OBJECT

public:
    /// What lies below maps.
    struct Ground
    {
        QImage image = {};
        QString label = {};
        bool smooth = false; ///< a preview, a pixel per latent cell
        bool alone = false;  ///< seen also where no map lies over it
    };

    explicit MapCanvas(QWidget* parent = nullptr);

    void setGrounds(Ground picture, std::vector<Ground> references);
    std::vector<Ground> grounds() const; ///< the picture, then the references
    /// @p range holds for all of them; none: each has its own.
    void setMaps(std::vector<SeenMap> maps, std::optional<ValueRange> range);
    const std::vector<SeenMap>& maps() const { return m_maps; }
    const std::vector<ValueRange>& ranges() const { return m_ranges; }
    void setLook(const MapLook& look);
    const MapLook& look() const { return m_look; }
    /// Whether the maps are mixed in the colours of their marks, one over the other.
    bool mixes() const;

    /// At most two places, the first and the second.
    void setSpots(std::vector<Spot> spots);
    const std::vector<Spot>& spots() const { return m_spots; }
    /// Whether places are asked about; @p cells is what an arrow key moves by.
    void setAsking(bool asking, QSize cells);
    bool asking() const { return m_asking; }
    QSize cells() const { return m_cells; }
    /// Which place a click without Ctrl and the keys are about: 0 or 1.
    void setActive(int place);
    int active() const { return m_active; }
    /// Whether a drag draws an outline, as it does with Shift.
    void setOutlining(bool on) { m_outlining = on; }

    /// Pictures and maps as they are seen, with the places.
    QImage shown();
    /// The cell of a map under a place of the widget; none where there is no map.
    std::optional<QPoint> cellAt(int map, QPointF position) const;

Q_SIGNALS:
    void spotsChanged(const std::vector<Spot>& spots);
    void activeChanged(int place);
    /// The number of every map under the pointer, NaN where none is; empty beside them.
    void hovered(const std::vector<double>& values);
    void saveFailed(const QString& sentence);

protected:
    void paintOver(QPainter& painter, const QRect& part) override;
    bool event(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    /// A tile: a ground, or none, with the maps over it.
    struct Panel
    {
        int ground = -1; ///< 0: the picture, from 1 on the references
        std::vector<int> maps = {};
        bool bare = false; ///< the map alone
    };
    /// What is drawn with the button held down, in parts of the picture.
    struct Gesture
    {
        QPointF began = {};
        std::vector<std::array<double, 2>> way = {};
        bool outline = false;
    };

    void arrange();
    std::vector<Panel> panels() const;
    QImage compose(const Panel& panel) const;
    QString labelOf(const Panel& panel) const;
    const Ground& ground(int index) const;
    std::array<double, 2> partAt(int tile, QPointF position) const;
    void hover(QPointF position);
    void paintSpot(QPainter& painter, const QRectF& picture, const Spot& spot, int index) const;
    Spot drawnSpot() const;
    void put(const Spot& spot);
    void moveBy(int x, int y);
    void resizeBy(int x, int y);
    void say();
    void copy();
    void save();

    Ground m_picture;
    std::vector<Ground> m_references;
    std::vector<SeenMap> m_maps;
    std::optional<ValueRange> m_range;
    std::vector<ValueRange> m_ranges;
    MapLook m_look;
    std::vector<Panel> m_panels;
    std::vector<Spot> m_spots;
    int m_active = 0;
    bool m_asking = false, m_outlining = false;
    QSize m_cells = {1, 1};
    std::optional<Gesture> m_gesture;
    int m_columns = 0;
};

/// A place in the middle of a cell.
Spot spotAt(int x, int y, QSize cells);
/// "cell 12, 8", "box ...", as it is told.
QString spotText(const Spot& spot, QSize cells);
