// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

/// A map of numbers brought to another size: where it grows bicubic, as torch's interpolate
/// (Keys 1981, a = -0.75, cells' centres on each other, edges repeated) and cut off below 0, as
/// DAAM does (Tang et al. 2022, "What the DAAM", section 3.1); where it shrinks the mean of what
/// each cell covers. @p map is [height, width]. Each side for itself.
std::vector<float> resizedMap(
    std::span<const float> map, int height, int width, int newHeight, int newWidth);
