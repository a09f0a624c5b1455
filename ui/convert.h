// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image.h"

#include <QImage>

/// The same pixels for Qt. An opaque picture is not copied: the QImage looks at its bytes and keeps
/// them. What it draws into is a copy of its own, as Qt has it.
QImage toQImage(const SharedImage& image);
/// The same pixels for Qt, copied.
QImage toQImage(const Image& image);
/// The picture smoothly scaled to @p size (pixels). Of one of many more pixels only some are looked
/// at first: Qt would copy and read them all, which for 50 megapixels takes a fifth of a second
/// each time that the window's size changes.
QImage scaledToShow(
    const QImage& image, const QSize& size, Qt::AspectRatioMode shape = Qt::IgnoreAspectRatio);
/// Reads a QImage; converts its colours to sRGB.
Image toImage(const QImage& image);
