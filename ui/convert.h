// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image.h"

#include <QImage>

/// The same pixels for Qt, and back. Reading a QImage converts its colours to sRGB.
QImage toQImage(const Image& image);
Image toImage(const QImage& image);
