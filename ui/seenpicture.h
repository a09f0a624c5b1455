// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspect/view.h"
#include "ui/mapcanvas.h"

#include <QImage>

#include <optional>
#include <vector>

/// What maps are drawn with besides themselves.
struct SeenAmong
{
    MapCanvas::Ground picture = {};
    std::vector<MapCanvas::Ground> references = {};
    MapLook look = {};
    std::optional<ValueRange> range = {}; ///< none: each map has its own
    std::vector<Spot> spots = {};         ///< that are asked about
    QSize cells = {1, 1};                 ///< of a place
    std::vector<ContextToken> tokens = {};
};

/// What the window shows of maps or tables, as large as a picture that is kept wants, and not
/// zoomed: with the labels and places, and below it what the colours stand for.
QImage seenPicture(const std::vector<SeenMap>& maps, const SeenAmong& among);
