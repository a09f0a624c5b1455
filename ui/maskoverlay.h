// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QRectF>

/// What shows a mask (in grey) over a picture: where it is white it is tinted and hatched, with a
/// light and a dark line around, so that it is seen on any picture and not by its colour alone. A
/// soft edge is tinted faintly beyond the line, which is at half of white.
/// @p part is what to make, @p target where the whole mask lies, both in pixels of the screen; a
/// line is @p line of them wide.
QImage maskOverlay(const QImage& mask, const QRect& part, const QRectF& target, int line);
