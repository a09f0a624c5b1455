// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/seenpicture.h"

#include "ui/mapscale.h"
#include "ui/sharestable.h"
#include "ui/theme.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace {

constexpr int tileSide = 640, mostWidth = 1920, leastScale = 420;

QImage drawnTables(const std::vector<SeenMap>& maps, const std::vector<ContextToken>& tokens)
{
    SharesTable tables;
    tables.setTables(maps, tokens);
    return tables.drawn();
}

} // namespace

QImage seenPicture(const std::vector<SeenMap>& maps, const SeenAmong& among)
{
    if (!maps.empty() && std::ranges::all_of(maps, &SeenMap::table))
        return drawnTables(maps, among.tokens);
    MapCanvas canvas;
    canvas.setLook(among.look);
    canvas.setSpots(among.spots);
    canvas.setAsking(!among.spots.empty(), among.cells);
    canvas.resize(tileSide, tileSide);
    canvas.setGrounds(among.picture, among.references);
    canvas.setMaps(maps, among.range);
    const int tiles = int(canvas.tiles().size());
    const int columns = std::min(tiles, mostWidth / tileSide);
    canvas.resize(columns * tileSide, (tiles + columns - 1) / columns * tileSide);
    const QImage picture = canvas.shown();
    MapScale scale(canvas);
    scale.refresh();
    if (maps.empty() || scale.sizeHint().height() <= 0)
        return picture;
    const double ratio = picture.devicePixelRatio();
    const int width = int(std::ceil(picture.width() / ratio));
    const int height = int(std::ceil(picture.height() / ratio));
    const int wide = std::max(width, leastScale);
    scale.resize(wide, scale.sizeHint().height());
    scale.resize(wide, scale.sizeHint().height()); // a legend is as high as its width makes it
    QImage all(QSize(wide, height + scale.height()) * ratio, QImage::Format_RGB32);
    all.setDevicePixelRatio(ratio);
    all.fill(theme().window);
    QPainter painter(&all);
    painter.drawImage((wide - width) / 2, 0, picture);
    painter.drawImage(0, height, scale.grab().toImage());
    return all;
}
