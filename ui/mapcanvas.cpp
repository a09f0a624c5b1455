// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/mapcanvas.h"

#include "app/translated.h"
#include "ui/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <utility>

namespace {

constexpr int composedSide = 768; // at least, so that cells have sharp edges
constexpr double gap = 10;        // between tiles, in parts of a thousand of their width

/// In whole steps where cells stay cells.
QImage enlarged(const QImage& image, QSize size, bool smooth)
{
    return image.scaled(
        size, Qt::IgnoreAspectRatio, smooth ? Qt::SmoothTransformation : Qt::FastTransformation);
}

QSize composedSize(QSize size)
{
    const int longer = std::max({1, size.width(), size.height()});
    return size * std::max(1, (composedSide + longer - 1) / longer);
}

} // namespace

MapCanvas::MapCanvas(QWidget* parent)
    : ImageView(parent)
{
    setFramed(false);
    setAccessibleName(tr("Map over the picture"));
}

void MapCanvas::setGrounds(Ground picture, std::vector<Ground> references)
{
    m_picture = std::move(picture);
    m_references = std::move(references);
    arrange();
}

std::vector<MapCanvas::Ground> MapCanvas::grounds() const
{
    std::vector<Ground> all = {m_picture};
    all.insert(all.end(), m_references.begin(), m_references.end());
    return all;
}

void MapCanvas::setMaps(std::vector<SeenMap> maps, std::optional<ValueRange> range)
{
    m_maps = std::move(maps);
    m_range = range;
    m_ranges.clear();
    for (const SeenMap& map : m_maps)
        m_ranges.push_back(m_range ? *m_range : rangeOf(map));
    arrange();
}

void MapCanvas::setLook(const MapLook& look)
{
    if (m_look == look)
        return;
    m_look = look;
    arrange();
}

bool MapCanvas::mixes() const
{
    return std::ranges::any_of(m_panels, [](const Panel& panel) { return panel.maps.size() > 1; });
}

const MapCanvas::Ground& MapCanvas::ground(int index) const
{
    return index <= 0 ? m_picture : m_references.at(std::size_t(index) - 1);
}

/// One for the picture with its maps and one for each reference that has some, or one each.
std::vector<MapCanvas::Panel> MapCanvas::panels() const
{
    std::vector<Panel> panels = {{.ground = 0}};
    const auto groundOf = [this](const SeenMap& map) {
        return map.reference < int(m_references.size()) ? map.reference + 1 : 0;
    };
    for (int i = 0; i < int(m_references.size()); ++i)
        if (m_references[std::size_t(i)].alone)
            panels.push_back({.ground = i + 1});
    for (int i = 0; i < int(m_maps.size()); ++i) {
        const SeenMap& map = m_maps[std::size_t(i)];
        const int over = groundOf(map);
        if (m_look.beside) {
            if (over > 0 && !std::ranges::count(panels, over, &Panel::ground))
                panels.push_back({.ground = over});
            panels.push_back({.ground = over, .maps = {i}, .bare = true});
            continue;
        }
        const auto same = std::ranges::find_if(panels, [&](const Panel& panel) {
            if (panel.ground != over)
                return false;
            if (panel.maps.empty())
                return true;
            const SeenMap& first = m_maps[std::size_t(panel.maps.front())];
            return map.channels == 1 && first.channels == 1 && map.height == first.height
                && map.width == first.width && !map.diverges && !first.diverges;
        });
        if (same != panels.end())
            same->maps.push_back(i);
        else
            panels.push_back({.ground = over, .maps = {i}});
    }
    return panels;
}

QImage MapCanvas::compose(const Panel& panel) const
{
    if (panel.bare) {
        const auto i = std::size_t(panel.maps.front());
        const QImage map = drawn(m_maps[i], m_ranges[i], m_look.colors);
        return enlarged(map, composedSize(map.size()), m_look.smooth);
    }
    const Ground& below = ground(panel.ground);
    QSize size = composedSize(below.image.size());
    if (below.image.isNull() && !panel.maps.empty())
        size = composedSize({m_maps[panel.maps[0]].width, m_maps[panel.maps[0]].height});
    if (below.image.isNull() && panel.maps.empty())
        return {};
    QImage image(size, QImage::Format_RGB32);
    image.fill(theme().panel);
    QPainter painter(&image);
    if (!below.image.isNull())
        painter.drawImage(QPoint(), enlarged(below.image, size, below.smooth));
    if (panel.maps.empty())
        return image;
    painter.setOpacity(below.image.isNull() ? 1 : m_look.opacity);
    std::vector<const SeenMap*> maps;
    std::vector<ValueRange> ranges;
    for (const int i : panel.maps) {
        maps.push_back(&m_maps[std::size_t(i)]);
        ranges.push_back(m_ranges[std::size_t(i)]);
    }
    const QImage over =
        maps.size() > 1 ? mixed(maps, ranges) : drawn(*maps[0], ranges[0], m_look.colors);
    painter.drawImage(QPoint(), enlarged(over, size, m_look.smooth));
    return image;
}

QString MapCanvas::labelOf(const Panel& panel) const
{
    if (!panel.bare && panel.maps.size() != 1)
        return ground(panel.ground).label;
    if (panel.maps.empty())
        return ground(panel.ground).label;
    const SeenMap& seen = m_maps[std::size_t(panel.maps.front())];
    const QString label = translated(seen.label);
    const QString map = seen.injected ? tr("%1, injected").arg(label) : label;
    // That of a reference says itself which it lies over, the components of a source do not.
    const bool named = panel.ground > 0 && seen.channels == 1;
    return panel.bare || named || ground(panel.ground).label.isEmpty()
        ? map
        : tr("%1: %2").arg(ground(panel.ground).label, map);
}

void MapCanvas::arrange()
{
    m_panels = panels();
    std::vector<Tile> tiles;
    QSizeF side(1, 1);
    for (const Panel& panel : m_panels) {
        Tile tile;
        tile.image = compose(panel);
        tile.label = labelOf(panel);
        tile.smooth = m_look.smooth;
        side = side.expandedTo(tile.image.size());
        tiles.push_back(std::move(tile));
    }
    // As many columns as make the tiles largest.
    const int count = int(tiles.size());
    int columns = 1;
    double best = 0;
    for (int c = 1; c <= count; ++c) {
        const int rows = (count + c - 1) / c;
        const double scale =
            std::min(width() / (side.width() * c), height() / (side.height() * rows));
        if (scale > best * 1.001) {
            best = scale;
            columns = c;
        }
    }
    m_columns = columns;
    const double apart = side.width() * gap / 1000;
    QSizeF canvas;
    for (int i = 0; i < count; ++i) {
        const QPointF at(
            (i % columns) * (side.width() + apart), (i / columns) * (side.height() + apart));
        tiles[std::size_t(i)].rect = {at, side};
        canvas = canvas.expandedTo({at.x() + side.width(), at.y() + side.height()});
    }
    setTiles(canvas, std::move(tiles));
    say();
}

void MapCanvas::resizeEvent(QResizeEvent* event)
{
    ImageView::resizeEvent(event);
    if (m_panels.size() > 1)
        arrange();
}

std::array<double, 2> MapCanvas::partAt(int tile, QPointF position) const
{
    const QRectF picture = pictureRect(tile);
    return {
        std::clamp((position.x() - picture.x()) / picture.width(), 0.0, 1.0),
        std::clamp((position.y() - picture.y()) / picture.height(), 0.0, 1.0)};
}

std::optional<QPoint> MapCanvas::cellAt(int map, QPointF position) const
{
    const int tile = tileAt(position);
    if (tile < 0 || !pictureRect(tile).contains(position))
        return {};
    const Panel& panel = m_panels.at(std::size_t(tile));
    if (!std::ranges::count(panel.maps, map))
        return {};
    const SeenMap& seen = m_maps.at(std::size_t(map));
    const auto [x, y] = partAt(tile, position);
    return QPoint(
        std::min(int(x * seen.width), seen.width - 1),
        std::min(int(y * seen.height), seen.height - 1));
}

void MapCanvas::hover(QPointF position)
{
    std::vector<double> values(m_maps.size(), NAN);
    QString text;
    for (int i = 0; i < int(m_maps.size()); ++i) {
        const auto cell = cellAt(i, position);
        if (!cell)
            continue;
        const SeenMap& map = m_maps[std::size_t(i)];
        const std::size_t at =
            (std::size_t(cell->y()) * map.width + cell->x()) * std::size_t(map.channels);
        values[std::size_t(i)] = map.values[at];
        QStringList numbers;
        for (int c = 0; c < map.channels; ++c)
            numbers << numberText(map.values[at + std::size_t(c)]);
        text = text.isEmpty() ? tr("Cell %1, %2").arg(cell->x()).arg(cell->y()) : text;
        text += QStringLiteral(" · %1 %2")
                    .arg(translated(map.label), numbers.join(QStringLiteral(" / ")));
    }
    Q_EMIT hovered(text.isEmpty() ? std::vector<double>() : values);
    if (!text.isEmpty())
        Q_EMIT readout(text);
}

QImage MapCanvas::shown()
{
    QRectF all;
    for (int i = 0; i < int(m_panels.size()); ++i)
        all = all.united(tileRect(i));
    return grab(all.toAlignedRect().intersected(rect())).toImage();
}
