// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspect/colours.h"

#include <QColor>
#include <QImage>
#include <QString>

#include <span>

/// The colour of the @p index th word or place where several are seen at once.
QColor markColor(int index);
/// The colour of a number, @p part of the way along a scale.
QColor scaleColor(double part, ColourMap map);
/// Where a number lies between the ends of a range, 0 to 1 inside.
double partOf(double value, const ValueRange& range);

/// A pixel per cell.
QImage drawn(const SeenMap& map, const ValueRange& range, ColourMap colors);
/// Several maps of one size in one picture: each has the colour of its mark, the more of it the
/// larger the number; transparent where all are low.
QImage mixed(std::span<const SeenMap* const> maps, std::span<const ValueRange> ranges);

/// A number in as many digits as are worth reading.
QString numberText(double value);
