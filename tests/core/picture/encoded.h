// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image.h"

#include <cstddef>
#include <vector>

namespace cv {
class Mat; // no header may include OpenCV's
}

using Bytes = std::vector<std::byte>;

/// A file of OpenCV's with these pixels (BGR or BGRA), a WebP without loss.
Bytes encoded(const char* extension, const cv::Mat& pixels);

/// A picture whose every pixel is another.
Image numbered(int width, int height, bool alpha = false);

/// The picture as OpenCV has it: BGR, or BGRA if it has an alpha.
cv::Mat toMat(const Image& image);
