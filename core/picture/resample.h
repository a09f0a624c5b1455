// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image.h"
#include "core/picture/deepimage.h"

enum class Filter { Bilinear, Bicubic, Lanczos };

/// Resamples to @p width x @p height, antialiased when shrinking; equal to Image.resize of Pillow
/// 9.4 byte for byte: fixed-point coefficients, the horizontal pass rounded to 8 bits before the
/// vertical one (later versions may take the vertical one first). With alpha: premultiplied, as
/// Pillow does for RGBA.
Image resize(const Image& image, int width, int height, Filter filter);
/// The same with 16 bits a channel, both passes rounded to 16.
DeepImage resize(const DeepImage& image, int width, int height, Filter filter);
