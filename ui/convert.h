// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image.h"

#include <QImage>

/// The same pixels for Qt. An opaque picture is not copied: the QImage looks at its bytes and keeps
/// them. What it draws into is a copy of its own, as Qt has it.
QImage toQImage(const SharedImage& image);
/// The same pixels for Qt, copied.
QImage toQImage(const Image& image);
/// Reads a QImage; converts its colours to sRGB.
Image toImage(const QImage& image);
